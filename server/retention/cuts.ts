import { dayMs } from "../../shared/model/dates.ts";
import type { RetentionSettings } from "../../shared/model/settings.ts";

/** What ended then or before is kept no longer; null: for ever. */
export interface Cuts {
  conversations: Date | null;
  work: Date | null;
  contacts: Date | null;
}

export function cutsOf({ conversationDays, workDays, contactDays }: RetentionSettings, now: Date): Cuts {
  const before = (days: number | null) => (days === null ? null : new Date(now.getTime() - days * dayMs));
  return { conversations: before(conversationDays), work: before(workDays), contacts: before(contactDays) };
}
