import { isTime, type PlainTime } from "@switchboard/shared/model/dates.ts";

/** What people type for a time: "9", "930", "9.30", "9:30", "5pm", "17h30". Undefined when it is none. */
export function parseTime(typed: string): PlainTime | undefined {
  const match = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*(am|pm)?$/i.exec(typed.trim());
  if (match === null) return undefined;
  const [, hours = "", minutes = "00", half] = match;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  const time = `${String(hour).padStart(2, "0")}:${minutes}`;
  return isTime(time) ? time : undefined;
}
