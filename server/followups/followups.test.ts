/** What happens to promises without anybody asking: they are given out, missed, planned on and taken from those who left. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BodyIn } from "../../shared/api/contract.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { teamApi } from "../../shared/api/team.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { assignJob, missedJob } from "./jobs.ts";
import { makeWorkplace, type Worker, type Workplace } from "./make.ts";
import { followupReactions } from "./reactions.ts";

const hour = 3_600_000;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const look = async ({ admin }: Workplace, followupId: string) => (await admin.api()).call(followupsApi.get, { params: { followupId } });
const history = async ({ admin }: Workplace, followupId: string) =>
  (await (await admin.api()).call(followupsApi.history, { params: { followupId } })).items;
const chain = async ({ admin }: Workplace, followupId: string) =>
  (await (await admin.api()).call(followupsApi.chain, { params: { followupId } })).items;
const standby = async (one: Worker, duty: "available" | "off") =>
  (await one.api()).call(routingApi.setAvailability, { body: { duty, doNotDisturb: false, until: null } });
const in_ = (ms: number) => ({ at: new Date(world.clock.now().getTime() + ms).toISOString(), zone: "Asia/Bangkok" });

describe("a follow-up that nobody has", () => {
  it("stays with nobody unless the tenant wants it given out", async () => {
    const place = await makeWorkplace(world);
    const id = await place.followup();
    await world.settle();
    expect((await look(place, id)).assigneeId).toBeNull();
    await place.settings("hours", { always: true });
    await place.settings("work", { followupAssignment: "round_robin" });
    expect((await look(place, id)).assigneeId).toBe(place.admin.memberId);
  });

  it("goes round those who may keep one and are on duty, with the reason in its history", async () => {
    const place = await makeWorkplace(world);
    const [mali, away] = [await place.worker(), await place.worker("admin", "Wan")];
    await place.worker("operator", "Opal");
    await standby(away, "off");
    await place.settings("hours", { always: true });
    await place.settings("work", { followupAssignment: "round_robin" });
    const ids = [await place.followup(), await place.followup(), await place.followup(), await place.followup()];
    await world.settle();
    const given = await Promise.all(ids.map(async (id) => (await look(place, id)).assigneeId));
    expect(given.filter((one) => one === mali.memberId)).toHaveLength(2);
    expect(given.filter((one) => one === place.admin.memberId)).toHaveLength(2);
    const told = (await history(place, ids[0] ?? "")).find(({ type }) => type === "followup.assigned");
    expect(told).toMatchObject({ actor: { kind: "service" }, payload: { from: null, to: given[0], reason: "round_robin" } });
  });

  it("goes to whoever has least, and waits outside working hours until its last hour", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    await place.settings("hours", { always: true });
    await place.followup({ assigneeId: place.admin.memberId });
    await place.settings("work", { followupAssignment: "least_busy" });
    const first = await place.followup();
    await world.settle();
    expect((await look(place, first)).assigneeId).toBe(mali.memberId);

    await place.settings("hours", { always: false, week: {} });
    const later = await place.followup({ due: in_(3 * hour) });
    await world.settle();
    expect((await look(place, later)).assigneeId).toBeNull();
    world.clock.advance(2 * hour);
    await assignJob.run(world.core, {});
    expect((await look(place, later)).assigneeId).not.toBeNull();
    expect((await history(place, later))[0]?.payload).toMatchObject({ reason: "last_call" });
  });
});

describe("at the same moment", () => {
  const touched = "update followup set notes = notes where id = $1";

  it("two who complete one do it once, and the first outcome counts", async () => {
    const place = await makeWorkplace(world);
    const [mali, pim] = [await place.worker(), await place.worker("admin", "Pim")];
    const followupId = await place.followup();
    const other = await midway(world.core, touched, [followupId]);
    const complete = async (who: Worker, outcome: "reached" | "no_answer") =>
      (await who.api()).call(followupsApi.complete, { params: { followupId }, body: { outcome, notes: who.name } });
    const first = complete(mali, "reached");
    await other.waitedFor(1);
    const second = complete(pim, "no_answer");
    await other.waitedFor(2);
    await other.commit();
    await Promise.all([first, second]);
    expect(await look(place, followupId)).toMatchObject({ completedBy: mali.memberId, outcome: "reached" });
    expect((await history(place, followupId)).filter(({ type }) => type === "followup.completed")).toHaveLength(1);
  });

  it("one that was cancelled is not completed", async () => {
    const place = await makeWorkplace(world);
    const followupId = await place.followup();
    const other = await midway(world.core, "update followup set status = 'cancelled' where id = $1", [followupId]);
    const late = problemOf(
      (await place.admin.api()).call(followupsApi.complete, { params: { followupId }, body: { outcome: "reached", notes: "" } }),
    );
    await other.waitedFor();
    await other.commit();
    expect(await late).toBe("stale_state");
    expect((await look(place, followupId)).status).toBe("cancelled");
  });

  it("one that was kept is not missed", async () => {
    const place = await makeWorkplace(world);
    const followupId = await place.followup({ due: in_(hour) });
    world.clock.advance(2 * hour);
    const other = await midway(world.core, "update followup set status = 'completed', outcome = 'reached' where id = $1", [followupId]);
    const missing = missedJob.run(world.core, {});
    await other.waitedFor();
    await other.commit();
    await missing;
    expect((await look(place, followupId)).status).toBe("completed");
    expect((await history(place, followupId)).map(({ type }) => type)).not.toContain("followup.missed");
  });

  it("one that somebody gave to a person is not given to another by the rules", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    await place.settings("hours", { always: true });
    const followupId = await place.followup();
    await world.settle();
    await standby(mali, "off");
    const other = await midway(world.core, "update followup set assignee_id = $2 where id = $1", [followupId, mali.memberId]);
    const settings = place.settings("work", { followupAssignment: "round_robin" });
    await other.waitedFor();
    await other.commit();
    await settings;
    expect((await look(place, followupId)).assigneeId).toBe(mali.memberId);
  });
});

describe("who may not have one any more", () => {
  it("keeps no follow-up, task, reminder or notice", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    const followup = await place.followup({ assigneeId: mali.memberId });
    const api = await place.admin.api();
    const task = await api.call(tasksApi.create, {
      body: { id: newId(), title: "Send size chart", due: in_(48 * hour), assigneeId: mali.memberId },
    });
    await world.settle();
    const held = async () => {
      const { rows } = await world.core.pools.system.query<{ n: number }>(
        "select (select count(*) from reminder where member_id = $1)::int + (select count(*) from notice where member_id = $1)::int as n",
        [mali.memberId],
      );
      return rows[0]?.n;
    };
    expect(await held()).toBeGreaterThan(2);
    await api.call(teamApi.updateMember, { params: { memberId: mali.memberId }, body: { role: "operator" } });
    await world.settle();
    expect((await look(place, followup)).assigneeId).toBeNull();
    expect((await history(place, followup))[0]?.payload).toMatchObject({ from: mali.memberId, to: null, reason: "left" });
    expect((await api.call(tasksApi.get, { params: { taskId: task.id } })).assigneeId).toBeNull();
    expect(await held()).toBe(0);
  });

  it("keeps nothing from whoever was given it at the same moment", async () => {
    const place = await makeWorkplace(world);
    const [mali, pim] = [await place.worker(), await place.worker("admin", "Pim")];
    const followup = await place.followup({ assigneeId: mali.memberId });
    const api = await place.admin.api();
    const { id: task } = await api.call(tasksApi.create, { body: { id: newId(), title: "Send size chart", assigneeId: mali.memberId } });
    await world.settle();
    const giving = await midway(world.core, "update followup set assignee_id = $2 where id = $1", [followup, pim.memberId]);
    await giving.also("update task set assignee_id = $2 where id = $1", [task, pim.memberId]);
    await api.call(teamApi.updateMember, { params: { memberId: mali.memberId }, body: { role: "operator" } });
    const released = world.settle();
    // Both reactions have met what is being given away.
    await giving.waitedFor(2);
    await giving.commit();
    await released;
    expect((await look(place, followup)).assigneeId).toBe(pim.memberId);
    expect((await api.call(tasksApi.get, { params: { taskId: task } })).assigneeId).toBe(pim.memberId);
  });

  it("keeps none that the rules were giving to them as they left", async () => {
    const place = await makeWorkplace(world);
    const mali = await place.worker();
    await standby(place.admin, "off");
    await place.settings("hours", { always: true });
    await place.settings("work", { followupAssignment: "round_robin" });
    const other = await midway(world.core, "lock table followup_turn in share row exclusive mode");
    const followup = await place.followup();
    await other.waitedFor();
    await world.core.pools.system.query("update member set status = 'removed' where id = $1", [mali.memberId]);
    const release = followupReactions.find(({ name }) => name === "followups.release");
    const released = release?.run(world.core, { tenantId: place.id, seq: 0, type: "", actor: {}, payload: {}, at: world.clock.now() });
    await Promise.race([released, other.waitedFor(2)]);
    await other.commit();
    await released;
    await world.settle();
    expect((await history(place, followup)).map(({ type, payload }) => [type, payload["to"]])).toContainEqual([
      "followup.assigned",
      mali.memberId,
    ]);
    expect((await look(place, followup)).assigneeId).not.toBe(mali.memberId);
  });

  it("is given none, and told nothing of one that stands with them all the same", async () => {
    const place = await makeWorkplace(world);
    const opal = await place.worker("operator", "Opal");
    const followup = await place.followup({ assigneeId: opal.memberId });
    const api = await place.admin.api();
    const { id, assigneeId } = await api.call(tasksApi.create, {
      body: { id: newId(), title: "Not for Opal", due: in_(48 * hour), assigneeId: opal.memberId },
    });
    expect([(await look(place, followup)).assigneeId, assigneeId]).toEqual([null, null]);
    // As after a backup was restored.
    const { system } = world.core.pools;
    await system.query("update task set assignee_id = $2 where id = $1", [id, opal.memberId]);
    await system.query("update followup set assignee_id = $2 where id = $1", [followup, opal.memberId]);
    await api.call(tasksApi.update, { params: { taskId: id }, body: { due: in_(50 * hour) } });
    await api.call(followupsApi.move, { params: { followupId: followup }, body: { due: in_(50 * hour) } });
    for (const mentions of [[], [opal.memberId]])
      await api.call(tasksApi.comment, { params: { taskId: id }, body: { id: newId(), body: "Look", mentions } });
    await world.settle();
    const { rows } = await system.query(
      "select id from reminder where member_id = $1 union all select id from notice where member_id = $1",
      [opal.memberId],
    );
    expect(rows).toEqual([]);
  });
});

describe("a promise that nobody kept", () => {
  it("is missed after the tenant's own grace", async () => {
    const place = await makeWorkplace(world);
    await place.settings("work", { graceMinutes: 180 });
    const id = await place.followup({ due: in_(hour) });
    world.clock.advance(3.9 * hour);
    await missedJob.run(world.core, {});
    expect((await look(place, id)).status).toBe("scheduled");
    world.clock.advance(0.2 * hour);
    await missedJob.run(world.core, {});
    expect((await look(place, id)).status).toBe("missed");
  });
});

describe("a series", () => {
  const weekly: BodyIn<typeof followupsApi.create>["recurrence"] = {
    every: "weekly",
    interval: 1,
    weekdays: [],
    end: { kind: "after", times: 3 },
  };

  it("goes on whether kept or missed, once each, and ends after its times", async () => {
    const place = await makeWorkplace(world, "Europe/Berlin");
    world.clock.set("2026-03-16T07:00:00Z");
    // Monday at nine in Berlin; the clocks change on the 29th.
    const first = await place.followup({ due: { at: "2026-03-16T08:00:00.000Z", zone: "Europe/Berlin" }, recurrence: weekly });
    world.clock.set("2026-03-16T10:00:00Z");
    await missedJob.run(world.core, {});
    await missedJob.run(world.core, {});
    const complete = async (followupId: string) =>
      (await place.admin.api()).call(followupsApi.complete, { params: { followupId }, body: { outcome: "reached" } });
    // Kept after all, taken back, kept again: planned once.
    await complete(first);
    await (await place.admin.api()).call(followupsApi.reopen, { params: { followupId: first } });
    await complete(first);
    const second = (await chain(place, first))[1];
    expect(second).toMatchObject({ status: "scheduled", previousId: first, due: { at: "2026-03-23T08:00:00.000Z" } });
    // Done early, so moved to before its own day: the next is still the next.
    const params = { followupId: second?.id ?? "" };
    await (
      await place.admin.api()
    ).call(followupsApi.move, { params, body: { due: { at: "2026-03-21T08:00:00.000Z", zone: "Europe/Berlin" } } });
    await complete(params.followupId);
    const third = (await chain(place, first))[2];
    expect(third?.due).toEqual({ at: "2026-03-30T07:00:00.000Z", zone: "Europe/Berlin" });
    await complete(third?.id ?? "");
    expect(await chain(place, third?.id ?? "")).toHaveLength(3);
  });

  it("ends when one of it is cancelled", async () => {
    const place = await makeWorkplace(world);
    const id = await place.followup({ recurrence: weekly });
    await (await place.admin.api()).call(followupsApi.cancel, { params: { followupId: id } });
    expect(await chain(place, id)).toHaveLength(1);
  });
});

describe("with a contact", () => {
  it("go the tasks and follow-ups about them, on every device", async () => {
    const place = await makeWorkplace(world);
    const contactId = await place.contact({ name: "Napat" });
    const first = await place.followup({ contactId });
    const second = await place.followup({ contactId, previousId: first });
    const { id: task } = await (await place.admin.api()).call(tasksApi.create, { body: { id: newId(), title: "Write", contactId } });
    const kept = await place.followup();
    await world.core.pools.system.query("delete from contact where tenant_id = $1 and id = $2", [place.id, contactId]);
    const { rows } = await world.core.pools.system.query<{ id: string }>(
      "select id from change_log where tenant_id = $1 and scope_before = 'admins' and scope_after is null",
      [place.id],
    );
    expect(rows.map(({ id }) => id).toSorted()).toEqual([first, second, task].toSorted());
    expect((await look(place, kept)).status).toBe("scheduled");
  });
});
