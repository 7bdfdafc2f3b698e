/** A person's quiet hours, on a clock that the test moves: nothing sounds, nothing is lost. */
import { describe, expect, it, onTestFinished } from "vitest";
import { timeOfMinutes } from "@switchboard/shared/model/dates.ts";
import { quietHoursPreference } from "@switchboard/shared/model/quiet-hours.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { put } from "@switchboard/shared/sync/view.ts";
import { contactOf, conversationOf, reminderOf, taskOf } from "../testing/rows.ts";
import { createSimulated, visitorSays, type Simulated } from "../testing/simulated.ts";
import { openSimulated, type SimulatedConsole } from "../testing/simulated-console.ts";

const minute = 60_000;
const zone = createZone("Europe/Berlin");

/** An admin: reminders of tasks are for those. */
const me = (sim: Simulated) => sim.members[1];

/** Quiet from ten minutes ago until an hour from now. */
async function atNight(urgentReminders = false): Promise<SimulatedConsole> {
  const sim = createSimulated(3);
  for (const row of sim.database.list("conversation"))
    sim.database.commit([put("conversation", { ...row, status: "closed", closedAt: row.startedAt })]);
  const memberId = me(sim);
  const wall = (ms: number) => timeOfMinutes(zone.minuteAt(sim.clock.now() + ms));
  const hours = { from: wall(-10 * minute), to: wall(60 * minute), zone: zone.id, urgentReminders };
  sim.database.commit([put("preference", { id: memberId, memberId, values: { [quietHoursPreference]: hours } })]);
  const made = await openSimulated({ sim, member: 1 });
  onTestFinished(() => made.remove());
  await made.pass(500);
  made.page.events.length = 0;
  return made;
}

function visitorComes(sim: Simulated): string {
  const [id, contactId] = [sim.newId(), sim.newId()];
  const at = new Date(sim.clock.now()).toISOString();
  sim.commit([
    put("contact", contactOf(contactId, { name: "Napat" })),
    put("conversation", conversationOf(id, { contactId, visitorId: sim.newId(), startedAt: at, lastAt: at })),
  ]);
  visitorSays(sim, id, "Is anybody there?");
  return id;
}

function remind(sim: Simulated, inMs: number, priority: Rows["task"]["priority"]): void {
  const memberId = me(sim);
  const due = { at: new Date(sim.clock.now() + inMs).toISOString(), zone: zone.id };
  const task = taskOf(sim.newId(), { title: `A ${priority} one`, due, assigneeId: memberId, priority });
  sim.commit([put("task", task), put("reminder", reminderOf(sim.newId(), { memberId, about: "task", aboutId: task.id, due }))]);
}

const sounds = ({ page }: SimulatedConsole) => page.heard("alarm.sound").map(({ sound }) => sound);
const state = ({ page }: SimulatedConsole) => page.ask("alarms.state", {});

describe("in quiet hours", () => {
  it("a waiting visitor is marked and makes no sound; when they are over it rings until somebody takes it", async () => {
    const made = await atNight();
    visitorComes(made.sim);
    await made.pass(20 * minute);
    expect(sounds(made)).toEqual([]);
    expect(made.outside.shown).toEqual([]);
    expect(await state(made)).toMatchObject({ badge: 1, ringing: [{ kind: "waiting" }], nextRingAt: null });
    const { silentUntil } = await state(made);
    expect(silentUntil).not.toBeNull();
    await made.pass(Date.parse(silentUntil ?? "") - made.sim.clock.now() + 1_000);
    expect(sounds(made)).toEqual(["alarm"]);
    expect(made.outside.shown).toHaveLength(1);
    await made.pass(45_000);
    expect(sounds(made)).toHaveLength(4);
  });

  it("what is over by itself before their end is never told", async () => {
    const made = await atNight();
    const id = visitorComes(made.sim);
    await made.pass(5 * minute);
    const row = made.sim.database.get("conversation", id);
    if (row) made.sim.commit([put("conversation", { ...row, assigneeId: made.sim.members[0] })]);
    await made.pass(90 * minute);
    expect(sounds(made)).toEqual([]);
    expect(made.outside.shown).toEqual([]);
  });

  it("a reminder is told at their end, once; one of an urgent task at its minute where the person chose so", async () => {
    const strict = await atNight();
    remind(strict.sim, 10 * minute, "urgent");
    await strict.pass(30 * minute);
    expect(sounds(strict)).toEqual([]);
    await strict.pass(60 * minute);
    expect(sounds(strict)).toEqual(["reminder"]);
    expect(strict.outside.shown).toMatchObject([{ title: "Reminder: A urgent one" }]);

    const lets = await atNight(true);
    remind(lets.sim, 10 * minute, "high");
    remind(lets.sim, 20 * minute, "urgent");
    await lets.pass(15 * minute);
    expect(sounds(lets)).toEqual([]);
    await lets.pass(6 * minute);
    expect(sounds(lets)).toEqual(["reminder"]);
    expect(lets.outside.shown).toMatchObject([{ title: "Reminder: A urgent one" }]);
  });
});
