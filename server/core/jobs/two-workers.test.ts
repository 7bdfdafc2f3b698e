/** Of two processes the one that works off an event may not be the one that heard of it first; what it remembers must not be older. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { defineEvent } from "../../../shared/events/define.ts";
import { makeTenant } from "../../accounts/make.ts";
import { features } from "../../features.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { service } from "../actor.ts";
import { feature } from "../feature.ts";
import { reaction } from "./define.ts";

const said = defineEvent("sample.said", z.object({}));
const elsewhere = Promise.withResolvers<void>();
const ran: { here: boolean; heard: boolean }[] = [];
const sample = feature({
  name: "sample",
  events: [said],
  reactions: [
    reaction("sample.listen", said, async ({ hub }, { tenantId, seq }) => {
      const here = hub === world.core.hub;
      ran.push({ here, heard: hub.cursorOf(tenantId) >= seq });
      // Until the other process has taken one, too.
      if (here) await elsewhere.promise;
      else elsewhere.resolve();
    }),
  ],
});

let world: World;
beforeAll(async () => {
  world = await createWorld({ features: [...features, sample] });
});
afterAll(() => world.stop());

it("reacts to nothing that it has not heard of itself", async () => {
  const tenant = await makeTenant(world.core);
  await world.another();
  await world.settle();
  for (let n = 0; n < 12; n++) await world.core.work(service(tenant.id, "test"), async ({ happened }) => happened(said, {}));
  await world.settle();
  expect(ran.length).toBe(12);
  expect(ran.filter(({ here }) => !here).length).toBeGreaterThan(0);
  expect(ran.filter(({ heard }) => !heard)).toEqual([]);
});
