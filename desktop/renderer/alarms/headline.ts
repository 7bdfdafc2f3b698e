import type { TFunction } from "i18next";
import { isColleaguesWord } from "@switchboard/shared/model/alarm-rules.ts";
import type { Ringing } from "./alarm-cards.tsx";

/** What rings, in one line: with the name of the colleague whose words it is about. */
export function headline(t: TFunction, { kind, about: { name }, by }: Ringing): string {
  return by !== null && isColleaguesWord(kind) ? t(`console.alarm.by.${kind}`, { by, name }) : t(`console.alarm.kind.${kind}`, { name });
}
