import type { BodyOf } from "../../shared/api/contract.ts";
import type { accountsApi } from "../../shared/api/accounts.ts";
import { accountChanged } from "../../shared/events/accounts.ts";
import type { AccountActor } from "../core/actor.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Account } from "./entities.ts";

type Changes = BodyOf<typeof accountsApi.updateMe>;

/** The tenants' copies of name and language follow by a reaction. */
export async function updateProfile(unit: Unit<AccountActor>, changes: Changes): Promise<Account> {
  const account = found(await unit.em.findOne(Account, { id: unit.actor.accountId }));
  const fields = (Object.keys(changes) as (keyof Changes)[]).filter(
    (field) => changes[field] !== undefined && changes[field] !== account[field],
  );
  for (const field of fields) Object.assign(account, { [field]: changes[field] });
  if (fields.length > 0) unit.happened(accountChanged, { accountId: account.id, fields });
  return account;
}
