/**
 * What the board and the list show. A person has another member id in each tenant, so "mine" over several tenants is one question a
 * tenant; everything else is one question.
 */
import { taskStatuses } from "@switchboard/shared/model/tasks.ts";
import type { QueryInput, QueryOutput } from "../../bridge/index.ts";

export type TaskLine = QueryOutput<"tasks.list">["items"][number];
type ListInput = QueryInput<"tasks.list">;
type Tenants = ListInput["tenants"];

export type AssigneeChoice =
  | { readonly kind: "everyone" }
  | { readonly kind: "nobody" }
  | { readonly kind: "me" }
  | { readonly kind: "member"; readonly tenantId: string; readonly memberId: string };

export interface TaskFilter {
  readonly assignee: AssigneeChoice;
  readonly status: TaskLine["status"] | "unfinished" | "any";
  readonly priority: TaskLine["priority"] | null;
  readonly due: "overdue" | "today" | "week" | "none" | null;
  readonly labelId: string | null;
  readonly text: string;
}

export const noFilter: TaskFilter = {
  assignee: { kind: "everyone" },
  status: "unfinished",
  priority: null,
  due: null,
  labelId: null,
  text: "",
};

/** The status is a way to look, not a narrowing that hides what one expects to see. */
export function isNarrowed(filter: TaskFilter): boolean {
  return (
    filter.assignee.kind !== "everyone" ||
    filter.priority !== null ||
    filter.due !== null ||
    filter.labelId !== null ||
    filter.text.trim() !== ""
  );
}

export const unfinished = ["open", "in_progress", "waiting"] as const satisfies readonly TaskLine["status"][];

export function statusesOf(filter: TaskFilter): TaskLine["status"][] | undefined {
  if (filter.status === "any") return undefined;
  return filter.status === "unfinished" ? [...unfinished] : [filter.status];
}

export interface Membership {
  readonly tenantId: string;
  readonly memberId: string;
}

export function questionsOf(
  filter: TaskFilter,
  tenants: Tenants,
  mine: readonly Membership[],
  rest: Pick<ListInput, "status" | "sort" | "limit">,
): readonly ListInput[] {
  const given: ListInput = {
    tenants,
    ...rest,
    ...(filter.priority === null ? {} : { priority: filter.priority }),
    ...(filter.due === null ? {} : { due: filter.due }),
    ...(filter.labelId === null ? {} : { labelId: filter.labelId }),
    ...(filter.text.trim() === "" ? {} : { text: filter.text.trim().slice(0, 200) }),
  };
  const { assignee } = filter;
  const sees = (tenantId: string) => tenants === "all" || tenants.includes(tenantId);
  switch (assignee.kind) {
    case "everyone":
      return [given];
    case "nobody":
      return [{ ...given, assigneeId: null }];
    case "member":
      return sees(assignee.tenantId) ? [{ ...given, tenants: [assignee.tenantId], assigneeId: assignee.memberId }] : [];
    case "me":
      return mine.filter((each) => sees(each.tenantId)).map((each) => ({ ...given, tenants: [each.tenantId], assigneeId: each.memberId }));
  }
}

/** A saved filter as it can be used today: what is not known any more is left out. */
export function readFilter(query: Readonly<Record<string, unknown>>): TaskFilter {
  const one = <T>(known: readonly T[], value: unknown, otherwise: T): T => known.find((each) => each === value) ?? otherwise;
  return {
    assignee: readAssignee(query["assignee"]),
    status: one([...taskStatuses, "unfinished", "any"] as const, query["status"], noFilter.status),
    priority: one([...priorities, null], query["priority"], null),
    due: one(["overdue", "today", "week", "none", null] as const, query["due"], null),
    labelId: typeof query["labelId"] === "string" ? query["labelId"] : null,
    text: typeof query["text"] === "string" ? query["text"].slice(0, 200) : "",
  };
}

function readAssignee(value: unknown): AssigneeChoice {
  if (typeof value !== "object" || value === null || !("kind" in value)) return noFilter.assignee;
  const { kind } = value;
  if (kind === "nobody" || kind === "me") return { kind };
  if (kind !== "member" || !("tenantId" in value) || !("memberId" in value)) return noFilter.assignee;
  const { tenantId, memberId } = value;
  return typeof tenantId === "string" && typeof memberId === "string" ? { kind, tenantId, memberId } : noFilter.assignee;
}

const priorities = ["low", "normal", "high", "urgent"] as const;

/** Answers of several questions in one order; a row that moved between two pages is shown once. */
export function mergeLines(answers: readonly (readonly TaskLine[])[], sort: "due" | "priority" | "updated"): readonly TaskLine[] {
  const lines = [...new Map(answers.flat().map((line) => [line.id, line])).values()];
  if (answers.length === 1) return lines;
  const dueAt = (line: TaskLine) => (line.due === null ? Number.POSITIVE_INFINITY : Date.parse(line.due.at));
  const by = {
    due: (a: TaskLine, b: TaskLine) => (dueAt(a) === dueAt(b) ? 0 : dueAt(a) - dueAt(b)),
    priority: (a: TaskLine, b: TaskLine) => priorities.indexOf(b.priority) - priorities.indexOf(a.priority),
    updated: (a: TaskLine, b: TaskLine) => Date.parse(b.updatedAt) - Date.parse(a.updatedAt),
  }[sort];
  return lines.toSorted((a, b) => by(a, b) || (a.id < b.id ? -1 : 1));
}
