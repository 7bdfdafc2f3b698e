/** All mutators by name and version. One that a supported console may hold in its outbox is never taken out. */
import { addNote, assignConversation, handOver, returnToQueue, sendMessage } from "./conversations.ts";
import { markRead, setLabels, setStatus, setSubject, snooze } from "./conversation-state.ts";
import type { Mutator } from "./define.ts";
import {
  cancelFollowup,
  completeFollowup,
  createFollowup,
  deleteFollowup,
  moveFollowup,
  reopenFollowup,
  updateFollowup,
} from "./followups.ts";
import { deleteFilter, deleteReply, nothing, saveFilter, saveReply, setContactLabels, setPreference, updateContact } from "./people.ts";
import { dismissNotice, doneReminder, reportReminder, snoozeReminder } from "./reminders.ts";
import { addTaskComment, createTask, deleteTask, moveTask, updateTask } from "./tasks.ts";

export const mutators: readonly Mutator[] = [
  sendMessage,
  addNote,
  assignConversation,
  handOver,
  returnToQueue,
  setStatus,
  snooze,
  setLabels,
  setSubject,
  markRead,
  updateContact,
  setContactLabels,
  createTask,
  updateTask,
  moveTask,
  addTaskComment,
  deleteTask,
  createFollowup,
  updateFollowup,
  completeFollowup,
  cancelFollowup,
  moveFollowup,
  reopenFollowup,
  deleteFollowup,
  doneReminder,
  snoozeReminder,
  reportReminder,
  dismissNotice,
  saveFilter,
  deleteFilter,
  saveReply,
  deleteReply,
  setPreference,
  nothing,
];

const byKey: ReadonlyMap<string, Mutator> = new Map(mutators.map((one) => [`${one.name}@${one.v}`, one]));
const newest: ReadonlyMap<string, Mutator> = new Map(mutators.toSorted((a, b) => a.v - b.v).map((one) => [one.name, one]));

export function findMutator(name: string, v: number): Mutator | undefined {
  return byKey.get(`${name}@${v}`);
}

/** What a device writes today. */
export function currentMutator(name: string): Mutator | undefined {
  return newest.get(name);
}
