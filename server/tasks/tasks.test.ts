/** Tasks over HTTP: filters and pages that lose nothing, bulk that does all or nothing, a history that tells everything. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { tasksApi } from "../../shared/api/tasks.ts";
import type { Client } from "../../shared/client/client.ts";
import { lengthWithin } from "../../shared/model/length.ts";
import { limits } from "../../shared/model/limits.ts";
import { newId } from "../core/ids.ts";
import { makeWorkplace, type Workplace } from "../followups/make.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let place: Workplace;
let api: Client;
const ids: string[] = [];

beforeAll(async () => {
  world = await createWorld();
  place = await makeWorkplace(world);
  api = await place.admin.api();
  // Seven tasks; two without a time, two at the same moment.
  for (const [index, hours] of [null, 5, 5, 1, 9, null, 3].entries()) {
    const due = hours === null ? null : { at: new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString(), zone: "Asia/Tokyo" };
    const id = newId();
    ids.push(id);
    await api.call(tasksApi.create, {
      body: {
        id,
        title: `Task ${index} ใบเสร็จ`,
        due,
        priority: index === 4 ? "urgent" : "normal",
        assigneeId: index < 3 ? place.admin.memberId : null,
      },
    });
  }
});
afterAll(() => world.stop());

const at = (index: number) => ids[index] ?? "";
type Query = Parameters<typeof list>[0];
async function list(
  query: {
    status?: "open" | "completed";
    unassigned?: "true";
    assigneeId?: string;
    priority?: "urgent";
    dueBefore?: string;
    dueAfter?: string;
    text?: string;
    sort?: "due" | "updated";
  },
  limit = 2,
) {
  const found: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await api.call(tasksApi.list, { query: { ...query, limit, ...(cursor ? { cursor } : {}) } });
    found.push(...page.items.map(({ id }) => id));
    if (page.next === null) return found;
    cursor = page.next;
  }
}

it("lists page by page in the order asked for, each task once", async () => {
  const byDue = await list({ sort: "due" });
  expect(byDue).toHaveLength(7);
  expect(byDue[0]).toBe(at(3));
  expect(new Set(byDue.slice(5))).toEqual(new Set([at(0), at(5)]));
  for (const limit of [1, 3, 100]) expect(await list({ sort: "due" }, limit)).toEqual(byDue);
  expect(new Set(await list({ sort: "updated" }, 3))).toEqual(new Set(ids));
});

it("filters by each of its words", async () => {
  const inHours = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000).toISOString();
  const cases: [Query, number[]][] = [
    [{ unassigned: "true" }, [3, 4, 5, 6]],
    [{ assigneeId: place.admin.memberId }, [0, 1, 2]],
    [{ priority: "urgent" }, [4]],
    [{ dueBefore: inHours(4) }, [3, 6]],
    [{ dueAfter: inHours(5) }, [1, 2, 4]],
    [{ text: "ใบเสร็จ 4" }, [4]],
    [{ status: "completed" }, []],
  ];
  for (const [query, expected] of cases) expect([query, new Set(await list(query))]).toEqual([query, new Set(expected.map(at))]);
});

it("moves and assigns many at once, or none", async () => {
  const mali = await place.worker();
  const { items } = await api.call(tasksApi.bulk, { body: { taskIds: [at(3), at(4)], assigneeId: mali.memberId, to: "waiting" } });
  expect(items.map(({ assigneeId, status }) => [assigneeId, status])).toEqual([1, 2].map(() => [mali.memberId, "waiting"]));
  expect(await problemOf(api.call(tasksApi.bulk, { body: { taskIds: [at(5), newId()], to: "completed" } }))).toBe("not_found");
  expect((await api.call(tasksApi.get, { params: { taskId: at(5) } })).status).toBe("open");
});

it("keeps what is over until somebody reopens it, and tells all of it", async () => {
  const params = { taskId: at(6) };
  const move = (to: "completed" | "open" | "waiting", reopen = false) => api.call(tasksApi.move, { params, body: { to, reopen } });
  await api.call(tasksApi.update, { params, body: { title: "Another title", description: "Long" } });
  await move("completed");
  expect(await problemOf(move("waiting"))).toBe("stale_state");
  expect((await move("open", true)).completedAt).toBeNull();
  const { items } = await api.call(tasksApi.history, { params });
  expect(items.map(({ type, payload }) => [type, payload["to"] ?? null])).toEqual([
    ["task.moved", "open"],
    ["task.moved", "completed"],
    ["task.updated", null],
    ["task.created", null],
  ]);
  expect(items[2]?.payload["changes"]).toEqual({
    title: { before: "Task 6 ใบเสร็จ", after: "Another title" },
    description: { before: "", after: "Long" },
  });
});

it("what was completed at the same moment is not taken up again, and says when it was over", async () => {
  const { id: taskId } = await api.call(tasksApi.create, { body: { id: newId(), title: "Refund" } });
  const other = await midway(world.core, "update task set status = 'completed', completed_at = now() where id = $1", [taskId]);
  const late = problemOf(api.call(tasksApi.move, { params: { taskId }, body: { to: "waiting" } }));
  await other.waitedFor();
  await other.commit();
  expect(await late).toBe("stale_state");
  expect(await api.call(tasksApi.get, { params: { taskId } })).toMatchObject({ status: "completed", completedAt: expect.any(String) });
});

it("is found by what two people wrote into it at the same moment", async () => {
  const { id: taskId } = await api.call(tasksApi.create, { body: { id: newId(), title: "Untitled" } });
  const other = await midway(world.core, "update task set title = 'Longboard', search = 'longboard' where id = $1", [taskId]);
  const writing = api.call(tasksApi.update, { params: { taskId }, body: { description: "Trucks are loose" } });
  await other.waitedFor();
  await other.commit();
  await writing;
  for (const text of ["longboard", "trucks"]) expect(await list({ text })).toEqual([taskId]);
});

it("takes as many characters as a person is told that fit", async () => {
  const titled = (title: string) => api.call(tasksApi.create, { body: { id: newId(), title } });
  const title = "กี้".repeat(limits.taskTitle);
  expect(lengthWithin(title, limits.taskTitle)).toBe(limits.taskTitle);
  expect((await titled(title)).title).toBe(title);
  await expect(titled(`${title}ก`)).rejects.toMatchObject({
    document: { errors: [{ code: "too_long", message: expect.stringContaining("200") as string }] },
  });
});
