/** A reaction works in the tenant of its event, as the role that row security binds. Covers SECURITY T-12. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../../../shared/events/define.ts";
import { service } from "../../core/actor.ts";
import { sql } from "../../core/database/sql.ts";
import { feature } from "../../core/feature.ts";
import { reaction } from "../../core/jobs/define.ts";
import { features, registry } from "../../features.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";

const knocked = defineEvent("probe.knocked", z.object({ claims: z.string() }));

interface Seen {
  said: string;
  role: string;
  tenant: string | null;
  bypass: boolean;
  others: number;
}
const seen: Seen[] = [];

const probe = feature({
  name: "probe",
  events: [knocked],
  reactions: [
    reaction("probe: look", knocked, async (core, { tenantId, payload }) => {
      await core.work(service(tenantId, "probe"), async (unit) => {
        const row = await unit.one<Omit<Seen, "said">>(sql`
          select current_user::text as role, current_setting('app.tenant_id', true) as tenant,
            (select rolbypassrls or rolsuper from pg_roles where rolname = current_user) as bypass,
            (select count(*)::int from contact where tenant_id <> ${tenantId}) as others`);
        if (row) seen.push({ said: payload.claims, ...row });
      });
    }),
  ],
});

let world: World;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld({ features: [...features, probe] });
  ({ ours, theirs } = await makeTwins(world));
  await Promise.all([ours.fresh.contact(), theirs.fresh.contact()]);
});
afterAll(() => world.stop());

it("sees its own tenant, bound by row security, whatever the payload says", async () => {
  for (const [from, named] of [
    [ours, theirs],
    [theirs, ours],
  ] as const)
    await world.core.work(service(from.tenant.id, "test"), async ({ happened }) => happened(knocked, { claims: named.tenant.id }));
  await world.settle();
  expect(seen.toSorted((a, b) => (a.tenant ?? "").localeCompare(b.tenant ?? ""))).toEqual(
    [
      { said: theirs.tenant.id, role: "switchboard_app", tenant: ours.tenant.id, bypass: false, others: 0 },
      { said: ours.tenant.id, role: "switchboard_app", tenant: theirs.tenant.id, bypass: false, others: 0 },
    ].toSorted((a, b) => a.tenant.localeCompare(b.tenant)),
  );
});

it("every job in the queue names the tenant that it is for", async () => {
  const { rows } = await world.core.pools.system.query<{ payload: unknown }>(
    "select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'reaction'",
  );
  for (const { payload } of rows) expect(payload).toMatchObject({ tenantId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  // Nothing a feature reacts to is an event that it does not know.
  for (const { reactions } of registry.features)
    for (const { on } of reactions) for (const { type } of on) expect(registry.events.has(type)).toBe(true);
});
