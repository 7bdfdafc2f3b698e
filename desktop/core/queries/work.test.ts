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
