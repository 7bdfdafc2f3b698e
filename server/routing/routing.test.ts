/** Who gets a conversation, through the widget's calls and members' consoles. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import { readReason } from "../../shared/model/assign-reason.ts";
import type { RoutingSettings } from "../../shared/model/settings.ts";
import { enterAs, makeMember, type MadeMember } from "../accounts/make.ts";
import { listenAsMember, listenAsVisitor, makeVisitor, word, type DeskEar } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { sweepJob } from "./jobs.ts";
import { makeShop, type Shop } from "./make.ts";
import { route } from "./route.ts";

let world: World;

beforeAll(async () => {
  // Monday, four in the afternoon where the tenants are.
  world = await createWorld();
});
afterAll(() => world.stop());

const ears: DeskEar[] = [];
afterEach(async () => {
  for (const ear of ears.splice(0)) ear.close();
});

type Operator = MadeMember & { api: Client; comes(url?: string): Promise<void>; token: string };
const shop = () => makeShop(world);

async function operator(tenant: Shop, name: string, more: { limit?: number; skills?: string[]; role?: string } = {}): Promise<Operator> {
  const made = await makeMember(world.core, tenant.id, { name, role: more.role ?? "operator" });
  const { token } = await enterAs(world.core, made);
  const changes = { ...(more.limit === undefined ? {} : { loadLimit: more.limit }), ...(more.skills ? { skills: more.skills } : {}) };
  if (Object.keys(changes).length > 0) await tenant.api.call(teamApi.updateMember, { params: { memberId: made.memberId }, body: changes });
  const comes = async (url = world.url) => {
    const ear = await listenAsMember(url, { token });
    await ear.next("ready");
    ears.push(ear);
  };
  return { ...made, token, api: world.api(token), comes };
}

async function rules(tenant: Shop, changes: Partial<RoutingSettings>): Promise<void> {
  const { version, document } = await tenant.api.call(tenantsApi.getSettings, { params: { kind: "routing" } });
  await tenant.api.call(tenantsApi.saveSettings, {
    params: { kind: "routing" },
    body: { base: version, document: { ...document, ...(changes as Record<string, never>) } },
  });
  await world.settle();
}

async function arrives(tenant: Shop, text = "Hello") {
  const visitor = await makeVisitor(world.url, tenant);
  const { conversation } = await visitor.api.call(visitApi.send, { body: word(text) });
  return { visitor, id: conversation.id };
}

const look = (tenant: Shop, id: string) => tenant.api.call(conversationsApi.get, { params: { conversationId: id } });
const assigneeOf = async (tenant: Shop, id: string) => (await look(tenant, id)).assigneeId;
const goesTo = (tenant: Shop, id: string, memberId: string | null) =>
  expect.poll(() => assigneeOf(tenant, id), { timeout: 8_000, interval: 25 }).toBe(memberId);
/** What was begun is decided: a round of our own comes after all that were asked for. */
async function quiet(tenant: Shop): Promise<void> {
  await world.settle();
  await route(world.core, tenant.id);
  await world.settle();
}
const standby = (one: Operator, duty: "available" | "away" | "off", doNotDisturb = false, until: string | null = null) =>
  one.api.call(routingApi.setAvailability, { body: { duty, doNotDisturb, until } });

describe("a new conversation", () => {
  it("goes to whoever is there, in turn, with the reason", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    await pim.comes();
    const first = await arrives(tenant);
    await expect.poll(() => assigneeOf(tenant, first.id)).not.toBeNull();
    const second = await arrives(tenant);
    await expect.poll(() => assigneeOf(tenant, second.id)).not.toBeNull();
    expect(new Set([await assigneeOf(tenant, first.id), await assigneeOf(tenant, second.id)])).toEqual(
      new Set([opal.memberId, pim.memberId]),
    );
    expect(readReason((await look(tenant, first.id)).assignReason)).toEqual({ code: "round_robin", teamId: null, skills: [] });
    const { items } = await tenant.api.call(auditApi.list, { query: { conversationId: first.id } });
    expect(items[0]).toMatchObject({ type: "conversation.assigned", actor: { kind: "service", reason: "routing" } });
  });

  it("waits while nobody has a console open, and goes to the first who comes", async () => {
    const tenant = await shop();
    const opal = await operator(tenant, "Opal");
    const { id } = await arrives(tenant);
    await quiet(tenant);
    expect(await assigneeOf(tenant, id)).toBeNull();
    const [waiting] = (await tenant.api.call(routingApi.queue)).items;
    expect(waiting).toMatchObject({ conversationId: id, position: 1, reason: "nobody_on_duty", level: "none" });
    await opal.comes();
    await goesTo(tenant, id, opal.memberId);
  });

  it("goes to nobody who is away, off duty, not to be disturbed or at the limit, nor outside working hours", async () => {
    const tenant = await shop();
    const opal = await operator(tenant, "Opal", { limit: 1 });
    await opal.comes();
    const waits = async () => {
      await quiet(tenant);
      expect(await assigneeOf(tenant, (await arrives(tenant)).id)).toBeNull();
      await quiet(tenant);
      expect((await tenant.api.call(conversationsApi.list, { query: { assigneeId: opal.memberId } })).items.length).toBeLessThanOrEqual(1);
    };
    await standby(opal, "away");
    await waits();
    await standby(opal, "available", true);
    await waits();
    // Do not disturb ends by itself, and the sweep finds that out.
    const until = new Date(world.clock.now().getTime() + 60_000).toISOString();
    await standby(opal, "available", true, until);
    await waits();
    world.clock.advance(61_000);
    await sweepJob.run(world.core, {});
    const mine = () => tenant.api.call(conversationsApi.list, { query: { assigneeId: opal.memberId } });
    expect((await mine()).items).toHaveLength(1);
    await waits();
    const { items } = await tenant.api.call(routingApi.queue);
    expect(new Set(items.map(({ reason }) => reason))).toEqual(new Set(["all_busy"]));
    // A place that becomes free is taken by the longest waiting.
    const [held] = (await mine()).items;
    await opal.api.call(conversationsApi.setStatus, { params: { conversationId: held?.id ?? "" }, body: { to: "closed" } });
    await goesTo(tenant, items[0]?.conversationId ?? "", opal.memberId);

    const night = await shop();
    const owl = await operator(night, "Owl");
    const hours = await night.api.call(tenantsApi.getSettings, { params: { kind: "hours" } });
    const openOn = (week: object, base: number) =>
      night.api.call(tenantsApi.saveSettings, {
        params: { kind: "hours" },
        body: { base, document: { ...hours.document, week } as never },
      });
    await openOn({}, hours.version);
    await owl.comes();
    const late = await arrives(night);
    await quiet(night);
    expect(await assigneeOf(night, late.id)).toBeNull();
    await openOn({ "1": [{ from: "00:00", to: "24:00" }] }, hours.version + 1);
    await goesTo(night, late.id, owl.memberId);
  });

  it("stays in its team, and prefers whoever has its skill", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim", { skills: ["ไทย"] })];
    await opal.comes();
    await pim.comes();
    const team = await tenant.api.call(teamApi.createTeam, { body: { id: newId(), name: "Sales", memberIds: [pim.memberId] } });
    const label = await tenant.api.call(labelsApi.create, { body: { id: newId(), name: "ไทย", colour: "#336699" } });
    await rules(tenant, { strategy: "manual", teams: [] });
    const { id } = await arrives(tenant);
    await quiet(tenant);
    expect(await assigneeOf(tenant, id)).toBeNull();
    expect((await tenant.api.call(routingApi.queue)).items[0]?.reason).toBe("manual");
    const params = { conversationId: id };
    await tenant.api.call(conversationsApi.setLabels, { params, body: { add: [label.id], remove: [] } });
    await rules(tenant, { strategy: "longest_idle" });
    await goesTo(tenant, id, pim.memberId);
    expect(readReason((await look(tenant, id)).assignReason)).toMatchObject({ code: "longest_idle", skills: ["ไทย"] });

    await standby(pim, "away");
    const handed = await arrives(tenant);
    await goesTo(tenant, handed.id, opal.memberId);
    await tenant.api.call(conversationsApi.handOver, {
      params: { conversationId: handed.id },
      body: { teamId: team.id, assigneeId: null, comment: null },
    });
    await quiet(tenant);
    expect(await assigneeOf(tenant, handed.id)).toBeNull();
    expect((await tenant.api.call(routingApi.queue)).items[0]?.reason).toBe("nobody_in_team");
    await standby(pim, "available");
    await goesTo(tenant, handed.id, pim.memberId);
    expect(readReason((await look(tenant, handed.id)).assignReason)).toMatchObject({ teamId: team.id });
  });
});

describe("a conversation comes back", () => {
  it("to the queue when its operator goes off duty, and to somebody else from there", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    const { id } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    await standby(opal, "away");
    await quiet(tenant);
    expect(await assigneeOf(tenant, id)).toBe(opal.memberId);
    await standby(opal, "off");
    await goesTo(tenant, id, null);
    const { items } = await tenant.api.call(auditApi.list, { query: { conversationId: id } });
    expect(items[0]).toMatchObject({ type: "conversation.returned", payload: { from: opal.memberId, reason: "off_duty" } });
    await pim.comes();
    await goesTo(tenant, id, pim.memberId);
  });

  it("to the queue when its operator is removed", async () => {
    const tenant = await shop();
    const opal = await operator(tenant, "Opal");
    await opal.comes();
    const { id } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    await tenant.api.call(teamApi.removeMember, { params: { memberId: opal.memberId } });
    await goesTo(tenant, id, null);
  });

  it("to the last operator when that one is there, else to the queue", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    const { id, visitor } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    const params = { conversationId: id };
    const close = () => opal.api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await close();
    await pim.comes();
    await visitor.api.call(visitApi.send, { body: word("One more thing", id) });
    await quiet(tenant);
    expect(await assigneeOf(tenant, id)).toBe(opal.memberId);
    await close();
    await standby(opal, "away");
    await visitor.api.call(visitApi.send, { body: word("And another", id) });
    await goesTo(tenant, id, pim.memberId);
    // A new conversation of the same visitor finds the one who spoke with them last, not the next in turn.
    await pim.api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await standby(opal, "available");
    await quiet(tenant);
    const begun = await visitor.api.call(visitApi.begin, { body: { id: newId() } });
    await visitor.api.call(visitApi.send, { body: word("Hello again", begun.id) });
    await goesTo(tenant, begun.id, pim.memberId);
    expect(readReason((await look(tenant, begun.id)).assignReason)).toMatchObject({ code: "last_operator" });
  });

  it("to somebody else when it was put back by hand", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    const { id } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    await pim.comes();
    await quiet(tenant);
    await opal.api.call(conversationsApi.returnToQueue, { params: { conversationId: id } });
    await goesTo(tenant, id, pim.memberId);
  });
});

describe("fifty conversations at once", () => {
  it("never exceed a capacity, whichever process decides, and the rest waits in order", async () => {
    const tenant = await shop();
    const limits = [4, 1, 7];
    const staff = await Promise.all(limits.map((limit, n) => operator(tenant, `Opal ${n}`, { limit })));
    const second = await world.another();
    // Without a bus each process knows who is there by its own sockets alone, and either may be the one that decides.
    for (const one of staff) for (const url of [world.url, second.url]) await one.comes(url);
    const visitors = await Promise.all(Array.from({ length: 50 }, () => makeVisitor(world.url, tenant)));
    const most = new Map<string, number>();
    let watching = true;
    const count = async () => {
      const { items } = await tenant.api.call(routingApi.availabilities);
      for (const { memberId, load } of items) most.set(memberId, Math.max(most.get(memberId) ?? 0, load));
      return items;
    };
    const watch = (async () => {
      while (watching) await count();
    })();
    const begun = await Promise.all(visitors.map((visitor, n) => visitor.api.call(visitApi.send, { body: word(`Visitor ${n}`) })));
    expect(begun).toHaveLength(50);
    await expect.poll(async () => (await count()).reduce((sum, { load }) => sum + load, 0), { timeout: 15_000 }).toBe(12);
    await quiet(tenant);
    watching = false;
    await watch;
    expect(staff.map(({ memberId }) => most.get(memberId))).toEqual(limits);
    const { items } = await tenant.api.call(routingApi.queue);
    expect(items.map(({ position }) => position)).toEqual(Array.from({ length: 38 }, (_, n) => n + 1));
    expect(items.every(({ reason }) => reason === "all_busy")).toBe(true);
    await second.stop();
  });
});

describe("taking the next", () => {
  it("gives the longest waiting, to two at once two, and null when none waits", async () => {
    const tenant = await shop();
    await rules(tenant, { strategy: "manual" });
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    const waiting: string[] = [];
    for (let n = 0; n < 4; n += 1) {
      waiting.push((await arrives(tenant)).id);
      world.clock.advance(1_000);
    }
    const take = (one: Operator) => one.api.call(routingApi.takeNext).then(({ conversationId }) => conversationId);
    expect(await take(opal)).toBe(waiting[0]);
    expect(await assigneeOf(tenant, waiting[0] ?? "")).toBe(opal.memberId);
    expect(new Set(await Promise.all([take(opal), take(pim)]))).toEqual(new Set(waiting.slice(1, 3)));
    expect(await take(pim)).toBe(waiting[3]);
    expect(await take(pim)).toBeNull();
  });

  it("gives nobody what another team has, and needs the right", async () => {
    const tenant = await shop();
    await rules(tenant, { strategy: "manual" });
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    const team = await tenant.api.call(teamApi.createTeam, { body: { id: newId(), name: "Sales", memberIds: [pim.memberId] } });
    const { id } = await arrives(tenant);
    await tenant.api.call(conversationsApi.handOver, {
      params: { conversationId: id },
      body: { teamId: team.id, assigneeId: null, comment: null },
    });
    expect((await opal.api.call(routingApi.queue)).items).toEqual([]);
    expect((await opal.api.call(routingApi.takeNext)).conversationId).toBeNull();
    expect((await pim.api.call(routingApi.queue)).items).toMatchObject([{ conversationId: id, position: 1 }]);
    expect((await pim.api.call(routingApi.takeNext)).conversationId).toBe(id);
    const role = await tenant.api.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
    const reader = await operator(tenant, "Rae", { role: role.id });
    expect(await problemOf(reader.api.call(routingApi.takeNext))).toBe("forbidden");
    expect(await problemOf(reader.api.call(routingApi.setAvailability, { body: { duty: "available" } }))).toBe("forbidden");
  });
});

describe("answer or pass on", () => {
  it("goes to the next, then to all, then to the admins, and begins anew after an answer", async () => {
    const tenant = await shop();
    await rules(tenant, { answerWithinSeconds: 60, passOnTimes: 1 });
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    const { id, visitor } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    await pim.comes();
    await quiet(tenant);
    const types = async () =>
      (await tenant.api.call(auditApi.list, { query: { conversationId: id, type: "conversation." } })).items.map(({ type }) => type);
    const later = async (seconds: number) => {
      world.clock.advance(seconds * 1_000);
      await sweepJob.run(world.core, {});
      await quiet(tenant);
    };
    await later(59);
    expect(await assigneeOf(tenant, id)).toBe(opal.memberId);
    await later(2);
    expect(await assigneeOf(tenant, id)).toBe(pim.memberId);
    expect(readReason((await look(tenant, id)).assignReason)).toEqual({ code: "passed_on", from: opal.memberId, minutes: 1 });
    // One happening, one line; the assignment before it is the first one, to Opal.
    expect((await types()).slice(0, 2)).toEqual(["conversation.passed_on", "conversation.assigned"]);
    // Nobody of them has a team: next are all who are there, and it rings instead of being given to one.
    await later(61);
    expect(await assigneeOf(tenant, id)).toBeNull();
    const offered = (await tenant.api.call(auditApi.list, { query: { conversationId: id, type: "conversation.offered" } })).items[0];
    expect(offered?.payload).toMatchObject({ level: "to_everyone", from: pim.memberId });
    expect(new Set(offered?.payload["memberIds"] as string[])).toEqual(new Set([opal.memberId, pim.memberId]));
    expect((await tenant.api.call(routingApi.queue)).items).toMatchObject([{ conversationId: id, level: "to_everyone" }]);
    await later(61);
    expect((await types())[0]).toBe("conversation.offered");
    expect((await tenant.api.call(routingApi.queue)).items).toMatchObject([{ level: "to_admins" }]);
    const before = (await types()).length;
    await later(61);
    expect((await types()).length).toBe(before);

    expect((await opal.api.call(routingApi.takeNext)).conversationId).toBe(id);
    await opal.api.call(conversationsApi.send, { params: { conversationId: id }, body: { id: newId(), body: "Here I am" } });
    await later(120);
    expect(await assigneeOf(tenant, id)).toBe(opal.memberId);
    await visitor.api.call(visitApi.send, { body: word("Thank you, and", id) });
    await later(61);
    expect(await assigneeOf(tenant, id)).toBe(pim.memberId);
  });

  it("does nothing where it is switched off, at night, or for what is answered", async () => {
    const tenant = await shop();
    await rules(tenant, { answerWithinSeconds: null });
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim")];
    await opal.comes();
    const { id } = await arrives(tenant);
    await goesTo(tenant, id, opal.memberId);
    await pim.comes();
    world.clock.advance(500_000);
    await sweepJob.run(world.core, {});
    await quiet(tenant);
    expect(await assigneeOf(tenant, id)).toBe(opal.memberId);
  });
});

describe("what people see", () => {
  it("colleagues hear who is there, visitors whether anybody is, and their place in the queue", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal", { limit: 0 }), await operator(tenant, "Pim")];
    await opal.comes();
    const ear = await listenAsMember(world.url, { token: pim.token });
    await ear.next("ready");
    ears.push(ear);
    await standby(pim, "off");
    const until = new Date(world.clock.now().getTime() + 600_000).toISOString();
    await standby(opal, "available", true, until);
    expect(await ear.next("availability", ({ member }) => member === opal.memberId)).toEqual({
      member: opal.memberId,
      duty: "available",
      doNotDisturb: true,
      until,
    });
    expect((await makeVisitor(world.url, tenant)).state.team.state).toBe("away");
    await standby(opal, "available");
    expect((await makeVisitor(world.url, tenant)).state.team.state).toBe("online");
    const { items } = await tenant.api.call(routingApi.availabilities);
    expect(items.find(({ memberId }) => memberId === pim.memberId)).toMatchObject({ duty: "off", presence: "off_duty", load: 0 });
    expect(items.find(({ memberId }) => memberId === opal.memberId)).toMatchObject({ presence: "available", capacity: 0 });
    expect(await problemOf(standby(opal, "available", true, "2020-01-01T00:00:00Z"))).toBe("invalid_input");

    await arrives(tenant);
    world.clock.advance(1_000);
    const second = await arrives(tenant);
    const heard = await listenAsVisitor(world.url, { token: second.visitor.token });
    expect((await heard.next("ready")).team).toMatchObject({ position: 2 });
    await opal.api.call(routingApi.takeNext);
    expect(await heard.next("team", ({ position }) => position === 1)).toMatchObject({ position: 1 });
    // Taken: nobody is before them any more, and the widget must not go on saying so.
    await opal.api.call(routingApi.takeNext);
    expect(await heard.next("team", ({ position }) => position === null)).toMatchObject({ state: "online" });
    heard.close();
  });

  it("members have the tenant's limit until they are given one of their own", async () => {
    const tenant = await shop();
    const [opal, pim] = [await operator(tenant, "Opal"), await operator(tenant, "Pim", { limit: 2 })];
    await rules(tenant, { capacity: 5 });
    const late = await operator(tenant, "Late");
    const capacity = new Map((await tenant.api.call(routingApi.availabilities)).items.map((one) => [one.memberId, one.capacity]));
    expect([opal, pim, late].map(({ memberId }) => capacity.get(memberId))).toEqual([5, 2, 5]);
  });

  it("nobody sees or changes another tenant's", async () => {
    const [one, other] = [await shop(), await shop()];
    await arrives(one);
    expect((await other.api.call(routingApi.queue)).items).toEqual([]);
    expect((await other.api.call(routingApi.takeNext)).conversationId).toBeNull();
    expect((await other.api.call(routingApi.availabilities)).items.map(({ memberId }) => memberId)).toEqual([other.admin.memberId]);
  });
});
