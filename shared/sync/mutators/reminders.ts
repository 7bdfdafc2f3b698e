/** Reminders and notices: done beats cancelled beats snoozed, on whichever device it was said; late words of the weaker kind are no error. */
import { z } from "zod";
import { id, instant } from "../../api/fields.ts";
import type { RejectionCode } from "../protocol.ts";
import type { ReminderRow } from "../rows/work.ts";
import { patch, put, type Change, type View } from "../view.ts";
import { mutator } from "./define.ts";

const reminderId = z.uuid();
interface OfReminder {
  reminderId: string;
}
const inSight = (view: View, args: OfReminder): RejectionCode | null => (view.get("reminder", args.reminderId) ? null : "not_visible");
const changeReminder = (view: View, args: OfReminder, changes: Partial<ReminderRow>): Change[] => {
  const reminder = view.get("reminder", args.reminderId);
  return reminder ? [put("reminder", patch(reminder, changes))] : [];
};

export const doneReminder = mutator({
  name: "doneReminder",
  v: 1,
  args: z.strictObject({ reminderId }),
  offline: true,
  refuse: inSight,
  change: (view, args) => changeReminder(view, args, { state: "done" }),
});

export const snoozeReminder = mutator({
  name: "snoozeReminder",
  v: 1,
  args: z.strictObject({ reminderId, until: instant() }),
  offline: true,
  done: (view, args) => (view.get("reminder", args.reminderId)?.state ?? "armed") !== "armed",
  refuse: inSight,
  // Armed again for the new time, so it may fire again.
  change: (view, args) => changeReminder(view, args, { snoozedUntil: args.until, firedAt: null }),
});

/** A device has shown it. When nobody says so, the server sends the fallback. */
export const reportReminder = mutator({
  name: "reportReminder",
  v: 1,
  args: z.strictObject({ reminderId, firedAt: instant() }),
  offline: true,
  done: (view, args) => (view.get("reminder", args.reminderId)?.firedAt ?? null) !== null,
  refuse: inSight,
  change: (view, args) => changeReminder(view, args, { firedAt: args.firedAt }),
});

export const dismissNotice = mutator({
  name: "dismissNotice",
  v: 1,
  args: z.strictObject({ noticeId: id("notice") }),
  offline: true,
  done: (view, args) => (view.get("notice", args.noticeId)?.dismissedAt ?? null) !== null,
  refuse: (view, args) => (view.get("notice", args.noticeId) ? null : "not_visible"),
  change: (view, args, context) => {
    const notice = view.get("notice", args.noticeId);
    return notice ? [put("notice", { ...notice, dismissedAt: context.now })] : [];
  },
});
