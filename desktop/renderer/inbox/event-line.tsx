import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { TimelineKind, TimelineLine } from "../../bridge/inbox.ts";
import { useFormat } from "../text/format-context.tsx";
import type { Format } from "../text/format.ts";
import { useMinute } from "../text/now.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import styles from "./message.module.css";

const icons = {
  started: "globe",
  taken: "user",
  taken_over: "user",
  assigned: "user",
  routed: "user",
  passed_on: "warning",
  offered_to_team: "warning",
  offered_to_everyone: "warning",
  offered_to_admins: "warning",
  handed_over: "transfer",
  handed_over_from: "transfer",
  returned: "inbox",
  returned_off_duty: "inbox",
  returned_not_here: "inbox",
  returned_removed: "inbox",
  snoozed: "snooze",
  woken: "clock",
  reopened: "refresh",
  reopened_visitor: "refresh",
  closed: "done",
  closed_idle: "done",
  labels_added: "info",
  labels_by_rule: "info",
  labels_removed: "info",
  labels_changed: "info",
  subject_set: "info",
  subject_cleared: "info",
  other: "info",
} as const satisfies Record<TimelineKind, IconName>;

/** What happened, in a sentence of the reader's language. */
export function EventLine({ event }: { readonly event: TimelineLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  return (
    <p className={styles.event} title={format.full(Date.parse(event.at))}>
      <Icon name={icons[event.kind]} size="xs" />
      {sentence(event, t, format, now)}
    </p>
  );
}

function sentence({ kind, labels, minutes, reason, comment, ...event }: TimelineLine, t: TFunction, format: Format, now: number): string {
  const subject = (one: TimelineLine["by"]) => (one === null ? t("inbox.event.somebody") : one.me ? t("inbox.pane.you") : one.name);
  const object = (one: TimelineLine["to"]) => (one === null ? t("inbox.event.somebody") : one.me ? t("inbox.event.you") : one.name);
  const by = subject(event.by);
  const [to, from] = [object(event.to), object(event.from)];
  const team = event.team ?? "";
  switch (kind) {
    case "started":
      return event.page === null ? t("inbox.event.started") : t("inbox.event.started_on", { page: event.page });
    case "passed_on":
    case "offered_to_team":
    case "offered_to_everyone":
    case "offered_to_admins":
      return t(`routing.escalated.${escalations[kind]}`, { count: minutes ?? 0, from, to, team });
    case "routed":
      if (reason === null) return t("inbox.event.routed", { to });
      const why =
        reason === "last_operator" || team === "" ? t(`routing.assigned.${reason}`) : t(`routing.assigned.${reason}_in_team`, { team });
      return t("inbox.event.routed_because", { to, why });
    case "handed_over":
    case "handed_over_from": {
      const whom = event.to === null ? (event.team ?? t("inbox.event.queue")) : to;
      const told = t(`inbox.event.${kind}`, { by, to: whom, from: event.fromTeam ?? "" });
      return comment ? t("inbox.event.with_comment", { told }) : told;
    }
    case "returned_off_duty":
    case "returned_not_here":
    case "returned_removed":
      return t(`inbox.event.${kind}`, { from: subject(event.from) });
    case "labels_added":
    case "labels_removed":
      return t(`inbox.event.${kind}`, { by, count: labels.length, labels: format.list(labels) });
    case "labels_by_rule":
      return t("inbox.event.labels_by_rule", { count: labels.length, labels: format.list(labels) });
    case "snoozed":
      return t("inbox.event.snoozed", { by, until: event.until === null ? "" : format.dayTime(Date.parse(event.until), now) });
    default:
      return t(`inbox.event.${kind}`, { by, to, from });
  }
}

const escalations = {
  passed_on: "passed_on",
  offered_to_team: "to_team",
  offered_to_everyone: "to_everyone",
  offered_to_admins: "to_admins",
} as const;
