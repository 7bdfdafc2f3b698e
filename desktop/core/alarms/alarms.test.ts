/** Alarms on a clock that the test moves: what rings, how often, and what silences it. */
import { describe, expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import { eventId, pairId } from "@switchboard/shared/sync/ids.ts";
import { createSimulated, visitorSays, type Simulated } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import type { Ports } from "../ports.ts";
import { contactOf, conversationOf } from "../testing/rows.ts";

/** A tenant in which nothing waits, and a console of an operator in it. */
async function quiet(options: { member?: 0 | 1 | 2; sim?: Simulated; changes?: Partial<Ports> } = {}): Promise<SimulatedConsole> {
  const sim = options.sim ?? createSimulated(3);
  calm(sim);
  const made = await openSimulated({ ...options, sim });
  onTestFinished(() => made.remove());
  return made;
}

function calm({ database }: Simulated): void {
  for (const row of database.list("conversation"))
    database.commit([put("conversation", { ...row, status: "closed", closedAt: row.startedAt })]);
}

function visitorComes(sim: Simulated, teamId: string | null = null, name: string | null = "Napat"): string {
  const [id, contactId] = [sim.newId(), sim.newId()];
  const at = new Date(sim.clock.now()).toISOString();
  sim.commit([
    put("contact", contactOf(contactId, { name })),
    put("conversation", conversationOf(id, { contactId, visitorId: sim.newId(), teamId, startedAt: at, lastAt: at })),
  ]);
  visitorSays(sim, id, "Is anybody there?");
  return id;
}

const sounds = ({ page }: SimulatedConsole) => page.heard("alarm.sound").map(({ sound }) => sound);
const ringing = async ({ page }: SimulatedConsole) => (await page.ask("alarms.state", {})).ringing;
const change = (sim: Simulated, id: string, fields: object) => {
  const row = sim.database.get("conversation", id);
  if (row) sim.commit([put("conversation", { ...row, ...fields })]);
};
/** Somebody gave it to somebody, and so it stands in the conversation's history. */
const give = (sim: Simulated, id: string, to: string, by: string | null) => {
  const seq = sim.database.seq() + 1;
  sim.commit([
    put("conversationEvent", {
      id: eventId(seq),
      conversationId: id,
      seq,
      type: "conversation.assigned",
      byId: by,
      data: { from: null, to, reason: null },
      at: new Date(sim.clock.now()).toISOString(),
    }),
  ]);
  change(sim, id, { assigneeId: to });
};
const asRead = (sim: Simulated, memberId: string, conversationId: string, number: number) =>
  sim.commit([put("readMark", { id: pairId(memberId, conversationId), memberId, conversationId, number })]);

describe("a waiting visitor", () => {
  it("rings every fifteen seconds until somebody takes the conversation", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    expect(sounds(made)).toEqual(["alarm"]);
    expect(await ringing(made)).toMatchObject([
      { kind: "waiting", about: { view: "conversation", id, name: "Napat" }, text: "Is anybody there?" },
    ]);
    await made.pass(45_000);
    expect(sounds(made)).toEqual(["alarm", "alarm", "alarm", "alarm"]);
    // A colleague takes it.
    change(made.sim, id, { assigneeId: made.sim.members[1] });
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    await made.pass(60_000);
    expect(sounds(made)).toHaveLength(4);
  });

  it("rings faster as soon as it is known that the tenant wants it, and says when it rings next", async () => {
    const sim = createSimulated(3);
    let pace = 30;
    const fetch: typeof sim.fetch = (url, init) =>
      url.includes("/api/v1/settings/conversations")
        ? Promise.resolve(
            new Response(
              JSON.stringify({
                kind: "conversations",
                version: pace,
                at: "2026-11-20T07:00:00.000Z",
                by: null,
                document: { alarmRepeatSeconds: pace },
                can: { edit: false },
              }),
              { headers: { "content-type": "application/json" } },
            ),
          )
        : sim.fetch(url, init);
    const made = await quiet({ sim, changes: { fetch } });
    visitorComes(sim);
    await made.pass(500);
    const nextIn = async () => Date.parse((await made.page.ask("alarms.state", {})).nextRingAt ?? "") - sim.clock.now();
    expect((await made.page.ask("alarms.state", {})).repeatSeconds).toBe(30);
    expect(await nextIn()).toBeGreaterThan(20_000);
    pace = 5;
    // Settings are asked for again after an hour; looked at in small steps, so that no beat of the old pace comes between.
    await made.pass(3_590_000);
    for (let step = 0; step < 200 && (await made.page.ask("alarms.state", {})).repeatSeconds !== 5; step += 1) await made.pass(500);
    expect(await nextIn()).toBeLessThanOrEqual(5_000);
  });

  it("is told to the system at once when nobody looks at the window, and only with the name", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    expect(made.outside.shown).toEqual([{ tag: `waiting/${id}`, title: "Napat is waiting for an answer", body: "Shop", sticky: true }]);
    change(made.sim, id, { assigneeId: made.sim.members[1] });
    await made.pass(500);
    expect(made.outside.cleared).toContain(`waiting/${id}`);
    expect(made.outside.badges.at(-1)).toBe(0);
  });

  it("is told to the system after ten seconds when the window is in front, and not when it was taken by then", async () => {
    const made = await quiet();
    const other = visitorComes(made.sim);
    await made.page.do("inbox.viewing", { conversations: [{ tenantId: made.tenantId, conversationId: other }] });
    change(made.sim, other, { status: "closed" });
    await made.pass(500);
    made.outside.shown.length = 0;
    const [first, second] = [visitorComes(made.sim), visitorComes(made.sim)];
    await made.pass(5_000);
    expect(made.outside.shown).toEqual([]);
    change(made.sim, first, { assigneeId: made.sim.members[1] });
    await made.pass(6_000);
    expect(made.outside.shown.map(({ tag }) => tag)).toEqual([`waiting/${second}`]);
  });

  it("rings only in the queues that I serve", async () => {
    const made = await quiet();
    const mine = made.sim.database.list("teamMember").flatMap(({ teamId, memberId }) => (memberId === made.memberId ? [teamId] : []));
    const foreign = made.sim.teams.find((id) => !mine.includes(id)) ?? null;
    visitorComes(made.sim, foreign);
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    visitorComes(made.sim, mine[0] ?? null);
    await made.pass(500);
    expect(await ringing(made)).toHaveLength(1);
    // An admin sees every team, and serves only their own queues.
    const admin = await openSimulated({ sim: made.sim, member: 1 });
    onTestFinished(() => admin.remove());
    expect(await ringing(admin)).toEqual([]);
  });

  it("does not ring for somebody with full hands while another one has room, but never for nobody", async () => {
    const sim = createSimulated(3);
    const made = await quiet({ sim });
    const me = sim.database.get("member", made.memberId);
    if (me) sim.commit([put("member", { ...me, loadLimit: 0 })]);
    sim.say("members", { all: true, online: [made.memberId, sim.members[2]], offline: [] });
    visitorComes(sim);
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    sim.say("members", { all: false, online: [], offline: [sim.members[2]] });
    await made.pass(500);
    expect(await ringing(made)).toHaveLength(1);
  });

  it("is silent for a minute when asked to, and cannot be put away for good", async () => {
    const made = await quiet();
    visitorComes(made.sim);
    await made.pass(500);
    await made.page.do("alarms.silence", { minutes: 1 });
    const heard = sounds(made).length;
    await made.pass(55_000);
    expect(sounds(made)).toHaveLength(heard);
    expect(await ringing(made)).toHaveLength(1);
    await made.pass(30_000);
    expect(sounds(made).length).toBeGreaterThan(heard);
    const [ring] = await ringing(made);
    await made.page.do("alarms.answer", { id: ring?.id ?? "", action: "dismiss" });
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    await made.pass(120_000);
    expect(await ringing(made)).toHaveLength(1);
  });

  it("makes no sound while nothing may disturb, and still counts", async () => {
    const made = await quiet();
    await made.page.do("alarms.doNotDisturb", { on: true });
    visitorComes(made.sim);
    await made.pass(60_000);
    expect(sounds(made)).toEqual([]);
    expect(made.outside.shown).toEqual([]);
    expect(made.outside.badges.at(-1)).toBe(1);
    expect(await made.page.ask("alarms.state", {})).toMatchObject({ badge: 1, doNotDisturb: true, sound: "off" });
  });

  it("rings as the person chose for its kind, and always stays a mark", async () => {
    const made = await quiet();
    const choose = (value: object | null) =>
      made.page.do("mutate", { tenantId: made.tenantId, name: "setPreference", args: { key: "alarm.waiting", value: value as never } });
    await choose({ sound: false, system: false });
    await made.pass(500);
    const id = visitorComes(made.sim);
    await made.pass(60_000);
    expect(sounds(made)).toEqual([]);
    expect(made.outside.shown).toEqual([]);
    expect(await ringing(made)).toMatchObject([{ kind: "waiting" }]);
    await choose({ sound: true, system: false });
    await made.pass(30_000);
    expect(sounds(made)).toContain("alarm");
    expect(made.outside.shown).toEqual([]);
    change(made.sim, id, { assigneeId: made.sim.members[1] });
    await choose(null);
    await made.pass(500);
    visitorComes(made.sim);
    await made.pass(500);
    expect(made.outside.shown).toHaveLength(1);
  });

  it("rings again after a restart of the console", async () => {
    const made = await quiet();
    visitorComes(made.sim);
    await made.pass(500);
    const again = await openSimulated({
      sim: made.sim,
      folder: (await made.stop(), made.folder),
      changes: { keyring: made.core.desk.ports.keyring },
    });
    onTestFinished(() => again.stop());
    await again.pass(1_000);
    expect(sounds(again)).toEqual(["alarm"]);
  });
});

describe("a message in a conversation of mine", () => {
  it("rings once, stays until I have read it on any device, and only ticks when I look at it", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    change(made.sim, id, { assigneeId: made.memberId });
    asRead(made.sim, made.memberId, id, 1);
    await made.page.do("inbox.viewing", { conversations: [{ tenantId: made.tenantId, conversationId: id }] });
    await made.pass(60_000);
    await made.page.do("inbox.viewing", { conversations: [] });
    made.page.events.length = 0;
    visitorSays(made.sim, id, "Hello again");
    await made.pass(60_000);
    expect(sounds(made)).toEqual(["message"]);
    expect(await ringing(made)).toMatchObject([{ kind: "message", text: "Hello again" }]);
    // Read on another device.
    asRead(made.sim, made.memberId, id, 2);
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    await made.page.do("inbox.viewing", { conversations: [{ tenantId: made.tenantId, conversationId: id }] });
    visitorSays(made.sim, id, "I see you are there");
    await made.pass(60_000);
    expect(sounds(made)).toEqual(["message", "message"]);
    expect(await ringing(made)).toEqual([]);
  });
});

describe("a conversation that became mine", () => {
  it.each([true, false])("brings no second sound for the message that waited, its pane open: %s; and one for the next", async (open) => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    expect(sounds(made)).toEqual(["alarm"]);
    if (open) await made.page.do("inbox.viewing", { conversations: [{ tenantId: made.tenantId, conversationId: id }] });
    give(made.sim, id, made.memberId, made.memberId);
    await made.pass(5_000);
    expect(sounds(made)).toEqual(["alarm"]);
    expect(await ringing(made)).toEqual([]);
    visitorSays(made.sim, id, "Hello?");
    await made.pass(5_000);
    expect(sounds(made)).toEqual(["alarm", "message"]);
  });

  it("sounds as given by a colleague, and not also as the message that rang while it waited", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    give(made.sim, id, made.memberId, made.sim.members[1]);
    await made.pass(500);
    expect(sounds(made)).toEqual(["alarm", "alarm"]);
    expect((await ringing(made)).map(({ kind }) => kind).toSorted()).toEqual(["assigned", "message"]);
  });

  it("rings until I look at it, although nobody wrote", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    asRead(made.sim, made.memberId, id, 1);
    change(made.sim, id, { assigneeId: made.sim.members[1] });
    await made.pass(500);
    made.page.events.length = 0;
    change(made.sim, id, { assigneeId: made.memberId });
    await made.pass(20_000);
    expect(await ringing(made)).toMatchObject([{ kind: "assigned", about: { id } }]);
    expect(sounds(made)).toEqual(["alarm", "alarm"]);
    await made.page.do("inbox.viewing", { conversations: [{ tenantId: made.tenantId, conversationId: id }] });
    await made.pass(60_000);
    expect(await ringing(made)).toEqual([]);
    expect(sounds(made)).toHaveLength(2);
  });

  it("is told to the system once, not a second time as a message, unless only messages are to be told", async () => {
    const made = await quiet();
    const choose = (value: object | null) =>
      made.page.do("mutate", { tenantId: made.tenantId, name: "setPreference", args: { key: "alarm.assigned", value: value as never } });
    const becomesMine = async () => {
      const id = visitorComes(made.sim);
      change(made.sim, id, { assigneeId: made.sim.members[1] });
      await made.pass(500);
      made.outside.shown.length = 0;
      change(made.sim, id, { assigneeId: made.memberId });
      await made.pass(500);
      return id;
    };
    const first = await becomesMine();
    expect((await ringing(made)).map(({ kind, system }) => ({ kind, system }))).toEqual(
      expect.arrayContaining([
        { kind: "assigned", system: true },
        { kind: "message", system: false },
      ]),
    );
    expect(made.outside.shown.map(({ tag }) => tag)).toEqual([`assigned/${first}`]);
    await choose({ sound: true, system: false });
    await made.pass(500);
    const second = await becomesMine();
    expect(made.outside.shown.map(({ tag }) => tag)).toEqual([`message/${second}`]);
  });

  it("does not ring when I took it on another device", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    asRead(made.sim, made.memberId, id, 1);
    give(made.sim, id, made.memberId, made.memberId);
    await made.pass(2_000);
    expect(await ringing(made)).toEqual([]);
  });

  it("rings when a colleague gave it to me out of the queue", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    asRead(made.sim, made.memberId, id, 1);
    give(made.sim, id, made.memberId, made.sim.members[1]);
    await made.pass(2_000);
    expect(await ringing(made)).toMatchObject([{ kind: "assigned" }]);
  });

  it("rings when the routing gave it to me", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    asRead(made.sim, made.memberId, id, 1);
    change(made.sim, id, { assigneeId: made.memberId, assignReason: "round_robin" });
    await made.pass(2_000);
    expect(await ringing(made)).toMatchObject([{ kind: "assigned" }]);
  });

  it("does not ring when I took it myself, also while the server has not heard of it", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    await made.pass(500);
    made.sim.network("down");
    await made.page.do("mutate", {
      tenantId: made.tenantId,
      name: "assignConversation",
      args: { conversationId: id, assigneeId: made.memberId },
    });
    await made.page.do("mutate", { tenantId: made.tenantId, name: "markRead", args: { conversationId: id, number: 1 } });
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    made.sim.network("up");
    give(made.sim, id, made.memberId, made.memberId);
    await made.pass(2_000);
    expect(await ringing(made)).toEqual([]);
  });
});

describe("a notice", () => {
  it("rings until it is put away, on whichever device", async () => {
    const made = await quiet();
    const id = visitorComes(made.sim);
    change(made.sim, id, { assigneeId: made.sim.members[1] });
    const notice = {
      id: made.sim.newId(),
      memberId: made.memberId,
      kind: "conversation.mentioned",
      about: "conversation",
      aboutId: id,
      byId: made.sim.members[1],
      data: {},
      at: new Date(made.sim.clock.now()).toISOString(),
      dismissedAt: null,
    } as const;
    made.sim.commit([put("notice", notice)]);
    await made.pass(500);
    const [ring] = await ringing(made);
    const by = made.sim.database.get("member", made.sim.members[1])?.name ?? "";
    expect(ring).toMatchObject({ kind: "mention", about: { name: "Napat" }, by });
    expect(made.outside.shown.at(-1)?.title).toBe(`${by} mentioned you: Napat`);
    await made.page.do("alarms.answer", { id: ring?.id ?? "", action: "open" });
    expect(made.page.heard("session.goTo")).toMatchObject([{ view: "conversation", id }]);
    await made.pass(2_000);
    expect(await ringing(made)).toEqual([]);
    expect(made.sim.database.get("notice", notice.id)?.dismissedAt).not.toBeNull();
  });
});

describe("the test alarm and the click that a browser asks for", () => {
  it("sounds at once, and the page is told that sound is blocked until it was clicked", async () => {
    const made = await quiet();
    await made.page.do("alarms.doNotDisturb", { on: true });
    await made.page.do("alarms.test", {});
    expect(sounds(made)).toEqual(["alarm"]);
    expect(made.outside.shown).toMatchObject([{ tag: "test", title: "Test alarm" }]);
  });
});

describe("a console that is closed", () => {
  it("leaves nothing wound up behind it, also while something rings", async () => {
    const made = await quiet();
    visitorComes(made.sim);
    await made.pass(500);
    await made.page.do("inbox.viewing", { conversations: [] });
    await made.stop();
    // Calls on their way end within their patience; after that nothing is due any more.
    await made.pass(120_000);
    expect(made.sim.clock.waiting()).toBe(0);
  });
});
