/** People and tenants for tests and demo data: made by the product's own actions, without the detour through mails. */
import type { Language } from "../../shared/i18n/languages.ts";
import type { PlanName } from "../../shared/model/plans.ts";
import type { BusinessType } from "../../shared/model/templates.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { newId } from "../core/ids.ts";
import { joinTenant } from "../team/index.ts";
import { Account } from "./entities.ts";
import { passwordsOf } from "./passwords.ts";
import { startSession } from "./sessions.ts";
import { createAccount, foundTenant } from "./sign-up.ts";
import { accountAccess, openTenant, platformAccess } from "./tokens.ts";

/** Good enough for the rules; the same for everybody, and hashed for everybody anew. */
export const madePassword = "seven green umbrellas";

export interface MadePerson {
  accountId: string;
  email: string;
  name: string;
}

export interface MadeMember extends MadePerson {
  tenantId: string;
  memberId: string;
  role: string;
}

export interface MadeTenant {
  id: string;
  name: string;
  slug: string;
  admin: MadeMember;
}

interface PersonInput {
  email?: string;
  name?: string;
  language?: Language;
  zone?: string;
  password?: string;
  superAdmin?: boolean;
}

export async function makeAccount(core: Core, input: PersonInput = {}): Promise<MadePerson> {
  const id = newId();
  const { email = `p${id.slice(-12)}@people.example`, name = "Pim", language = "en", zone = "Asia/Bangkok" } = input;
  const passwordHash = await passwordsOf(core).hash(input.password ?? madePassword);
  return core.work(system("make an account"), async (unit) => {
    const account = createAccount(unit, { email, name, language, zone, passwordHash, by: "platform" });
    account.superAdmin = input.superAdmin ?? false;
    return { accountId: account.id, email, name };
  });
}

interface TenantInput {
  name?: string;
  site?: string;
  businessType?: BusinessType;
  language?: Language;
  zone?: string;
  admin?: PersonInput;
  /** Without limits, unless a test is about them. */
  plan?: PlanName;
}

export async function makeTenant(core: Core, input: TenantInput = {}): Promise<MadeTenant> {
  const id = newId();
  const { name = "Blue Bay", site = `s${id.slice(-12)}.example`, businessType = "shop", language = "en", zone = "Asia/Bangkok" } = input;
  const person = await makeAccount(core, { name: "Ada", language, zone, ...input.admin });
  return core.work(system("make a tenant"), async (unit) => {
    const account = await unit.em.findOneOrFail(Account, { id: person.accountId });
    const { tenant, member } = await foundTenant(unit, account, { id, business: name, site, businessType, language, zone }, "demo");
    tenant.plan = input.plan ?? "enterprise";
    return { id, name, slug: tenant.slug, admin: { ...person, tenantId: id, memberId: member.id, role: "admin" } };
  });
}

/** A new person in a tenant, or one that exists already. */
export async function makeMember(
  core: Core,
  tenantId: string,
  input: PersonInput & { role?: string; teamIds?: readonly string[]; account?: MadePerson } = {},
): Promise<MadeMember> {
  const { role = "operator", teamIds = [] } = input;
  const person = input.account ?? (await makeAccount(core, { name: "Opal", ...input }));
  return core.work(system("make a member"), async (unit) => {
    const account = await unit.em.findOneOrFail(Account, { id: person.accountId });
    const member = await joinTenant(unit, { tenantId, account, role, teamIds });
    return { ...person, tenantId, memberId: member.id, role };
  });
}

export interface MadeSession {
  sessionId: string;
  token: string;
  refreshToken: string;
}

const request = { ip: "203.0.113.7", userAgent: "a test" };

/** Signed in as this member. */
export async function enterAs(core: Core, member: MadeMember): Promise<MadeSession> {
  const { accountId, tenantId } = member;
  const started = await core.work(system("make a session"), (unit) =>
    startSession(unit, core.secrets, { accountId, scope: "console", device: "Test", request, newDevice: false }),
  );
  const { token } = await openTenant(core, { accountId, sessionId: started.sessionId }, tenantId);
  return { sessionId: started.sessionId, token, refreshToken: started.refreshToken };
}

/** Signed in without a tenant, or on the platform. */
export async function enterAlone(core: Core, { accountId }: MadePerson, scope: "console" | "platform" = "console"): Promise<MadeSession> {
  const started = await core.work(system("make a session"), (unit) =>
    startSession(unit, core.secrets, { accountId, scope, device: "Test", request, newDevice: false }),
  );
  const person = { accountId, sessionId: started.sessionId };
  const { token } = scope === "platform" ? await platformAccess(core, person) : await accountAccess(core, person);
  return { sessionId: started.sessionId, token, refreshToken: started.refreshToken };
}
