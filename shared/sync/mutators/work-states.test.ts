/**
 * Tasks and follow-ups under two devices that were both offline: whatever each did and in whatever order it arrives, the server moves
 * only where the state machine goes, completed and cancelled stay until somebody reopens, and both devices end with the server's row.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import { canMoveFollowup, canReopenFollowup, followupOutcomes, isFollowupOver } from "../../model/followups.ts";
import { canMoveTask, canReopenTask, isTaskOver, taskStatuses } from "../../model/tasks.ts";
import type { EntityName, Rows } from "../entities.ts";
import { device, exampleRows } from "../testing/rows.ts";
import type { View } from "../view.ts";
import { findMutator } from "./index.ts";

interface Act {
  name: string;
  args: Record<string, unknown>;
}
type Work = "task" | "followup";

const viewOf = <E extends Work>(entity: E, row: Rows[E]): View => ({
  get: <N extends EntityName>(name: N, id: string) =>
    name === (entity as string) && id === row.id ? (row as unknown as Rows[N]) : undefined,
  answeredAfter: () => false,
});

/** The row after an act, or undefined where the act has no effect. */
function shown<E extends Work>(entity: E, row: Rows[E], { name, args }: Act, memberId: string, now: string): Rows[E] {
  const [change] = findMutator(name, 1)?.apply(viewOf(entity, row), args, { memberId, deviceId: device, now }) ?? [];
  return (change?.row as Rows[E] | undefined) ?? row;
}

const taskId = exampleRows.task.id;
const followupId = exampleRows.followup.id;
const due = fc
  .nat(100)
  .map((hours) => ({ at: new Date(Date.parse("2026-12-01T09:00:00Z") + hours * 3_600_000).toISOString(), zone: "Europe/Berlin" }));

const taskAct: fc.Arbitrary<Act> = fc.oneof(
  fc
    .record({ to: fc.constantFrom(...taskStatuses), reopen: fc.boolean() })
    .map((args) => ({ name: "moveTask", args: { taskId, ...args } })),
  fc
    .string({ minLength: 1, maxLength: 8 })
    .map((title) => ({ name: "updateTask", args: { taskId, changes: { title: `t ${title.trim()}` } } })),
);
const followupAct: fc.Arbitrary<Act> = fc.oneof(
  fc.constantFrom(...followupOutcomes).map((outcome) => ({ name: "completeFollowup", args: { followupId, outcome, notes: "" } })),
  fc.constantFrom("cancelFollowup", "reopenFollowup").map((name) => ({ name, args: { followupId } })),
  due.map((at) => ({ name: "moveFollowup", args: { followupId, due: at } })),
  fc.nat(90).map((minutes) => ({ name: "updateFollowup", args: { followupId, changes: { minutes } } })),
);

interface Rules<E extends Work> {
  entity: E;
  reopens: (act: Act) => boolean;
  may: (from: Rows[E]["status"], to: Rows[E]["status"]) => boolean;
  mayReopen: (from: Rows[E]["status"]) => boolean;
  isOver: (status: Rows[E]["status"]) => boolean;
}

const rules: { [E in Work]: Rules<E> } = {
  task: {
    entity: "task",
    reopens: ({ args }) => args["reopen"] === true,
    may: canMoveTask,
    mayReopen: canReopenTask,
    isOver: isTaskOver,
  },
  followup: {
    entity: "followup",
    reopens: ({ name }) => name === "reopenFollowup",
    may: canMoveFollowup,
    mayReopen: canReopenFollowup,
    isOver: isFollowupOver,
  },
};

function check<E extends Work>(
  { entity, reopens, may, mayReopen, isOver }: Rules<E>,
  start: Rows[E],
  devices: readonly (readonly Act[])[],
  order: readonly number[],
): void {
  const times = (step: number) => new Date(Date.parse("2026-11-20T10:00:00Z") + step * 60_000).toISOString();
  // Each device shows its own wishes over what it had; nothing it shows may be out of reach either.
  for (const [who, acts] of devices.entries()) {
    let row = start;
    for (const act of acts) {
      const next = shown(entity, row, act, `member ${who}`, times(1));
      if (next.status !== row.status) expect(may(row.status, next.status) || (reopens(act) && mayReopen(row.status))).toBe(true);
      row = next;
    }
  }
  // The link returns: what each did arrives in its own order, mixed as the network likes.
  const waiting = devices.map((acts) => [...acts]);
  let server = start;
  for (let step = 0; waiting.some((acts) => acts.length > 0); step += 1) {
    const open = waiting.flatMap((acts, who) => (acts.length > 0 ? [who] : []));
    const who = open[(order[step % Math.max(1, order.length)] ?? 0) % open.length] ?? 0;
    const act = waiting[who]?.shift();
    if (!act) continue;
    const context = { memberId: `member ${who}`, deviceId: device, now: times(step) };
    const decision = findMutator(act.name, 1)?.decide(viewOf(entity, server), act.args, context);
    if (!decision?.ok) {
      expect(decision?.code).toBe("stale_state");
      // Refused only where the state machine says so: fields alone are never refused.
      expect(act.name.startsWith("update")).toBe(false);
      continue;
    }
    const next = (decision.changes[0]?.row as Rows[E] | undefined) ?? server;
    if (next.status !== server.status) {
      const reopened = reopens(act) && mayReopen(server.status);
      expect(may(server.status, next.status) || reopened).toBe(true);
      if (isOver(server.status)) expect(reopened).toBe(true);
    }
    server = next;
    // Sent again after a lost answer: the same row, and never an error of another kind.
    const repeat = findMutator(act.name, 1)?.decide(viewOf(entity, server), act.args, context);
    if (repeat?.ok) expect((repeat.changes[0]?.row as Rows[E] | undefined)?.status ?? server.status).toBe(server.status);
  }
  expect([server.completedAt !== null, server.completedBy !== null]).toEqual([isOver(server.status), isOver(server.status)]);
  if ("outcome" in server) expect(server.outcome !== null).toBe(server.status === "completed");
}

const orders = fc.array(fc.nat(9), { minLength: 1, maxLength: 24 });

it("a task moves only where it may, whatever two devices did offline", () => {
  const start = { ...exampleRows.task, status: "open" as const, completedAt: null, completedBy: null };
  const acts = fc.array(taskAct, { maxLength: 8 });
  fc.assert(
    fc.property(fc.tuple(acts, acts), orders, (devices, order) => check(rules.task, start, devices, order)),
    { numRuns: 500 },
  );
});

it("a follow-up moves only where it may, whatever two devices did offline, also when the server had marked it missed", () => {
  const acts = fc.array(followupAct, { maxLength: 8 });
  fc.assert(
    fc.property(fc.tuple(acts, acts), orders, fc.constantFrom("scheduled", "missed"), (devices, order, status) =>
      check(rules.followup, { ...exampleRows.followup, status, outcome: null, completedAt: null, completedBy: null }, devices, order),
    ),
    { numRuns: 500 },
  );
});
