import type { TFunction } from "i18next";
import type { Choice } from "../ui/select.tsx";

/** `usual` is the person's own setting, `none` silences; a number is minutes before. */
export type Remind = "usual" | "none" | number;
const offered = [0, 10, 15, 30, 60, 120, 1440] as const;

export function remindOf(minutes: readonly number[] | null): Remind {
  if (minutes === null) return "usual";
  return minutes.length === 0 ? "none" : Math.max(...minutes);
}

export function minutesOfRemind(remind: Remind): number[] | null {
  return remind === "usual" ? null : remind === "none" ? [] : [remind];
}

export function remindWords(minutes: number, t: TFunction): string {
  if (minutes === 0) return t("tasks.before.at_time");
  if (minutes % 1440 === 0) return t("tasks.before.days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return t("tasks.before.hours", { count: minutes / 60 });
  return t("tasks.before.minutes", { count: minutes });
}

export function remindChoices(now: Remind, t: TFunction): readonly Choice<Remind>[] {
  const minutes = typeof now === "number" && !offered.some((each) => each === now) ? [...offered, now].toSorted((a, b) => a - b) : offered;
  return [
    { value: "usual", label: t("tasks.form.remind_usual") },
    ...minutes.map((each) => ({ value: each, label: remindWords(each, t) })),
    { value: "none", label: t("tasks.form.remind_none") },
  ];
}
