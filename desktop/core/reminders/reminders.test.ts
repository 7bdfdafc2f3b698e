/** Reminders on a clock that the test moves: at the right minute, also offline, after sleep and after a crash; once, and silent when done. */
import { describe, expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { addDays, wallTime, type PlainTime } from "@switchboard/shared/model/dates.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { createSimulated, type Simulated } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";
import { contactOf, followupOf, reminderOf, taskOf } from "../testing/rows.ts";
import { claim, rungFor } from "../store/reminder-list.ts";

const minute = 60_000;
const hour = 60 * minute;

async function open(sim = createSimulated(5)): Promise<SimulatedConsole> {
  for (const row of sim.database.list("conversation"))
    sim.database.commit([put("conversation", { ...row, status: "closed", closedAt: row.startedAt })]);
  const made = await openSimulated({ sim, member: 1 });
  onTestFinished(() => made.remove());
  made.page.events.length = 0;
  return made;
}

function remind(sim: Simulated, inMs: number, title = "Call Napat"): Rows["reminder"] {
  const at = new Date(sim.clock.now() + inMs).toISOString();
  const task = taskOf(sim.newId(), { title, due: { at, zone: "Asia/Bangkok" }, assigneeId: sim.members[1] });
  const reminder = reminderOf(sim.newId(), {
    memberId: sim.members[1],
    about: "task",
    aboutId: task.id,
    due: { at, zone: "Asia/Bangkok" },
  });
  sim.commit([put("task", task), put("reminder", reminder)]);
  return reminder;
}

const sounds = ({ page }: SimulatedConsole) => page.heard("alarm.sound").map(({ sound }) => sound);
const ringing = async ({ page }: SimulatedConsole) => (await page.ask("alarms.state", {})).ringing;
const tenantOf = (made: SimulatedConsole) => {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  return tenant;
};

describe("a reminder", () => {
  it("rings at its minute, once, and tells the server that it did", async () => {
    const made = await open();
    const reminder = remind(made.sim, 10 * minute);
    await made.pass(9 * minute + 50_000);
    expect(await ringing(made)).toEqual([]);
    await made.pass(11_000);
    expect(await ringing(made)).toMatchObject([{ kind: "reminder", about: { view: "task", id: reminder.aboutId, name: "Call Napat" } }]);
    expect(sounds(made)).toEqual(["reminder"]);
    expect(made.outside.shown).toMatchObject([{ title: "Reminder: Call Napat", sticky: true }]);
    await made.pass(2_000);
    expect(made.sim.database.get("reminder", reminder.id)?.firedAt).not.toBeNull();
    await made.pass(hour);
    expect(sounds(made)).toEqual(["reminder"]);
  });

  it("says when its thing is due, as its reader calls it, and for whom or what", async () => {
    const made = await open();
    const { sim } = made;
    const assigneeId = sim.members[1];
    const napat = contactOf(sim.newId(), { name: "Napat Wongsawat" });
    const bangkok = createZone("Asia/Bangkok");
    const today = bangkok.dateAt(sim.clock.now());
    // Planned by somebody in Tokyo, where it is two hours later.
    const due = (days: number, time: PlainTime) => ({
      at: new Date(bangkok.instantOf(wallTime(addDays(today, days), time))).toISOString(),
      zone: "Asia/Tokyo",
    });
    const tomorrow = taskOf(sim.newId(), { due: due(1, "23:30"), contactId: napat.id, assigneeId });
    const wholeDay = taskOf(sim.newId(), { due: due(1, "00:00"), dueAllDay: true, assigneeId });
    const notes = "  Tell her the price\nand the colours";
    const call = followupOf(sim.newId(), { due: due(0, "23:05"), contactId: napat.id, notes, assigneeId });
    const reminders = [tomorrow, wholeDay, call].map(({ id }) =>
      reminderOf(sim.newId(), {
        memberId: assigneeId,
        about: id === call.id ? "followup" : "task",
        aboutId: id,
        due: { at: new Date(sim.clock.now() + minute).toISOString(), zone: "Asia/Tokyo" },
      }),
    );
    sim.commit([
      put("contact", napat),
      put("task", tomorrow),
      put("task", wholeDay),
      put("followup", call),
      ...reminders.map((row) => put("reminder", row)),
    ]);
    await made.pass(2 * minute);
    const texts = new Map((await ringing(made)).map(({ about, text }) => [about.id, text]));
    expect(texts.get(tomorrow.id)).toBe("Due tomorrow 23:30 · Napat Wongsawat");
    expect(texts.get(wholeDay.id)).toBe("Due today");
    expect(texts.get(call.id)).toBe("Due today 23:05 · Tell her the price");

    // The same of what is told about it, but not under what a colleague said.
    const told = { memberId: assigneeId, byId: null, data: {}, at: new Date(sim.clock.now()).toISOString(), dismissedAt: null };
    sim.commit([
      put("notice", { ...told, id: sim.newId(), kind: "followup.missed", about: "followup", aboutId: call.id }),
      put("notice", { ...told, id: sim.newId(), kind: "task.commented", about: "task", aboutId: tomorrow.id }),
    ]);
    await made.pass(1_000);
    const kinds = new Map((await ringing(made)).map(({ kind, text }) => [kind, text]));
    expect(kinds.get("missed")).toBe("Due today 23:05 · Tell her the price");
    expect(kinds.get("comment")).toBe("");
  });

  it("that is due when the console starts is heard as soon as a page is there, once", async () => {
    const made = await open();
    remind(made.sim, 10 * minute);
    await made.pass(1_000);
    await made.stop();
    await made.sim.clock.advance(11 * minute);
    const again = await openSimulated({
      sim: made.sim,
      member: 1,
      folder: made.folder,
      changes: { keyring: made.core.desk.ports.keyring },
    });
    onTestFinished(() => again.stop());
    await again.pass(1_000);
    expect(await ringing(again)).toMatchObject([{ kind: "reminder" }]);
    expect(sounds(again)).toEqual(["reminder"]);
    again.page.close();
    const later = again.anotherPage();
    await again.pass(minute);
    expect(later.heard("alarm.sound")).toEqual([]);
  });

  it("rings offline, and reports when the network is back", async () => {
    const made = await open();
    const reminder = remind(made.sim, 10 * minute);
    await made.pass(1_000);
    made.sim.network("down");
    await made.pass(11 * minute);
    expect(sounds(made)).toEqual(["reminder"]);
    made.sim.network("up");
    made.core.resume();
    await made.pass(2_000);
    expect(made.sim.database.get("reminder", reminder.id)?.firedAt).not.toBeNull();
  });

  it("of a task that was written offline rings offline, and not again when the server has planned it too", async () => {
    const made = await open();
    const { sim, page, tenantId } = made;
    sim.network("down");
    const at = new Date(sim.clock.now() + 30 * minute).toISOString();
    const id = sim.newId();
    const task = {
      title: "Write to Mali",
      description: "",
      due: { at, zone: "Asia/Bangkok" },
      dueAllDay: false,
      priority: "normal",
      assigneeId: sim.members[1],
      contactId: null,
      labelIds: [],
      remindBefore: [10, 0],
    };
    await page.do("mutate", { tenantId, name: "createTask", args: { ...task, id, conversationId: null, messageId: null } });
    await made.pass(19 * minute);
    expect(sounds(made)).toEqual([]);
    await made.pass(90_000);
    expect(sounds(made)).toEqual(["reminder"]);
    sim.network("up");
    made.core.resume();
    await made.pass(2_000);
    const planned = (ms: number) =>
      reminderOf(sim.newId(), {
        memberId: sim.members[1],
        about: "task",
        aboutId: id,
        due: { at: new Date(ms).toISOString(), zone: "Asia/Bangkok" },
      });
    sim.commit([put("reminder", planned(Date.parse(at) - 10 * minute)), put("reminder", planned(Date.parse(at)))]);
    await made.pass(2_000);
    expect(sounds(made)).toEqual(["reminder"]);
    await made.pass(10 * minute);
    expect(sounds(made)).toEqual(["reminder", "reminder"]);
  });

  it("is silent everywhere when it was done on another device", async () => {
    const made = await open();
    const reminder = remind(made.sim, minute);
    await made.pass(2 * minute);
    expect(await ringing(made)).toHaveLength(1);
    const row = made.sim.database.get("reminder", reminder.id);
    if (row) made.sim.commit([put("reminder", { ...row, state: "done" })]);
    await made.pass(500);
    expect(await ringing(made)).toEqual([]);
    expect(made.outside.cleared.length).toBeGreaterThan(0);
  });

  it("comes again when it was put off, and not when it was done", async () => {
    const made = await open();
    remind(made.sim, minute);
    await made.pass(90_000);
    const [ring] = await ringing(made);
    await made.page.do("alarms.answer", { id: ring?.id ?? "", action: "snooze", minutes: 5 });
    await made.pass(4 * minute);
    expect(await ringing(made)).toEqual([]);
    await made.pass(2 * minute);
    expect(sounds(made)).toEqual(["reminder", "reminder"]);
    const [again] = await ringing(made);
    await made.page.do("alarms.answer", { id: again?.id ?? "", action: "done" });
    await made.pass(hour);
    expect(await ringing(made)).toEqual([]);
    expect(made.sim.database.list("reminder").map(({ state }) => state)).toEqual(["done"]);
  });

  it("that another device has shown a while ago makes no sound here", async () => {
    const made = await open();
    const reminder = remind(made.sim, minute);
    await made.pass(1_000);
    made.sim.network("down");
    const row = made.sim.database.get("reminder", reminder.id);
    made.sim.clock.sleep(hour);
    if (row) made.sim.database.commit([put("reminder", { ...row, firedAt: new Date(made.sim.clock.now() - 50 * minute).toISOString() })]);
    // The rows come first, then the look at the clock.
    made.sim.network("up");
    const tenant = tenantOf(made);
    tenant.engine.now();
    await made.pass(5);
    made.core.resume();
    await made.pass(2_000);
    expect(sounds(made)).toEqual([]);
    expect(await ringing(made)).toHaveLength(1);
  });
});

describe("after a sleep", () => {
  it("rings at once at the wake-up", async () => {
    const made = await open();
    remind(made.sim, 30 * minute);
    await made.pass(1_000);
    made.sim.clock.sleep(hour);
    made.core.resume();
    await made.pass(500);
    expect(sounds(made)).toEqual(["reminder"]);
  });

  it("shows more than three as one card with one sound", async () => {
    const made = await open();
    for (let count = 0; count < 5; count += 1) remind(made.sim, (10 + count) * minute, `Task ${count}`);
    await made.pass(1_000);
    made.sim.clock.sleep(hour);
    made.core.resume();
    await made.pass(500);
    expect(sounds(made)).toEqual(["reminder"]);
    expect(await ringing(made)).toMatchObject([{ kind: "reminder", about: { name: "5 reminders are due" } }]);
    expect(made.outside.shown).toMatchObject([{ title: "5 reminders are due" }]);
    const [card] = await ringing(made);
    await made.page.do("alarms.answer", { id: card?.id ?? "", action: "done" });
    await made.pass(2_000);
    expect(made.sim.database.list("reminder").every(({ state }) => state === "done")).toBe(true);
  });

  it("makes no noise about what is older than twelve hours", async () => {
    const made = await open();
    remind(made.sim, minute);
    await made.pass(1_000);
    made.sim.clock.sleep(13 * hour);
    made.core.resume();
    await made.pass(2_000);
    expect(sounds(made)).toEqual([]);
    expect(await ringing(made)).toEqual([]);
  });

  it("notices within a minute that somebody set the clock", async () => {
    const made = await open();
    remind(made.sim, 30 * minute);
    await made.pass(1_000);
    made.sim.network("down");
    made.sim.clock.jump(hour);
    await made.pass(minute);
    // The server's time did not jump with it.
    expect(sounds(made)).toEqual([]);
    await made.pass(30 * minute);
    expect(sounds(made)).toEqual(["reminder"]);
  });
});

describe("after a crash", () => {
  it("shows what was claimed and not shown, and does not show again what was", async () => {
    const made = await open();
    const reminder = remind(made.sim, 10 * minute);
    await made.pass(1_000);
    const ringsAt = Date.parse(reminder.due.at);
    // The process dies between the claim and the notification.
    claim(tenantOf(made).store.cacheFile, [{ aboutId: reminder.aboutId, ringsAt }], ringsAt);
    const keyring = made.core.desk.ports.keyring;
    const again = await openSimulated({ sim: made.sim, member: 1, folder: (await made.stop(), made.folder), changes: { keyring } });
    onTestFinished(() => again.stop());
    await again.pass(11 * minute);
    expect(sounds(again)).toEqual(["reminder"]);
    expect(rungFor(tenantOf(again).store.cacheFile, { aboutId: reminder.aboutId, ringsAt })).toMatchObject({ shown: true });
    const third = await openSimulated({ sim: made.sim, member: 1, folder: (await again.stop(), made.folder), changes: { keyring } });
    onTestFinished(() => third.stop());
    await third.pass(minute);
    expect(await ringing(third)).toHaveLength(1);
    expect(sounds(third)).toEqual([]);
  });
});

describe("three computers of one person, in the night in which the clocks change", () => {
  it("each ring once at four on the wall, also the one that died while it was about to, and fall silent together", async () => {
    // Half past one at night in Berlin; at two the clocks jump to three, so that four o'clock is an hour nearer.
    const sim = createSimulated(5, "2026-03-29T00:30:00Z");
    const four = createZone("Europe/Berlin").instantOf("2026-03-29T04:00");
    expect(four - sim.clock.now()).toBe(1.5 * hour);
    const [desk, laptop, third] = [await open(sim), await open(sim), await open(sim)];
    const reminder = remind(sim, four - sim.clock.now());
    await desk.pass(four - sim.clock.now() - 1_000);
    for (const made of [desk, laptop, third]) expect(sounds(made)).toEqual([]);

    // One dies between its claim and the notification, and starts again half a minute later.
    claim(tenantOf(third).store.cacheFile, [{ aboutId: reminder.aboutId, ringsAt: four }], four);
    const { keyring } = third.core.desk.ports;
    await third.stop();
    await desk.pass(31_000);
    const again = await openSimulated({ sim, member: 1, folder: third.folder, changes: { keyring } });
    onTestFinished(() => again.stop());
    await desk.pass(2_000);
    expect(sim.clock.now() - four).toBeLessThan(minute);
    const shown = () => [desk, laptop, again].map(({ outside }) => outside.shown.map(({ title }) => title));
    const once = ["Reminder: Call Napat"];
    expect(shown()).toEqual([once, once, once]);

    const [ring] = await ringing(desk);
    await desk.page.do("alarms.answer", { id: ring?.id ?? "", action: "done" });
    await desk.pass(2_000);
    for (const made of [desk, laptop, again]) expect(await ringing(made)).toEqual([]);
    await desk.pass(hour);
    expect(shown()).toEqual([once, once, once]);
    for (const made of [desk, laptop]) expect(sounds(made)).toEqual(["reminder"]);
  });
});

describe("a clock that is set back", () => {
  it("does not ring a second time", async () => {
    const made = await open();
    remind(made.sim, 10 * minute);
    await made.pass(11 * minute);
    expect(sounds(made)).toEqual(["reminder"]);
    made.sim.clock.jump(-hour);
    await made.pass(2 * hour);
    expect(sounds(made)).toEqual(["reminder"]);
  });
});
