/** What a person does about a card. */
import type { EventPayload } from "../../bridge/index.ts";
import { isoOf } from "../clock.ts";
import { done } from "../store/reminder-list.ts";
import type { Tenant } from "../tenant/tenant.ts";
import type { Assigned } from "./assigned.ts";
import type { PutAway } from "./put-away.ts";
import { isReminder, type ReminderRing } from "./reminder-rings.ts";
import type { Ring } from "./rings.ts";

export interface Answer {
  tenant: Tenant;
  ring: Ring;
  action: "done" | "snooze" | "open" | "dismiss";
  minutes: number;
}

export interface AnswerOptions {
  putAway: PutAway;
  assigned: Assigned;
  goTo: (place: Omit<EventPayload<"session.goTo">, "at">) => void;
}

export function answerRing({ tenant, ring, action, minutes }: Answer, { putAway, assigned, goTo }: AnswerOptions): void {
  const { about, tenantId } = ring;
  const later = tenant.now() + minutes * 60_000;
  // One card for several leads to the page on which all of them stand.
  const several = isReminder(ring) && ring.due.length > 1;
  if (action === "open") goTo({ tenantId, view: about.view, id: several ? null : about.id });
  if (isReminder(ring)) answerReminder(tenant, ring, action === "snooze" ? later : null);
  else if (action !== "snooze") {
    if (ring.noticeId !== null) tenant.mutate("dismissNotice", { noticeId: ring.noticeId });
    else if (ring.kind === "assigned") assigned.seen(tenantId, about.id);
    // A waiting visitor cannot be put away, only taken: it comes back with the next beat but one.
    else if (action !== "open") putAway.put(ring, ring.kind === "waiting" || ring.kind === "escalation" ? tenant.now() + 60_000 : null);
  }
  if (action === "snooze") putAway.put(ring, later);
}

function answerReminder(tenant: Tenant, { due }: ReminderRing, snoozedUntil: number | null): void {
  for (const one of due) {
    if (one.reminderId === null) {
      // The server does not know of it yet: here it is over, or comes again.
      if (snoozedUntil === null) tenant.health.written(() => done(tenant.store.cacheFile, one));
    } else if (snoozedUntil === null) tenant.mutate("doneReminder", { reminderId: one.reminderId });
    else tenant.mutate("snoozeReminder", { reminderId: one.reminderId, until: isoOf(snoozedUntil) });
  }
}
