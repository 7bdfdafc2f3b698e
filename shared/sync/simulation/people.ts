/** What members do on their devices: any mutator, on anything that they see. */
import type { EntityName, Rows } from "../entities.ts";
import type { Device } from "./device.ts";
import type { Random } from "./random.ts";

interface Hands {
  device: Device;
  random: Random;
  newId: () => string;
  now: () => string;
  /** A number that this device never used before. */
  next: () => number;
  /** Conversations whose subject only this device changes. */
  owned: (conversationId: string) => boolean;
}

type Act = { name: string; args: unknown } | null;
type Maker = (hands: Hands) => Act;

function some<E extends EntityName>(hands: Hands, entity: E): Rows[E] | undefined {
  return hands.random.pick([...hands.device.cache.list(entity)]);
}

const planned = (hands: Hands) => ({ at: hands.now(), zone: "Asia/Bangkok" });

/** For a row that is seen; nothing when there is none. */
const on =
  <E extends EntityName>(entity: E, make: (row: Rows[E], hands: Hands) => { name: string; args: unknown }): Maker =>
  (hands) => {
    const row = some(hands, entity);
    return row === undefined ? null : make(row, hands);
  };

const ownPreference: Maker = ({ device, next }) => ({ name: "setPreference", args: { key: `own.${device.name}`, value: next() } });

const ownSubject: Maker = (hands) => {
  const mine = [...hands.device.cache.list("conversation")].filter((one) => hands.owned(one.id));
  const conversation = hands.random.pick(mine);
  return conversation ? { name: "setSubject", args: { conversationId: conversation.id, subject: String(hands.next()) } } : null;
};

const reply = on("conversation", (row, { random, newId, now, next }) => ({
  name: "sendMessage",
  args: {
    id: newId(),
    conversationId: row.id,
    body: `reply ${next()}`,
    expiresAt: random.chance(0.5) ? new Date(Date.parse(now()) + 600_000).toISOString() : null,
    seenNumber: row.lastNumber,
    anyway: random.chance(0.3),
  },
}));

const newTask: Maker = (hands) => ({
  name: "createTask",
  args: {
    id: hands.newId(),
    conversationId: some(hands, "conversation")?.id ?? null,
    messageId: null,
    title: `task ${hands.next()}`,
    description: "",
    due: planned(hands),
    dueAllDay: false,
    priority: "normal",
    assigneeId: null,
    contactId: null,
    labelIds: [],
    remindBefore: null,
  },
});

const newFollowup: Maker = (hands) => ({
  name: "createFollowup",
  args: {
    id: hands.newId(),
    conversationId: null,
    previousId: some(hands, "followup")?.id ?? null,
    type: "call",
    channel: "phone",
    due: planned(hands),
    minutes: 30,
    notes: "",
    assigneeId: null,
    contactId: null,
    recurrence: null,
    remindBefore: null,
  },
});

const makers: readonly [weight: number, maker: Maker][] = [
  [18, ownPreference],
  [16, ownSubject],
  [12, reply],
  [
    3,
    on("conversation", (row, { newId, next }) => ({
      name: "addNote",
      args: { id: newId(), conversationId: row.id, body: `note ${next()}`, mentions: [] },
    })),
  ],
  [
    3,
    on("conversation", (row, hands) => ({
      name: "assignConversation",
      args: { conversationId: row.id, assigneeId: some(hands, "member")?.id ?? null },
    })),
  ],
  // Nobody has this id: the server refuses it.
  [3, on("conversation", (row, { newId }) => ({ name: "assignConversation", args: { conversationId: row.id, assigneeId: newId() } }))],
  [
    2,
    on("conversation", (row, hands) => ({
      name: "handOver",
      args: {
        conversationId: row.id,
        teamId: some(hands, "team")?.id ?? null,
        assigneeId: null,
        comment: hands.random.chance(0.5) ? { id: hands.newId(), body: "please" } : null,
      },
    })),
  ],
  [1, on("conversation", (row) => ({ name: "returnToQueue", args: { conversationId: row.id } }))],
  [
    3,
    on("conversation", (row, { random }) => ({
      name: "setStatus",
      args: { conversationId: row.id, to: random.chance(0.5) ? "closed" : "open" },
    })),
  ],
  [2, on("conversation", (row, hands) => ({ name: "snooze", args: { conversationId: row.id, until: planned(hands) } }))],
  [
    2,
    on("label", (label, hands) => ({
      name: "setLabels",
      args: { conversationId: some(hands, "conversation")?.id ?? hands.newId(), add: [label.id], remove: [] },
    })),
  ],
  [
    3,
    on("conversation", (row, { random }) => ({
      name: "markRead",
      args: { conversationId: row.id, number: random.int(row.lastNumber + 1) },
    })),
  ],
  [
    2,
    on("contact", (row, { next }) => ({ name: "updateContact", args: { contactId: row.id, changes: { company: `company ${next()}` } } })),
  ],
  [
    2,
    on("label", (label, hands) => ({
      name: "setContactLabels",
      args: {
        contactId: some(hands, "contact")?.id ?? hands.newId(),
        ...(hands.random.chance(0.7) ? { add: [label.id], remove: [] } : { add: [], remove: [label.id] }),
      },
    })),
  ],
  [3, newTask],
  [2, on("task", (row, { next }) => ({ name: "updateTask", args: { taskId: row.id, changes: { title: `task ${next()}` } } }))],
  [
    3,
    on("task", (row, { random }) => ({
      name: "moveTask",
      args: { taskId: row.id, to: random.pick(["open", "waiting", "completed", "cancelled"]), reopen: random.chance(0.3) },
    })),
  ],
  [
    3,
    on("task", (row, { newId, next }) => ({
      name: "addTaskComment",
      args: { id: newId(), taskId: row.id, body: `comment ${next()}`, mentions: [] },
    })),
  ],
  [1, on("task", (row) => ({ name: "deleteTask", args: { taskId: row.id } }))],
  [2, newFollowup],
  [1, on("followup", (row, { next }) => ({ name: "updateFollowup", args: { followupId: row.id, changes: { notes: `notes ${next()}` } } }))],
  [1, on("followup", (row) => ({ name: "completeFollowup", args: { followupId: row.id, outcome: "reached", notes: "" } }))],
  [1, on("followup", (row) => ({ name: "cancelFollowup", args: { followupId: row.id } }))],
  [1, on("followup", (row, hands) => ({ name: "moveFollowup", args: { followupId: row.id, due: planned(hands) } }))],
  [1, on("followup", (row) => ({ name: "reopenFollowup", args: { followupId: row.id } }))],
  [1, on("followup", (row) => ({ name: "deleteFollowup", args: { followupId: row.id } }))],
  [1, on("reminder", (row) => ({ name: "doneReminder", args: { reminderId: row.id } }))],
  [1, on("reminder", (row, { now }) => ({ name: "snoozeReminder", args: { reminderId: row.id, until: now() } }))],
  [1, on("reminder", (row, { now }) => ({ name: "reportReminder", args: { reminderId: row.id, firedAt: now() } }))],
  [1, on("notice", (row) => ({ name: "dismissNotice", args: { noticeId: row.id } }))],
  [
    1,
    ({ newId, next }) => ({ name: "saveFilter", args: { id: newId(), view: "inbox", name: `filter ${next()}`, query: {}, position: 1 } }),
  ],
  [1, on("savedFilter", (row) => ({ name: "deleteFilter", args: { id: row.id } }))],
  [
    1,
    ({ newId, next }) => ({
      name: "saveReply",
      args: { id: newId(), title: `reply ${next()}`, text: "x", shortcut: null, folder: null, language: null },
    }),
  ],
  [1, on("reply", (row) => ({ name: "deleteReply", args: { id: row.id } }))],
];

const weightOfAll = makers.reduce((sum, [weight]) => sum + weight, 0);

export function act(hands: Hands): Act {
  let place = hands.random.int(weightOfAll);
  for (const [weight, maker] of makers) {
    place -= weight;
    if (place < 0) return maker(hands);
  }
  return null;
}
