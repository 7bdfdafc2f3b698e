import { minuteMs } from "@switchboard/shared/model/dates.ts";
import { isFlagged } from "@switchboard/shared/model/tasks.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Avatar, Chip } from "../ui/marks.tsx";
import { shownAt, stateOf } from "./due.ts";
import type { TaskLine } from "./task-filter.ts";
import styles from "./task-marks.module.css";

/** The reader's zone, made once. */
export function useZone() {
  const { zone } = useFormat();
  return useMemo(() => createZone(zone), [zone]);
}

/** A ring that fills: the shape says the status without its colour. */
export function StatusMark({ status, named = false }: { readonly status: TaskLine["status"]; readonly named?: boolean }) {
  const { t } = useTranslation();
  return (
    <span className={cx(styles.status, styles[status])}>
      {status === "completed" && <Icon name="check" size="xs" />}
      {named && <span className="vh">{t(`tasks.status.${status}`)}</span>}
    </span>
  );
}

export function useDueWords(): (task: TaskLine) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  return (task) => {
    const at = shownAt(task);
    if (at === undefined) return t("tasks.filter.no_date");
    return capital(task.dueAllDay ? format.day(at, now) : format.dayTime(at, now), format.language);
  };
}

/** A date that stands alone; in a sentence it is "today". */
const capital = (words: string, language: string) => words.charAt(0).toLocaleUpperCase(language) + words.slice(1);

/** When it is due: amber today, red past it, each with a sign and a word. */
export function DueChip({ task }: { readonly task: TaskLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const zone = useZone();
  const words = useDueWords();
  const state = stateOf(task, now, zone);
  const at = shownAt(task);
  if (state === "over")
    return (
      <span className={styles.over}>
        <Icon name="check" size="xs" />
        {capital(format.dayTime(Date.parse(task.updatedAt), now), format.language)}
      </span>
    );
  if (state === "overdue" && at !== undefined)
    return (
      <Chip tone="bad" icon="clock">
        {now - at < minuteMs ? t("tasks.card.just_overdue") : t("tasks.card.overdue_by", { time: format.age(now - at) })}
      </Chip>
    );
  return (
    <Chip tone={state === "today" ? "warn" : "plain"} icon={state === "today" ? "clock" : undefined}>
      {words(task)}
    </Chip>
  );
}

export function PriorityFlag({ priority, always = false }: { readonly priority: TaskLine["priority"]; readonly always?: boolean }) {
  const { t } = useTranslation();
  if (!isFlagged(priority)) return always ? <span className={styles.quiet}>{t(`tasks.priority.${priority}`)}</span> : null;
  if (always)
    return (
      <span className={cx(styles.flag, styles[priority])}>
        <Icon name="flag" size="s" />
        {t(`tasks.priority.${priority}`)}
      </span>
    );
  return (
    <Chip tone={priority === "urgent" ? "bad" : "warn"} icon="flag">
      {t(`tasks.priority.${priority}`)}
    </Chip>
  );
}

/** What cannot be reached is said on the card, before somebody tries. */
export function MissingChip({ contact }: { readonly contact: TaskLine["contact"] }) {
  const { t } = useTranslation();
  if (contact === null) return null;
  const phone = contact.phone === null || contact.phone === "";
  const email = contact.email === null || contact.email === "";
  if (!phone && !email) return null;
  return (
    <Chip tone="missing" icon="warning">
      {phone && email ? t("tasks.card.missing_both") : phone ? t("tasks.card.missing_phone") : t("tasks.card.missing_email")}
    </Chip>
  );
}

export function WaitingChip() {
  const { t } = useTranslation();
  return (
    <Chip tone="outline" icon="cloudUp" className={styles.pending}>
      {t("tasks.card.waiting")}
    </Chip>
  );
}

export function Assignee({ person, me }: { readonly person: TaskLine["assignee"]; readonly me: string | undefined }) {
  const { t } = useTranslation();
  if (person === null)
    return (
      <span className={cx(styles.person, styles.nobody)}>
        <Icon name="user" size="s" />
        {t("common.nobody")}
      </span>
    );
  return (
    <span className={styles.person}>
      <Avatar name={person.name} size="xs" />
      <span className="clip">{person.id === me ? t("tasks.filter.you") : person.name}</span>
    </span>
  );
}
