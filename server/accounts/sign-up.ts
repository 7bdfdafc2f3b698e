/** A tenant with its first admin, in one transaction: either all of it is there, or nothing. */
import type { BodyOf } from "../../shared/api/contract.ts";
import type { accountsApi } from "../../shared/api/accounts.ts";
import { accountCreated, accountSignUpRepeated, accountVerificationAsked } from "../../shared/events/accounts.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { parseDomain } from "../../shared/model/domains.ts";
import { system, type SystemActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { invalid, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { joinTenant, type Member } from "../team/index.ts";
import { createTenant, type Founder, type NewTenant, type Tenant } from "../tenants/index.ts";
import { Account } from "./entities.ts";
import { makeLink } from "./links.ts";
import { assertGoodPassword } from "./password-rules.ts";
import { passwordsOf } from "./passwords.ts";

type SignUp = BodyOf<typeof accountsApi.signUp>;

export function assertOpenForSignUp(core: Core): void {
  if (core.config.SIGNUP === "closed") throw problem("forbidden");
}

export async function signUp(core: Core, input: SignUp): Promise<void> {
  assertOpenForSignUp(core);
  assertSite(input.site);
  assertGoodPassword(input.password, input.email);
  // Before anything is looked up, so that the work is the same for an address that is known.
  const passwordHash = await passwordsOf(core).hash(input.password);
  await core.work(system("sign-up"), async (unit) => {
    await lockAddress(unit, input.email);
    const known = await unit.em.findOne(Account, { email: input.email });
    if (known) {
      // Never a second password: whoever knows an address could otherwise set it before its owner confirms.
      if (known.verifiedAt) unit.happened(accountSignUpRepeated, { accountId: known.id });
      else unit.happened(accountVerificationAsked, { linkId: await makeLink(unit, core.secrets, "verify", known.id) });
      return;
    }
    const account = createAccount(unit, { ...input, passwordHash, by: "sign-up" });
    await foundTenant(unit, account, { ...input, id: newId() }, "sign-up");
    unit.happened(accountVerificationAsked, { linkId: await makeLink(unit, core.secrets, "verify", account.id) });
  });
}

/** Two requests for one address come one after the other, and the second finds what the first made. */
export async function lockAddress(unit: Unit<SystemActor>, email: string): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`account:${email}`}, 0))`);
}

export interface NewAccount {
  email: string;
  name: string;
  language: Language;
  zone: string;
  passwordHash: string;
  by: "sign-up" | "invitation" | "platform";
}

export function createAccount(unit: Unit<Founder>, { email, name, language, zone, passwordHash, by }: NewAccount): Account {
  const account = unit.em.create(Account, {
    id: newId(),
    email,
    name,
    language,
    zone,
    passwordHash,
    passwordChangedAt: unit.now,
    verifiedAt: by === "sign-up" ? null : unit.now,
    superAdmin: false,
    createdAt: unit.now,
  });
  unit.happened(accountCreated, { accountId: account.id, by });
  return account;
}

export type Business = Pick<SignUp, "business" | "site" | "businessType" | "language" | "zone"> & { id: string };

export async function foundTenant(
  unit: Unit<Founder>,
  account: Account,
  business: Business,
  by: NewTenant["by"],
): Promise<{ tenant: Tenant; member: Member }> {
  const { id, business: name, site, businessType, language, zone } = business;
  const tenant = await createTenant(unit, { id, name, site, businessType, language, zone, by });
  const member = await joinTenant(unit, { tenantId: id, account, role: "admin" });
  return { tenant, member };
}

export function assertSite(site: string): void {
  const parsed = parseDomain(site);
  if (!parsed.ok) throw invalid("body.site", "domain_not", "This is not a domain name such as www.shop.example.");
}
