/** What a device hears over a real socket equals what it would pull, and whoever gains or loses sight is told to pull. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { memberScope, teamScope } from "../../shared/sync/scopes.ts";
import type { Delta } from "../../shared/sync/protocol.ts";
import { enterAs } from "../accounts/make.ts";
import { listenAsMember, type DeskEar } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import type { Batch } from "../core/realtime/tail.ts";
import { due } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { createTold } from "./audience.ts";
import { readyDevice, type Device } from "./testing/device.ts";
import { makeOffice, type Office, type Reader } from "./testing/office.ts";

let world: World;
let office: Office;
const ears: DeskEar[] = [];

beforeAll(async () => {
  world = await createWorld();
  office = await makeOffice(world, "live.example");
});
afterAll(async () => {
  for (const ear of ears) ear.close();
  await world.stop();
});

interface Live {
  device: Device;
  ear: DeskEar;
  deltas: number;
  pulls: number;
  /** Waits until what was heard was taken in and the device holds what a fresh one would. */
  equalsFresh(): Promise<void>;
}

const noAcks = { device: "", lastMid: 0, print: null, rejected: [] };

/** A second device of a reader that listens: it takes deltas, and pulls only when it must, like the engine does. */
async function listen({ api, member }: Reader): Promise<Live> {
  const device = await readyDevice(api, member.memberId, office.now);
  const { token } = await enterAs(world.core, member);
  const ear = await listenAsMember(world.url, { token, device: device.id(), cursor: device.client.cursor() ?? 0 });
  ears.push(ear);
  let working = Promise.resolve();
  const live: Live = {
    device,
    ear,
    deltas: 0,
    pulls: 0,
    async equalsFresh() {
      await world.settle();
      await vi.waitFor(
        async () => {
          await working;
          const fresh = await readyDevice(api, member.memberId, office.now);
          expect(device.rows()).toEqual(fresh.rows());
        },
        { timeout: 10_000, interval: 100 },
      );
    },
  };
  const pull = () => {
    working = working.then(async () => {
      live.pulls += 1;
      await device.follow();
      ear.say("cursor", { cursor: device.client.cursor() ?? 0 });
    });
  };
  ear.socket.on("poke", ({ seq }: { seq: number }) => {
    if (seq > (device.client.cursor() ?? 0)) pull();
  });
  ear.socket.on("delta", (frame: Delta) => {
    working = working.then(() => {
      if (device.client.delta({ ...frame, acks: frame.acks ?? noAcks }) === "applied") live.deltas += 1;
      else pull();
    });
  });
  await ear.next("ready");
  return live;
}

const handOver = (id: string, teamId: string | null) =>
  office.admin.api.call(conversationsApi.handOver, { params: { conversationId: id }, body: { teamId, assigneeId: null } });

it("brings by deltas alone what a pull would bring", async () => {
  const listening = await Promise.all(office.readers.map(listen));
  const check = async () => {
    for (const live of listening) await live.equalsFresh();
  };
  const conversation = await office.make.conversation(office.teamId);
  const common = await office.make.conversation();
  await check();
  // What happened while they sat down may have needed a pull.
  for (const live of listening) live.pulls = 0;
  await office.admin.api.call(labelsApi.create, { body: { id: newId(), name: "live", colour: "#336699" } });
  const taskId = (await office.admin.api.call(tasksApi.create, { body: { id: newId(), title: "Call", due } })).id;
  await office.admin.api.call(tasksApi.comment, { params: { taskId }, body: { id: newId(), body: "Soon" } });
  await conversation.write("Anybody?");
  await check();
  await office.inside.api.call(conversationsApi.send, { params: { conversationId: conversation.id }, body: { id: newId(), body: "Here" } });
  await office.inside.api.call(conversationsApi.read, { params: { conversationId: conversation.id }, body: { number: 2 } });
  await handOver(common.id, office.teamId);
  await check();
  await handOver(conversation.id, null);
  await handOver(common.id, null);
  await office.admin.api.call(conversationsApi.setStatus, { params: { conversationId: common.id }, body: { to: "closed" } });
  await check();
  await office.admin.api.call(conversationsApi.note, {
    params: { conversationId: common.id },
    body: { id: newId(), body: "For the books" },
  });
  await common.write("One more thing");
  await office.admin.api.call(tasksApi.delete, { params: { taskId } });
  await check();
  for (const live of listening) {
    expect(live.deltas).toBeGreaterThan(3);
    expect(live.pulls).toBe(0);
  }
});

it("pokes whoever gains or loses sight, takes the rows away, and leaves the others to their deltas", async () => {
  const [admin, outside] = [await listen(office.admin), await listen(office.outside)];
  const conversation = await office.make.conversation(office.teamId);
  await outside.equalsFresh();
  expect(outside.device.rows().join("\n")).not.toContain(conversation.id);
  const params = { teamId: office.teamId, memberId: office.outside.member.memberId };
  for (let round = 0; round < 3; round += 1) {
    await office.admin.api.call(teamApi.addTeamMember, { params });
    await conversation.write(`Round ${round}`);
    await outside.equalsFresh();
    expect(outside.device.rows().join("\n")).toContain(conversation.id);
    await office.admin.api.call(teamApi.removeTeamMember, { params });
    await conversation.write(`After ${round}`);
    await outside.equalsFresh();
    expect(outside.device.rows().join("\n")).not.toContain(conversation.id);
  }
  expect(outside.pulls).toBeGreaterThan(0);
  await admin.equalsFresh();
  expect(admin.pulls).toBe(0);
});

it("misses nothing of a team that is made while devices listen", async () => {
  const [admin, outside] = [await listen(office.admin), await listen(office.outside)];
  const { id } = await office.make.conversation();
  for (let round = 0; round < 3; round += 1) {
    const teamId = await office.make.team(round === 1 ? [office.outside.member.memberId] : []);
    await handOver(id, teamId);
    await admin.equalsFresh();
    await outside.equalsFresh();
    expect(admin.device.rows().find((row) => row.startsWith("conversation") && row.includes(id))).toContain(`"teamId":"${teamId}"`);
    await handOver(id, null);
    await office.admin.api.call(teamApi.removeTeam, { params: { teamId } });
    await admin.equalsFresh();
    await outside.equalsFresh();
  }
});

it("pokes a device that is revoked", async () => {
  const outside = await listen(office.outside);
  outside.ear.socket.off("poke");
  const before = outside.ear.all("poke").length;
  await office.admin.api.call(syncApi.revokeDevice, { params: { deviceId: outside.device.id() } });
  await vi.waitFor(() => expect(outside.ear.all("poke").length).toBeGreaterThan(before));
  expect(await outside.device.hello()).toBe("wipe");
});

it("trusts an audience only when the door has heard what the log told", () => {
  const told = createTold();
  const [tenantId, memberId, teamId] = [newId(), newId(), newId()];
  const access = (seq: number, gained: boolean): Batch => ({
    tenantId,
    from: seq - 1,
    to: seq,
    entries: [
      {
        kind: "change",
        seq,
        entity: "access",
        id: memberId,
        scopeBefore: gained ? null : teamScope(teamId),
        scopeAfter: gained ? teamScope(teamId) : null,
      },
    ],
  });
  const without = { tenantId, scopes: new Set<string>(["tenant", memberScope(memberId)]) };
  const withTeam = { tenantId, scopes: new Set<string>([...without.scopes, teamScope(teamId)]) };
  expect([told.agrees(without), told.agrees(withTeam)]).toEqual([true, true]);
  told.note(access(1, true));
  expect([told.agrees(without), told.agrees(withTeam)]).toEqual([false, true]);
  told.note(access(2, false));
  expect([told.agrees(without), told.agrees(withTeam)]).toEqual([true, false]);
  expect(told.agrees({ ...withTeam, tenantId: newId() })).toBe(true);
});
