import { afterAll, beforeAll, expect, it } from "vitest";
import { makeTenant } from "../accounts/make.ts";
import { service } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { createWorld, type World } from "../testing/world.ts";
import { Member } from "./entities.ts";
import { followLoadLimit } from "./join.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it("follows to the limit that counts, in whatever order its changes are heard of", async () => {
  const { id: tenantId, admin } = await makeTenant(world.core, { site: "shop.example" });
  const actor = service(tenantId, "test");
  const [saved] = await world.core.work(actor, ({ rows }) =>
    rows<{ version: number }>(sql`
      insert into tenant_settings (tenant_id, id, kind, version, document, at)
      select tenant_id, gen_random_uuid(), kind, version + step, document || jsonb_build_object('capacity', 10 + step), at
      from (select * from tenant_settings where kind = 'routing' order by version desc limit 1) newest, generate_series(1, 2) step
      returning version`),
  );
  const version = saved?.version ?? 0;
  for (const heard of [version + 1, version]) await world.core.work(actor, (unit) => followLoadLimit(unit, heard));
  const member = await world.core.work(actor, ({ em }) => em.findOneOrFail(Member, { tenantId, id: admin.memberId }));
  expect(member.loadLimit).toBe(12);
});
