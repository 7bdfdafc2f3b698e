/** A line of the event log as a sentence. A type or field that is not known here is newer than this console and is said in general. */
import { followupOutcomes } from "@switchboard/shared/model/followups.ts";
import { taskStatuses } from "@switchboard/shared/model/tasks.ts";
import type { TFunction } from "i18next";
import type { CommandOutput } from "../../bridge/index.ts";
import type { Format } from "../text/format.ts";

export type HistoryLine = CommandOutput<"work.history">["lines"][number];

export interface HistoryWords {
  readonly t: TFunction;
  readonly format: Pick<Format, "full" | "list">;
  /** Somebody who has left has no name here any more. */
  readonly nameOf: (memberId: unknown) => string | undefined;
}

const fields = [
  "title",
  "description",
  "due",
  "dueAllDay",
  "priority",
  "labelIds",
  "remindBefore",
  "contactId",
  "type",
  "channel",
  "minutes",
  "notes",
  "recurrence",
] as const;
type Field = (typeof fields)[number];

export function historyWords({ type, by: memberId, payload }: HistoryLine, { t, format, nameOf }: HistoryWords): string {
  const by = (memberId === null ? undefined : nameOf(memberId)) ?? t("tasks.history.somebody");
  const member = (id: unknown) => nameOf(id) ?? t("tasks.history.somebody");
  switch (type) {
    case "task.created":
      return t("tasks.history.created", { by });
    case "task.moved": {
      const to = taskStatuses.find((status) => status === payload["to"]);
      return to === undefined ? t("tasks.history.other", { by }) : t("tasks.history.moved", { by, to: t(`tasks.status.${to}`) });
    }
    case "task.assigned":
    case "followup.assigned":
      return payload["to"] === null
        ? t("tasks.history.unassigned", { by })
        : t("tasks.history.assigned", { by, to: member(payload["to"]) });
    case "task.commented":
      return t("tasks.history.commented", { by });
    case "task.updated":
    case "followup.updated":
      return changed(payload["changes"], by, { t, format, nameOf });
    case "followup.scheduled":
      return t("tasks.history.scheduled", { by });
    case "followup.moved":
      return t("tasks.history.rescheduled", { by, time: instant(payload["to"], format) });
    case "followup.completed": {
      const outcome = followupOutcomes.find((one) => one === payload["outcome"]);
      return outcome === undefined
        ? t("tasks.history.done", { by })
        : t("tasks.history.completed", { by, outcome: t(`followups.outcome.${outcome}`) });
    }
    case "followup.missed":
      return t("tasks.history.missed");
    case "followup.cancelled":
      return t("tasks.history.cancelled", { by });
    case "followup.reopened":
      return t("tasks.history.reopened", { by });
    default:
      return t("tasks.history.other", { by });
  }
}

const instant = (value: unknown, format: HistoryWords["format"]) => (typeof value === "string" ? format.full(Date.parse(value)) : "");

function changed(changes: unknown, by: string, { t, format }: HistoryWords): string {
  const record = typeof changes === "object" && changes !== null ? (changes as Readonly<Record<string, unknown>>) : {}; // any JSON
  const named = fields.filter((field): field is Field => field in record && !(field === "dueAllDay" && "due" in record));
  if (named.length === 0) return t("tasks.history.other", { by });
  const what = format.list(named.map((field) => t(`tasks.history.field.${field}`)));
  const before = named.length === 1 ? beforeOf(record[named[0] ?? ""]) : undefined;
  return before === undefined ? t("tasks.history.changed", { by, what }) : t("tasks.history.changed_from", { by, what, before });
}

/** Words that were overwritten can be read and copied here. */
function beforeOf(change: unknown): string | undefined {
  const before = typeof change === "object" && change !== null && "before" in change ? change.before : undefined;
  return typeof before === "string" && before.trim() !== "" ? before.trim() : undefined;
}
