import { afterAll, beforeAll, expect, it } from "vitest";
import { makeMember, makeTenant } from "../accounts/make.ts";
import type { MemberActor } from "../core/actor.ts";
import { createWorld, type World } from "../testing/world.ts";
import { sql } from "../core/database/sql.ts";
import { lostSince } from "./reader.ts";

const changes = 3_000;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it("finds what a member lost without reading what else happened", async () => {
  const { id: tenantId } = await makeTenant(world.core, { site: "shop.example" });
  const { memberId, accountId } = await makeMember(world.core, tenantId, { name: "Opal" });
  await world.settle();
  const { system } = world.core.pools;
  const write = (entity: string, id: string, before: string | null, after: string | null, times: number) =>
    system.query(
      "insert into change_log (tenant_id, entity, id, scope_before, scope_after) select $1, $2, $3, $4, $5 from generate_series(1, $6::int)",
      [tenantId, entity, id, before, after, times],
    );
  await write("conversation", tenantId, "inbox", "inbox", changes);
  await write("access", memberId, "contacts", null, 1);
  await write("access", tenantId, "tasks", null, 1);
  const actor: MemberActor = {
    kind: "member",
    tenantId,
    memberId,
    accountId,
    sessionId: memberId,
    role: "admin",
    permissions: new Set(),
    teamIds: [],
  };
  const read = await world.core.work(actor, async (unit) => {
    // The transaction's own counts, to which nobody else adds.
    const readSoFar = async () =>
      (
        await unit.one<{ n: number }>(
          sql`select (seq_tup_read + idx_tup_fetch)::int as n from pg_stat_xact_user_tables where relname = 'change_log'`,
        )
      )?.n ?? 0;
    const before = await readSoFar();
    expect([...(await lostSince(unit, 0))]).toEqual(["contacts"]);
    return (await readSoFar()) - before;
  });
  expect(read).toBeLessThan(10);
});
