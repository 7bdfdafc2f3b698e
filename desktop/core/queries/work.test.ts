/** What the console's own computer answers about work, on a clock that the test moves. */
import { expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import { taskOf } from "../testing/rows.ts";
import { openSimulated } from "../testing/simulated-console.ts";

it("counts a task for a whole day to that day, not to the one at whose first moment it is late", async () => {
  const made = await openSimulated({ member: 1 });
  onTestFinished(() => made.remove());
  const { sim, page } = made;
  // It is Monday, 15:00 in Bangkok. Days there end at 17:00 in UTC.
  const task = (title: string, at: string, dueAllDay = true) =>
    put("task", taskOf(sim.newId(), { title, due: { at, zone: "Asia/Bangkok" }, dueAllDay }));
  sim.commit([
    task("yesterday", "2026-01-04T17:00:00.000Z"),
    task("today", "2026-01-05T17:00:00.000Z"),
    task("today at five", "2026-01-05T10:00:00.000Z", false),
    task("tomorrow", "2026-01-06T17:00:00.000Z"),
    task("Sunday", "2026-01-11T17:00:00.000Z"),
    task("next Monday", "2026-01-12T17:00:00.000Z"),
  ]);
  await made.pass(500);
  const due = async (choice: "overdue" | "today" | "week") =>
    (await page.ask("tasks.list", { tenants: "all", due: choice, limit: 50 })).items.map(({ title }) => title).toSorted();
  expect(await due("overdue")).toEqual(["yesterday"]);
  expect(await due("today")).toEqual(["today", "today at five"]);
  expect(await due("week")).toEqual(["Sunday", "today", "today at five", "tomorrow"]);
});

it("says of a task in a list when it was done, whatever is changed in it later", async () => {
  const made = await openSimulated({ member: 1 });
  onTestFinished(() => made.remove());
  const { sim, page, tenantId } = made;
  const at = "2025-12-20T03:00:00.000Z";
  const task = taskOf(sim.newId(), { title: "Send the invoice", status: "completed", completedAt: at, updatedAt: at });
  sim.commit([put("task", task)]);
  await made.pass(500);
  await page.do("mutate", { tenantId, name: "updateTask", args: { taskId: task.id, changes: { title: "Send the corrected invoice" } } });
  const { items } = await page.ask("tasks.list", { tenants: "all", status: ["completed"], sort: "updated", limit: 50 });
  const line = items.find(({ id }) => id === task.id);
  expect(line).toMatchObject({ title: "Send the corrected invoice", completedAt: at });
  expect(line?.updatedAt).not.toBe(at);
});
