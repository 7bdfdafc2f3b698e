/** A call that succeeds, in the name of whom the route is for. */
import type { Contract } from "../../../shared/api/contract.ts";
import type { Twin } from "../twins.ts";
import type { Prepared } from "./fixtures/fixture.ts";
import { fixtures } from "./fixtures/index.ts";

export async function prepare(contract: Contract, twin: Twin): Promise<Prepared> {
  const input = await fixtures[contract.name]?.(twin);
  if (!input) throw new Error(`Route ${contract.name} has no fixture in server/testing/unauthorized/fixtures.`);
  const token = input.token ?? (await tokenFor(contract, twin));
  return { ...input, ...(token === undefined ? {} : { token }) };
}

async function tokenFor({ access }: Contract, twin: Twin): Promise<string | undefined> {
  switch (access.who) {
    case "public":
      return undefined;
    case "platform":
      return (await twin.some.superAdmin()).token;
    case "visitor":
      return (await twin.some.visitor()).token;
    case "account":
    case "member":
      return twin.admin.token;
  }
}
