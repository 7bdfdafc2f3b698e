/** People and labels that ended: the same on a device that knows it and on the server. */
import { expect, it } from "vitest";
import type { EntityName, Rows } from "../entities.ts";
import { examples } from "../testing/acts.ts";
import { device, exampleRows, idOf, laterTime, me } from "../testing/rows.ts";
import type { View } from "../view.ts";
import { findMutator } from "./index.ts";

const { member, role, label, task, followup } = exampleRows;
const colleague = idOf("member", 2);
const helper = { ...role, permissions: ["tasks.manage", "followups.manage"] };
const context = { memberId: me, deviceId: device, now: laterTime };

const viewOf = (rows: Partial<Rows>): View => ({
  get: <E extends EntityName>(entity: E, id: string) => (rows[entity]?.id === id ? rows[entity] : undefined),
  answeredAfter: () => false,
});

const given: [string, Partial<Rows>["member"], typeof role, string | null][] = [
  ["an admin", { ...member, id: colleague }, role, colleague],
  ["somebody with a role that may", { ...member, id: colleague, role: role.id }, helper, colleague],
  ["somebody nobody knows, which the database refuses", undefined, role, colleague],
  ["somebody who was removed", { ...member, id: colleague, status: "removed" }, role, null],
  ["an operator", { ...member, id: colleague, role: "operator" }, role, null],
  ["somebody with a role that may not", { ...member, id: colleague, role: role.id }, role, null],
  ["somebody whose role is gone", { ...member, id: colleague, role: idOf("role", 2) }, role, null],
];
const acts = (["task", "followup"] as const).flatMap((kind) => {
  const work = { task: "Task", followup: "Followup" }[kind];
  const over = { ...{ task, followup }[kind], status: kind === "task" ? "completed" : "cancelled", assigneeId: colleague };
  const id = { [`${kind}Id`]: over.id };
  return [
    { name: `create${work}`, args: { ...examples[`create${work}`]?.args, assigneeId: colleague }, rows: {} },
    { name: `update${work}`, args: { ...id, changes: { assigneeId: colleague } }, rows: { [kind]: { task, followup }[kind] } },
    kind === "task"
      ? { name: "moveTask", args: { ...id, to: "open", reopen: true }, rows: { task: over } }
      : { name: "reopenFollowup", args: id, rows: { followup: over } },
  ];
});

it.each(given)("%s", (_, known, roleRow, kept) => {
  for (const { name, args, rows } of acts) {
    const view = viewOf({ ...(rows as Partial<Rows>), role: roleRow, ...(known ? { member: known } : {}) });
    const mutator = findMutator(name, 1);
    const shown = mutator?.apply(view, args, context);
    expect([name, shown]).toMatchObject([name, [{ row: { assigneeId: kept } }]]);
    expect(mutator?.decide(view, args, context)).toEqual({ ok: true, changes: shown });
  }
});

it("puts only labels on a task that are labels still", () => {
  const labelIds = [idOf("label", 2), label.id];
  const view = viewOf({ label, task });
  const made = findMutator("createTask", 1)?.apply(view, { ...examples["createTask"]?.args, labelIds }, context);
  const changed = findMutator("updateTask", 1)?.apply(view, { taskId: task.id, changes: { labelIds } }, context);
  expect([made, changed]).toMatchObject([[{ row: { labelIds: [label.id] } }], [{ row: { labelIds: [label.id] } }]]);
});

it("leaves who has it, and its labels, to changes of something else", () => {
  const before = { ...task, assigneeId: colleague, labelIds: [idOf("label", 2)] };
  const view = viewOf({ task: before, member: { ...member, id: colleague, status: "removed" } });
  const [changed] = findMutator("updateTask", 1)?.apply(view, { taskId: task.id, changes: { title: "Else" } }, context) ?? [];
  expect(changed?.row).toEqual({ ...before, title: "Else", updatedAt: laterTime });
});
