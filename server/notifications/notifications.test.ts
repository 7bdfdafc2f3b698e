/** What a person is told: when they chose, once, in their own morning, and nothing that is not theirs to know. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { quietHoursPreference, type QuietHours } from "../../shared/model/quiet-hours.ts";
import { addDays, timeOfMinutes } from "../../shared/model/dates.ts";
import { createZone } from "../../shared/model/zones.ts";
import { reminderPreference, type ReminderChoice } from "../../shared/model/reminders.ts";
import { protocolVersion, schemaVersion } from "../../shared/sync/protocol.ts";
import { service } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { makeWorkplace, type Worker, type Workplace } from "../followups/make.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { digestJob } from "./digest.ts";
import { fallbackJob, overdueJob } from "./jobs.ts";
import { planAnew, planTaskReminders } from "./plan-reminders.ts";
import { notificationReactions } from "./reactions.ts";
import { tidyJob } from "./tidy.ts";

const minute = 60_000;
const hour = 60 * minute;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const at = (iso: string) => ({ at: iso, zone: "Asia/Bangkok" });
const task = async (worker: Worker, fields: { title: string; due: string; assigneeId: string; remindBefore?: number[] }) => {
  const body = { id: newId(), ...fields, due: at(fields.due) };
  return (await (await worker.api()).call(tasksApi.create, { body })).id;
};
const armed = async (aboutId: string): Promise<string[]> => {
  await world.settle();
  const { rows } = await world.core.pools.system.query<{ due_at: Date | string }>(
    "select due_at from reminder where about_id = $1 and state = 'armed' order by due_at",
    [aboutId],
  );
  return rows.map(({ due_at: due }) => new Date(due).toISOString().slice(0, 16));
};
const choose = (worker: Worker, value: ReminderChoice) => prefer(worker, reminderPreference, value);
async function prefer(worker: Worker, key: string, value: object | null): Promise<void> {
  const api = await worker.api();
  const caller = { protocol: protocolVersion, schema: schemaVersion, app: "1.0.0" };
  const { device, epoch } = await api.call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
  const args = { key, value } as never;
  const mutation = { mid: 1, name: "setPreference", v: 1, args, base: 0, at: world.clock.now().toISOString() };
  const { results } = await api.call(syncApi.push, { body: { ...caller, device, epoch, mutations: [mutation] } });
  expect(results).toMatchObject([{ status: "done" }]);
  await world.settle();
}
const mailsTo = ({ email }: { email: string }) => world.mailbox.mails.filter((mail) => mail.to === email);
const nothing: ReminderChoice = { tasks: null, followups: null, digest: null };

describe("reminders", () => {
  it("ring as the task says, else as the person chose, else as the tenant has it; also what was planned before", async () => {
    const place = await makeWorkplace(world);
    const [admin, due] = [place.admin, "2026-03-05T09:00:00.000Z"];
    const usual = await task(admin, { title: "Usual", due, assigneeId: admin.memberId });
    const own = await task(admin, { title: "Own", due, assigneeId: admin.memberId, remindBefore: [5] });
    expect(await armed(usual)).toEqual(["2026-03-04T09:00", "2026-03-05T08:00", "2026-03-05T08:50"]);
    await place.settings("work", { taskReminders: [30] });
    expect(await armed(usual)).toEqual(["2026-03-05T08:30"]);
    await choose(admin, { ...nothing, tasks: [120, 0] });
    expect(await armed(usual)).toEqual(["2026-03-05T07:00", "2026-03-05T09:00"]);
    expect(await armed(own)).toEqual(["2026-03-05T08:55"]);
  });

  it("are planned anew for many as for one: what the tenant wants is asked once", async () => {
    const place = await makeWorkplace(world);
    const plan = async () => {
      await world.settle();
      const before = world.core.cache.stats();
      await planAnew(world.core, place.id);
      const after = world.core.cache.stats();
      return after.hits + after.misses - before.hits - before.misses;
    };
    const [{ memberId }, due] = [place.admin, "2026-03-05T09:00:00.000Z"];
    await task(place.admin, { title: "One", due, assigneeId: memberId });
    const forOne = await plan();
    for (const title of ["Two", "Three"]) await task(place.admin, { title, due, assigneeId: memberId });
    expect(await plan()).toBe(forOne);
  });

  it("ring for the last of two changes in quick succession, also when the first is planned more slowly", async () => {
    const place = await makeWorkplace(world);
    const fields = { title: "Twice", due: "2026-03-05T09:00:00.000Z", assigneeId: place.admin.memberId, remindBefore: [0] };
    const id = await task(place.admin, fields);
    const api = await place.admin.api();
    await world.settle();
    await world.core.pools.system.query("update task set due_at = '2026-03-07T09:00:00Z' where id = $1", [id]);
    // The first plan is made, and waits for the person to write it for.
    const other = await midway(world.core, "select id from member where id = $1 for update", [place.admin.memberId]);
    const first = world.core.work(service(place.id, "test"), (unit) => planTaskReminders(world.core, unit, id));
    await other.waitedFor();
    await api.call(tasksApi.update, { params: { taskId: id }, body: { due: at("2026-03-06T09:00:00.000Z") } });
    const second = world.settle();
    await Promise.race([second, other.waitedFor(2)]);
    await other.commit();
    await Promise.all([first, second]);
    expect(await armed(id)).toEqual(["2026-03-06T09:00"]);
  });

  it("that no device showed come by mail two minutes later, once, and never to somebody who may not know", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    const due = new Date(world.clock.now().getTime() + hour).toISOString();
    await task(place.admin, { title: "Call Napat", due, assigneeId: mali.memberId, remindBefore: [0] });
    await world.settle();
    const run = async (ms: number) => {
      world.clock.advance(ms);
      await fallbackJob.run(world.core, {});
      return mailsTo(mali).filter(({ subject }) => subject === "Due: Call Napat").length;
    };
    expect(await run(hour + 1.9 * minute)).toBe(0);
    expect(await run(0.2 * minute)).toBe(1);
    expect(await run(minute)).toBe(1);
    // A row that is left over, as from a backup: the right is asked again when the mail is written.
    const opal = await place.worker("operator", "Opal");
    await world.core.pools.system.query("update reminder set member_id = $2, mailed_at = null where tenant_id = $1", [
      place.id,
      opal.memberId,
    ]);
    await fallbackJob.run(world.core, {});
    expect(mailsTo(opal)).toEqual([]);
  });

  it("of what is overdue come once a day, in the morning of the zone", async () => {
    const place = await makeWorkplace(world);
    world.clock.set("2026-03-10T03:00:00Z");
    const id = await task(place.admin, {
      title: "Late",
      due: "2026-03-10T04:00:00.000Z",
      assigneeId: place.admin.memberId,
      remindBefore: [0],
    });
    // Its own reminder is planned behind the call.
    await world.settle();
    world.clock.set("2026-03-10T05:00:00Z");
    await overdueJob.run(world.core, {});
    await overdueJob.run(world.core, {});
    expect(await armed(id)).toEqual(["2026-03-10T04:00", "2026-03-11T02:00"]);
    world.clock.set("2026-03-11T02:01:00Z");
    await overdueJob.run(world.core, {});
    expect((await armed(id)).at(-1)).toBe("2026-03-12T02:00");
  });

  it("of what was overdue do not come when it was done at the same moment", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    const due = new Date(world.clock.now().getTime() + hour).toISOString();
    const taskId = await task(place.admin, { title: "Done late", due, assigneeId: mali.memberId, remindBefore: [] });
    await world.settle();
    world.clock.advance(2 * hour);
    const other = await midway(world.core, "select id from member where id = $1 for update", [mali.memberId]);
    const arming = overdueJob.run(world.core, {});
    await other.waitedFor();
    await (await place.admin.api()).call(tasksApi.move, { params: { taskId }, body: { to: "completed" } });
    const settled = world.settle();
    await Promise.race([settled, other.waitedFor(2)]);
    await other.commit();
    await Promise.all([arming, settled]);
    expect(await armed(taskId)).toEqual([]);
  });
});

describe("a mention in a comment", () => {
  it("tells whoever may see tasks, once, and nobody of oneself", async () => {
    const place = await makeWorkplace(world);
    const [mali, opal] = [await place.worker(), await place.worker("operator", "Opal")];
    const taskId = await task(place.admin, { title: "Size chart", due: "2026-04-01T09:00:00.000Z", assigneeId: place.admin.memberId });
    const body = { id: newId(), body: "Look", mentions: [mali.memberId, opal.memberId, place.admin.memberId] };
    const api = await place.admin.api();
    for (const _ of [1, 2]) await api.call(tasksApi.comment, { params: { taskId }, body });
    await world.settle();
    const { rows } = await world.core.pools.system.query("select member_id, kind from notice where about_id = $1", [taskId]);
    expect(rows).toEqual([{ member_id: mali.memberId, kind: "task.mentioned" }]);
    await api.call(tasksApi.delete, { params: { taskId } });
    await world.settle();
    const left = await world.core.pools.system.query(
      "select id from notice where about_id = $1 union all select id from reminder where about_id = $1",
      [taskId],
    );
    expect(left.rows).toEqual([]);
  });
});

describe("a task that is deleted before anybody was told of it", () => {
  it("is told to nobody", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    const taskId = await task(place.admin, { title: "Never mind", due: "2026-04-01T09:00:00.000Z", assigneeId: place.admin.memberId });
    await world.settle();
    const assigned = notificationReactions.find(({ name }) => name === "notifications.taskAssigned");
    const payload = { taskId, conversationId: null, title: "Never mind", from: null, to: mali.memberId };
    const event = { tenantId: place.id, seq: 1, type: "task.assigned", actor: {}, payload, at: world.clock.now() };
    const deleting = await midway(world.core, "delete from task where id = $1", [taskId]);
    const late = assigned?.run(world.core, event);
    await Promise.race([late, deleting.waitedFor()]);
    await deleting.commit();
    await late;
    const { rows } = await world.core.pools.system.query("select kind from notice where member_id = $1", [mali.memberId]);
    expect(rows).toEqual([]);
  });
});

describe("what people were told", () => {
  it("goes with what it was about, and after a while by itself", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    const contactId = await place.contact({ name: "Napat" });
    const due = new Date(world.clock.now().getTime() + 2 * hour).toISOString();
    const of = async (title: string, fields: object) =>
      (
        await (
          await place.admin.api()
        ).call(tasksApi.create, { body: { id: newId(), title, due: at(due), assigneeId: mali.memberId, ...fields } })
      ).id;
    const [gone, kept] = [await of("About Napat", { contactId }), await of("Kept", {})];
    await world.settle();
    const told = async (id: string) => {
      await tidyJob.run(world.core, {});
      const { rows } = await world.core.pools.system.query<{ n: number }>(
        "select (select count(*) from reminder where about_id = $1)::int + (select count(*) from notice where about_id = $1)::int as n",
        [id],
      );
      return rows[0]?.n;
    };
    expect(await told(gone)).toBe(3);
    await world.core.pools.system.query("delete from contact where tenant_id = $1 and id = $2", [place.id, contactId]);
    expect(await told(gone)).toBe(0);
    await (await place.admin.api()).call(tasksApi.move, { params: { taskId: kept }, body: { to: "completed" } });
    await world.settle();
    world.clock.advance(29 * 24 * hour);
    expect(await told(kept)).toBe(3);
    world.clock.advance(2 * 24 * hour);
    expect(await told(kept)).toBe(1);
    world.clock.advance(90 * 24 * hour);
    expect(await told(kept)).toBe(0);
  });
});

describe("the morning mail", () => {
  const digest = { time: "08:00", zone: "Europe/Berlin" };
  const morning = async (place: Workplace, iso: string) => {
    world.clock.set(iso);
    await digestJob.run(world.core, {});
    return mailsTo(place.admin).filter(({ subject }) => subject.startsWith("Your day"));
  };

  it("comes once, in one's own morning, also where the clocks have changed, with what the day brings", async () => {
    const place = await makeWorkplace(world);
    world.clock.set("2026-03-28T10:00:00Z");
    const { memberId } = place.admin;
    const napat = await place.contact({ name: "Napat" });
    await task(place.admin, { title: "Was due on Friday", due: "2026-03-28T11:00:00.000Z", assigneeId: memberId });
    await task(place.admin, { title: "Next week", due: "2026-04-03T11:00:00.000Z", assigneeId: memberId });
    await place.followup({ due: { at: "2026-03-29T12:00:00.000Z", zone: "Europe/Berlin" }, assigneeId: memberId, contactId: napat });
    await place.followup({ due: { at: "2026-03-29T13:00:00.000Z", zone: "Europe/Berlin" }, notes: "Somebody has to" });
    expect(await morning(place, "2026-03-28T12:00:00Z")).toEqual([]);
    await choose(place.admin, { ...nothing, digest });
    // Eight in the morning is six UTC from this Sunday on.
    expect(await morning(place, "2026-03-29T05:59:00Z")).toHaveLength(0);
    const [mail, ...more] = await morning(place, "2026-03-29T06:01:00Z");
    expect(more).toEqual([]);
    for (const part of ["3 things wait", "Was due on Friday", "Call · Napat", "Somebody has to (nobody assigned)"])
      expect(mail?.text).toContain(part);
    expect(mail?.text).not.toContain("Next week");
    expect(await morning(place, "2026-03-29T06:16:00Z")).toHaveLength(1);
  });

  it("does not come on a day without anything, at night, or to somebody who may not see tasks any more", async () => {
    const place = await makeWorkplace(world);
    world.clock.set("2026-04-06T10:00:00Z");
    await choose(place.admin, { ...nothing, digest });
    expect(await morning(place, "2026-04-07T06:05:00Z")).toEqual([]);
    await task(place.admin, { title: "Today", due: "2026-04-08T11:00:00.000Z", assigneeId: place.admin.memberId });
    // The server slept through the morning.
    expect(await morning(place, "2026-04-08T19:00:00Z")).toEqual([]);
    await world.core.pools.system.query("update member set role = 'operator' where tenant_id = $1 and id = $2", [
      place.id,
      place.admin.memberId,
    ]);
    await world.settle();
    expect(await morning(place, "2026-04-09T06:05:00Z")).toEqual([]);
  });
});

describe("quiet hours", () => {
  /** A night around the world's present moment, by a clock that stands an hour ahead of it in each zone. */
  const nightAround = (zone: string, more: Partial<QuietHours> = {}): QuietHours => {
    const wall = createZone(zone);
    const hourOf = (ms: number) => timeOfMinutes(wall.minuteAt(world.clock.now().getTime() + ms));
    return { from: hourOf(-hour), to: hourOf(8 * hour), zone, urgentReminders: false, ...more };
  };
  const quietly = (worker: Worker, hours: QuietHours | null) => prefer(worker, quietHoursPreference, hours);

  it.each(["Asia/Bangkok", "America/St_Johns"])("hold a reminder's mail until they are over, in %s", async (zone) => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    await quietly(mali, nightAround(zone));
    const due = new Date(world.clock.now().getTime() + hour).toISOString();
    await task(place.admin, { title: "Call Napat", due, assigneeId: mali.memberId, remindBefore: [0] });
    await world.settle();
    const run = async (ms: number) => {
      world.clock.advance(ms);
      await fallbackJob.run(world.core, {});
      return mailsTo(mali).filter(({ subject }) => subject === "Due: Call Napat").length;
    };
    expect(await run(2 * hour)).toBe(0);
    expect(await run(5.9 * hour)).toBe(0);
    expect(await run(0.2 * hour)).toBe(1);
    expect(await run(minute)).toBe(1);
  });

  it("let a reminder of an urgent task through for those who chose so, and no other", async () => {
    const place = await makeWorkplace(world);
    const [mali, opal] = [await place.worker(), await place.worker("admin", "Opal")];
    await quietly(mali, nightAround("Asia/Bangkok", { urgentReminders: true }));
    await quietly(opal, nightAround("Asia/Bangkok"));
    const due = new Date(world.clock.now().getTime() + hour).toISOString();
    for (const { memberId: assigneeId } of [mali, opal])
      for (const priority of ["urgent", "high"] as const)
        await (
          await place.admin.api()
        ).call(tasksApi.create, {
          body: { id: newId(), title: `A ${priority} one`, due: at(due), assigneeId, priority, remindBefore: [0] },
        });
    await world.settle();
    world.clock.advance(2 * hour);
    await fallbackJob.run(world.core, {});
    const told = (worker: Worker) => mailsTo(worker).flatMap(({ subject }) => (subject.startsWith("Due: ") ? [subject] : []));
    expect(told(mali)).toEqual(["Due: A urgent one"]);
    expect(told(opal)).toEqual([]);
  });

  it("move a morning mail that falls into them to their end, once", async () => {
    const place = await makeWorkplace(world);
    const { admin } = place;
    const zone = createZone("Asia/Bangkok");
    const date = addDays(zone.dateAt(world.clock.now().getTime()), 1);
    const [time, to] = ["06:00", "09:30"];
    await choose(admin, { ...nothing, digest: { time, zone: zone.id } });
    await quietly(admin, { from: "22:00", to, zone: zone.id, urgentReminders: false });
    await task(admin, { title: "Fire the kiln", due: new Date(zone.instantOf(`${date}T12:00`)).toISOString(), assigneeId: admin.memberId });
    await world.settle();
    const run = async (wall: string) => {
      world.clock.advance(zone.instantOf(`${date}T${wall}`) - world.clock.now().getTime());
      await digestJob.run(world.core, {});
      return mailsTo(admin).filter(({ text }) => text.includes("Fire the kiln") && text.includes("12:00")).length;
    };
    expect(await run("06:15")).toBe(0);
    expect(await run("09:15")).toBe(0);
    expect(await run("09:30")).toBe(1);
    expect(await run("09:45")).toBe(1);
  });
});
