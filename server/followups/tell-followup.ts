/** What a change of a follow-up means in words: its history, and what everybody else reacts to. */
import type { PayloadOf } from "../../shared/events/define.ts";
import {
  followupAssigned,
  followupCancelled,
  followupCompleted,
  followupDeleted,
  followupMissed,
  followupMoved,
  followupReopened,
  followupScheduled,
  followupUpdated,
} from "../../shared/events/followups.ts";
import type { FollowupRow } from "../../shared/sync/rows/work.ts";
import type { Unit } from "../core/work.ts";
import { differences } from "../tasks/index.ts";

export type AssignedBecause = NonNullable<PayloadOf<typeof followupAssigned>["reason"]>;

/** `reason` says why it has another person, where nobody chose one. */
export function tellFollowup(
  happened: Unit["happened"],
  before: FollowupRow | null,
  after: FollowupRow | null,
  reason?: AssignedBecause,
): void {
  const row = after ?? before;
  if (!row) return;
  const about = { followupId: row.id, conversationId: row.conversationId };
  if (!before)
    return happened(followupScheduled, { ...about, type: row.type, channel: row.channel, dueAt: row.due.at, assigneeId: row.assigneeId });
  if (!after) return happened(followupDeleted, about);
  if (before.status !== after.status) tellStatus(happened, before, after);
  if (before.due.at !== after.due.at) happened(followupMoved, { ...about, from: before.due.at, to: after.due.at });
  if (before.assigneeId !== after.assigneeId)
    happened(followupAssigned, { ...about, from: before.assigneeId, to: after.assigneeId, ...(reason ? { reason } : {}) });
  const { due: _due, outcome: _outcome, outcomeNotes: _notes, ...changes } = differences(before, after);
  if (Object.keys(changes).length > 0) happened(followupUpdated, { ...about, changes });
}

function tellStatus(happened: Unit["happened"], before: FollowupRow, after: FollowupRow): void {
  const about = { followupId: after.id, conversationId: after.conversationId };
  switch (after.status) {
    case "completed":
      return happened(followupCompleted, {
        ...about,
        type: after.type,
        channel: after.channel,
        outcome: after.outcome ?? "",
        late: before.status === "missed",
      });
    case "missed":
      return happened(followupMissed, { ...about, assigneeId: after.assigneeId });
    case "cancelled":
      return happened(followupCancelled, about);
    case "scheduled":
      return happened(followupReopened, about);
  }
}
