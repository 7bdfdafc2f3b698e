/** `npm run tenant -- …`: what a super-admin does in the back office, for scripts and for the first day of an installation. */
import { parseArgs } from "node:util";
import { z } from "zod";
import { email, language, newId as newIdField, text, zone } from "../../shared/api/fields.ts";
import { businessTypes } from "../../shared/api/tenants.ts";
import { superAdminSet } from "../../shared/events/platform.ts";
import { limits } from "../../shared/model/limits.ts";
import { planNames } from "../../shared/model/plans.ts";
import { Account, setSuperAdmin } from "../accounts/index.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { fieldErrors } from "../core/http/field-errors.ts";
import { installationId, newId } from "../core/ids.ts";
import { Problem } from "../core/problem.ts";
import { tenantBySlug } from "../tenants/index.ts";
import { resume, suspend } from "./change-tenant.ts";
import { provisionTenant } from "./provision-tenant.ts";
import { listTenants, oneTenant } from "./read-tenants.ts";

export const usage = `npm run tenant -- create --business "Blue Bay" --site bluebay.example --admin ada@bluebay.example
                        [--type ${businessTypes.join("|")}] [--language en|th|ja] [--zone Asia/Bangkok] [--plan ${planNames.join("|")}]
npm run tenant -- list [--text blue]
npm run tenant -- suspend <public name> --reason "Not paid" [--until 2027-01-31T00:00:00Z]
npm run tenant -- resume <public name> --reason "Paid"
npm run tenant -- super-admin <e-mail> [--off]`;

/** What a person reads when the command was not understood. */
export class CommandError extends Error {}

const options = {
  business: { type: "string" },
  site: { type: "string" },
  admin: { type: "string" },
  type: { type: "string" },
  language: { type: "string" },
  zone: { type: "string" },
  plan: { type: "string" },
  text: { type: "string" },
  reason: { type: "string" },
  until: { type: "string" },
  off: { type: "boolean" },
} as const;

const reason = text(limits.reason, 3);
const create = z.strictObject({
  id: newIdField(),
  business: text(limits.tenantName),
  site: text(limits.domain),
  admin: email(),
  type: z.enum(businessTypes).default("other"),
  language: language().default("en"),
  zone: zone().default("UTC"),
  plan: z.enum(planNames).default("free"),
});
const stop = z.strictObject({ reason, until: z.iso.datetime({ offset: true }).optional() });
const listed = z.strictObject({ text: z.string().optional() });
const power = z.strictObject({ off: z.boolean().default(false) });

function check<T>(schema: z.ZodType<T>, given: Record<string, unknown>): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = fieldErrors("", parsed.error, given).map(({ at, message }) => `--${at.slice(1)}: ${message}`);
  throw new CommandError(`${wrong.join("\n")}\n\n${usage}`);
}

/** Lines to print. */
export async function runTenantCommand(core: Core, args: readonly string[]): Promise<string[]> {
  const { verb, subject, values } = read(args);
  const act = system(`tenant command: ${verb}`);
  const named = () => {
    if (subject === undefined) throw new CommandError(usage);
    return subject;
  };
  const show = async (tenantId: string) => {
    const { name, slug, status, plan } = await core.work(act, (unit) => oneTenant(unit, tenantId), { readOnly: true });
    return `${slug}  ${name}  ${status}  ${plan}`;
  };
  switch (verb) {
    case "create": {
      const { admin: adminEmail, type: businessType, ...rest } = check(create, { id: newId(), ...values });
      await core.work(act, (unit) => provisionTenant(unit, core.secrets, { ...rest, adminEmail, businessType }));
      return [await show(rest.id), `An invitation goes to ${adminEmail} as soon as the server or a worker runs.`];
    }
    case "list": {
      const { text: wanted } = check(listed, values);
      const { items, next } = await core.work(act, (unit) => listTenants(unit, { limit: 100, text: wanted }), { readOnly: true });
      const lines = items.map(({ name, slug, status, plan, members }) => `${slug}  ${name}  ${status}  ${plan}  ${members} members`);
      return [...lines, ...(next === null ? [] : ["… there are more; narrow the list with --text."])];
    }
    case "suspend": {
      const { reason: why, until = null } = check(stop, values);
      const tenantId = await tenantBySlug(core, named());
      await core.work(act, (unit) => suspend(unit, tenantId, { reason: why, until }));
      return [await show(tenantId)];
    }
    case "resume": {
      const { reason: why } = check(stop.omit({ until: true }), values);
      const tenantId = await tenantBySlug(core, named());
      await core.work(act, (unit) => resume(unit, tenantId, why));
      return [await show(tenantId)];
    }
    case "super-admin": {
      const { off } = check(power, values);
      const address = check(z.strictObject({ email: email() }), { email: named() }).email;
      return [await core.work(act, (unit) => grant(unit, address, !off))];
    }
    default:
      throw new CommandError(usage);
  }
}

async function grant(unit: Parameters<typeof setSuperAdmin>[0], address: string, superAdmin: boolean): Promise<string> {
  const account = await unit.em.findOne(Account, { email: address });
  if (!account) throw new CommandError(`Nobody has signed up as ${address}. Sign up first, then run this again.`);
  if (account.superAdmin !== superAdmin) {
    await setSuperAdmin(unit, account.id, superAdmin);
    unit.happened(superAdminSet, { accountId: account.id, superAdmin }, installationId);
  }
  return `${address} is ${superAdmin ? "" : "no longer "}a super-admin.`;
}

function read(args: readonly string[]) {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [verb = "", subject, ...more] = positionals;
    if (more.length > 0) throw new CommandError(usage);
    return { verb, subject, values };
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(`${(error as Error).message}\n\n${usage}`);
  }
}

/** A refusal in a sentence for whoever sits at the terminal. */
export function sentenceOf(error: unknown): string | undefined {
  if (error instanceof CommandError) return error.message;
  if (!(error instanceof Problem)) return undefined;
  const details = (error.errors ?? []).map(({ at, message }) => `${at}: ${message}`);
  return [error.code === "not_found" ? "No tenant has this public name." : `Refused: ${error.code}.`, ...details].join("\n");
}
