import fc from "fast-check";
import { expect, it } from "vitest";
import { allPermissions, type Permission } from "../../../shared/model/permissions.ts";
import { memberScope, readerOf, teamScope, type Scope } from "../../../shared/sync/scopes.ts";
import type { MemberActor } from "../actor.ts";
import { sees } from "./perform.ts";

const [one, two, three] = [
  "00000000-0000-7000-8000-000000000001",
  "00000000-0000-7000-8000-000000000002",
  "00000000-0000-7000-8000-000000000003",
] as const;
const teams: string[] = [one, two, three];

it("sees for a mutation exactly what a device of the member may hold", () => {
  const scopes: Scope[] = ["tenant", "inbox", "contacts", "admins", ...teams.map(teamScope), memberScope(one), memberScope(two)];
  fc.assert(
    fc.property(fc.subarray(allPermissions), fc.subarray(teams), (held: Permission[], teamIds) => {
      const permissions = new Set(held);
      const actor: MemberActor = {
        kind: "member",
        tenantId: three,
        memberId: one,
        accountId: one,
        sessionId: one,
        role: "x",
        permissions,
        teamIds,
      };
      const reader = readerOf({ memberId: one, permissions, teamIds, allTeamIds: teams });
      for (const scope of scopes) expect([scope, sees(actor, scope)]).toEqual([scope, reader.scopes.has(scope)]);
    }),
  );
});
