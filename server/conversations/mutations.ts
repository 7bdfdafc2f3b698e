/** What members do with conversations, decided by the shared mutators and told as events. Devices push the same that HTTP calls. */
import {
  conversationAssigned,
  conversationClosed,
  conversationHandedOver,
  conversationLabelled,
  conversationReopened,
  conversationReturned,
  conversationSnoozed,
  conversationSubjectSet,
} from "../../shared/events/conversations.ts";
import { markRead, setLabels, setStatus, setSubject, snooze } from "../../shared/sync/mutators/conversation-state.ts";
import { addNote, assignConversation, handOver, returnToQueue, sendMessage } from "../../shared/sync/mutators/conversations.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import type { ConversationRow } from "../../shared/sync/rows/conversations.ts";
import { addedAndRemoved, withLabelsOfNow } from "../contacts/index.ts";
import type { MemberActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import type { Applied } from "../core/sync/perform.ts";
import { behind, namedIn, underLock } from "../core/sync/under-lock.ts";
import type { Unit } from "../core/work.ts";
import { noteSubject } from "./words.ts";
import { pushedMessage } from "./pushed-message.ts";
import { tellRead } from "./read-marks.ts";

type Happened = Unit["happened"];

async function tell(unit: Unit<MemberActor>, changes: readonly Applied[], _args: unknown, mutator: Mutator): Promise<void> {
  for (const change of changes) {
    if (change.entity === "readMark" && change.after) await tellRead(unit, change.after);
    if (change.entity !== "conversation" || !change.before || !change.after) continue;
    tellConversation(unit.happened, change.before, change.after, mutator, changes.find(({ entity }) => entity === "message")?.id ?? null);
    if (change.before.subject !== change.after.subject) await noteSubject(unit, change.id, change.after.subject);
  }
}

function tellConversation(
  happened: Happened,
  before: ConversationRow,
  after: ConversationRow,
  mutator: Mutator,
  noteId: string | null,
): void {
  const conversationId = after.id;
  if (mutator === handOver) {
    const { teamId: fromTeam, assigneeId: from } = before;
    happened(conversationHandedOver, { conversationId, fromTeam, toTeam: after.teamId, from, to: after.assigneeId, noteId });
  } else if (mutator === returnToQueue && before.assigneeId !== null) {
    happened(conversationReturned, { conversationId, from: before.assigneeId });
  } else if (before.assigneeId !== after.assigneeId) {
    happened(conversationAssigned, { conversationId, from: before.assigneeId, to: after.assigneeId, reason: after.assignReason });
  }
  if (before.status !== after.status && after.status === "closed") happened(conversationClosed, { conversationId, from: before.status });
  if (before.status !== after.status && after.status === "open")
    happened(conversationReopened, { conversationId, from: before.status, by: "member" });
  if (after.status === "pending" && after.snoozedUntil !== null && before.snoozedUntil !== after.snoozedUntil) {
    happened(conversationSnoozed, { conversationId, until: after.snoozedUntil });
  }
  const added = after.labelIds.filter((id) => !before.labelIds.includes(id));
  const removed = before.labelIds.filter((id) => !after.labelIds.includes(id));
  if (added.length + removed.length > 0) happened(conversationLabelled, { conversationId, added, removed });
  if (before.subject !== after.subject) happened(conversationSubjectSet, { conversationId, cleared: after.subject === null });
}

/** Whoever is given something is a member until that is done: their removal waits, and then takes back what they have. */
function whileTheyStay(inner: Mutation): Mutation {
  return behind(async (unit, args) => {
    const id = namedIn(args, "assigneeId");
    if (id !== null) await unit.rows(sql`select id from member where tenant_id = ${unit.tenantId} and id = ${id} for share`);
  }, inner);
}

const locked = (mutator: Mutator, may: Mutation["may"]): Mutation =>
  underLock(mutation(mutator, { may, tell: (unit, changes, args) => tell(unit, changes, args, mutator) }), "conversation");

export const conversationMutations: readonly Mutation[] = [
  pushedMessage(sendMessage, "operator"),
  pushedMessage(addNote, "note"),
  whileTheyStay(locked(assignConversation, "conversations.assign")),
  whileTheyStay(locked(handOver, "conversations.assign")),
  locked(returnToQueue, "conversations.assign"),
  locked(setStatus, "conversations.reply"),
  locked(snooze, "conversations.reply"),
  withLabelsOfNow(locked(setLabels, "conversations.reply"), addedAndRemoved),
  locked(setSubject, "conversations.reply"),
  locked(markRead, "conversations.read"),
];

export function mutationOf(mutator: Mutator): Mutation {
  const found = conversationMutations.find((one) => one.mutator === mutator);
  if (!found) throw new Error(`${mutator.name} is not a mutation of conversations.`);
  return found;
}
