/** Follow-ups: completed and cancelled are sticky; missed still asks for a decision. */
import { z } from "zod";
import { id, newId, planned, text } from "../../api/fields.ts";
import { canMoveFollowup, canReopenFollowup, followupChannels, followupOutcomes } from "../../model/followups.ts";
import type { FollowupStatus } from "../../model/followups.ts";
import { limits } from "../../model/limits.ts";
import type { RejectionCode } from "../protocol.ts";
import { recurrenceShape } from "../rows/work.ts";
import type { FollowupRow } from "../rows/work.ts";
import { patch, put, remove, type Change, type View } from "../view.ts";
import { mutator, type MutationContext } from "./define.ts";
import { whoMayHave } from "./still-there.ts";
import { minutesBefore } from "./tasks.ts";

const followupId = id("followup");
const whoMayHaveFollowup = (view: View, memberId: string | null) => whoMayHave(view, memberId, "followups.manage");
interface OfFollowup {
  followupId: string;
}

const fields = z.strictObject({
  type: text(limits.followupType),
  channel: z.enum(followupChannels),
  minutes: z.number().int().min(0).max(1_440),
  notes: text(limits.followupNotes, 0),
  assigneeId: id("member").nullable(),
  contactId: id("contact").nullable(),
  recurrence: recurrenceShape.nullable(),
  remindBefore: minutesBefore(),
});

export const createFollowup = mutator({
  name: "createFollowup",
  v: 1,
  args: fields.extend({
    id: newId(),
    due: planned(),
    conversationId: id("conversation").nullable(),
    previousId: id("followup").nullable(),
  }),
  offline: true,
  done: (view, args, context) => view.get("followup", args.id)?.createdBy === context.memberId,
  refuse: (view, args) => (view.get("followup", args.id) ? "conflict" : null),
  change: (view, args, context) => [
    put("followup", {
      ...args,
      assigneeId: whoMayHaveFollowup(view, args.assigneeId),
      status: "scheduled",
      outcome: null,
      outcomeNotes: "",
      createdBy: context.memberId,
      createdAt: context.now,
      updatedAt: context.now,
      completedAt: null,
      completedBy: null,
    }),
  ],
});

export const updateFollowup = mutator({
  name: "updateFollowup",
  v: 1,
  args: z.strictObject({ followupId, changes: fields.partial() }),
  offline: true,
  refuse: (view, args) => (view.get("followup", args.followupId) ? null : "not_visible"),
  change: (view, args, context) => {
    const { assigneeId } = args.changes;
    return change(view, args, context, { ...args.changes, assigneeId: assigneeId && whoMayHaveFollowup(view, assigneeId) });
  },
});

const reachable =
  (to: FollowupStatus) =>
  (view: View, args: OfFollowup): RejectionCode | null => {
    const followup = view.get("followup", args.followupId);
    if (!followup) return "not_visible";
    return canMoveFollowup(followup.status, to) ? null : "stale_state";
  };

export const completeFollowup = mutator({
  name: "completeFollowup",
  v: 1,
  args: z.strictObject({ followupId, outcome: z.enum(followupOutcomes), notes: text(limits.followupNotes, 0) }),
  offline: true,
  // The first completion counts; a second one, from another device, is no error.
  done: (view, args) => view.get("followup", args.followupId)?.status === "completed",
  refuse: reachable("completed"),
  change: (view, args, context) =>
    change(view, args, context, { outcome: args.outcome, outcomeNotes: args.notes, ...over("completed", context) }),
});

export const cancelFollowup = mutator({
  name: "cancelFollowup",
  v: 1,
  args: z.strictObject({ followupId }),
  offline: true,
  done: (view, args) => view.get("followup", args.followupId)?.status === "cancelled",
  refuse: reachable("cancelled"),
  change: (view, args, context) => change(view, args, context, over("cancelled", context)),
});

/** A new time; for a missed one it is a new chance. */
export const moveFollowup = mutator({
  name: "moveFollowup",
  v: 1,
  args: z.strictObject({ followupId, due: planned() }),
  offline: true,
  refuse: reachable("scheduled"),
  change: (view, args, context) => change(view, args, context, { due: args.due, status: "scheduled" }),
});

export const reopenFollowup = mutator({
  name: "reopenFollowup",
  v: 1,
  args: z.strictObject({ followupId }),
  offline: true,
  done: (view, args) => view.get("followup", args.followupId)?.status === "scheduled",
  refuse: (view, args) => {
    const followup = view.get("followup", args.followupId);
    if (!followup) return "not_visible";
    return canReopenFollowup(followup.status) ? null : "stale_state";
  },
  change: (view, args, context) =>
    change(view, args, context, {
      assigneeId: whoMayHaveFollowup(view, view.get("followup", args.followupId)?.assigneeId ?? null),
      status: "scheduled",
      outcome: null,
      outcomeNotes: "",
      completedAt: null,
      completedBy: null,
    }),
});

export const deleteFollowup = mutator({
  name: "deleteFollowup",
  v: 1,
  args: z.strictObject({ followupId }),
  offline: false,
  done: (view, args) => !view.get("followup", args.followupId),
  refuse: () => null,
  change: (_view, args) => [remove("followup", args.followupId)],
});

function over(status: "completed" | "cancelled", context: MutationContext): Partial<FollowupRow> {
  return { status, completedAt: context.now, completedBy: context.memberId };
}

function change(
  view: View,
  args: OfFollowup,
  context: MutationContext,
  changes: { [K in keyof FollowupRow]?: FollowupRow[K] | undefined },
): Change[] {
  const followup = view.get("followup", args.followupId);
  return followup ? [put("followup", { ...patch(followup, changes), updatedAt: context.now })] : [];
}
