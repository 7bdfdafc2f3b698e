/** The tasks and follow-ups of the pictures, and what the core does with them. */
import { addDays } from "@switchboard/shared/model/dates.ts";
import { chainOf } from "@switchboard/shared/model/followups.ts";
import type { QueryOutput } from "../../../bridge/index.ts";
import type { Person } from "../../../bridge/shapes.ts";
import { storyNow } from "../moment.ts";
import { fakeId } from "./ids.ts";
import { colleagues, meIn, tenantIds } from "./world.ts";

export type FakeTask = NonNullable<QueryOutput<"tasks.open">>;
export type FakeFollowup = NonNullable<QueryOutput<"followups.open">>;
type TenantKey = keyof typeof tenantIds;
type Contact = FakeTask["contact"];

export interface WorkState {
  tasks: readonly FakeTask[];
  followups: readonly FakeFollowup[];
  online: boolean;
}

const contact = (key: string, name: string, phone: string | null, email: string | null): NonNullable<Contact> => ({
  id: fakeId(`contact ${key}`),
  name,
  named: !name.startsWith("Visitor"),
  phone,
  email,
});
const contacts = {
  supansa: contact("supansa", "สุพรรษา ศรีวัฒนานุกูลกิจ", null, "supansa.sri@example.com"),
  max: contact("max", "Maximiliane von Hohenfels-Brandt", "+49 30 5550 172", "max@example.de"),
  hatice: contact("hatice", "Hatice Yıldırım-Aksoy", "+90 212 555 0163", "hatice@example.com"),
  david: contact("david", "Dávid Szentgyörgyi", "+36 1 555 0182", "david@example.hu"),
  bernadette: contact("bernadette", "Bernadette Okonkwo", "+44 20 5550 119", "b.okonkwo@example.com"),
  sasaki: contact("sasaki", "佐々木 健太郎", "+81 3 5550 0147", "sasaki@example.jp"),
  tanaka: contact("tanaka", "田中 美咲", null, "tanaka@example.jp"),
  amber: contact("amber", "Visitor Amber Finch", null, null),
  company: contact("company", "บริษัท ไทยสุขเกษมการค้าและบริการ จำกัด", "+66 2 555 0148", "office@example.co.th"),
} as const;
type ContactKey = keyof typeof contacts;
type Who = keyof typeof colleagues | "me" | null;
const person = (tenantId: string, who: Who): Person | null => (who === null ? null : who === "me" ? meIn(tenantId) : colleagues[who]);
const bangkok = (wall: string) => new Date(`${wall}:00+07:00`).toISOString();

function task(
  tenant: TenantKey,
  title: string,
  about: ContactKey | null,
  due: string | null,
  who: Who,
  given: Partial<FakeTask> = {},
): FakeTask {
  const tenantId = tenantIds[tenant];
  const allDay = due !== null && due.length === 10;
  return {
    tenantId,
    id: fakeId(`task ${title}`),
    title,
    status: "open",
    priority: "normal",
    due: due === null ? null : { at: bangkok(allDay ? `${addDays(due, 1)}T00:00` : due), zone: "Asia/Bangkok" },
    dueAllDay: allDay,
    overdue: false,
    assignee: person(tenantId, who),
    contact: about === null ? null : contacts[about],
    conversationId: about === null ? null : fakeId(`conversation ${about === "max" ? "maximiliane" : about}`),
    labels: [],
    comments: given.commentList?.length ?? 0,
    pending: false,
    updatedAt: bangkok("2026-11-19T10:00"),
    description: "",
    createdBy: colleagues.mali,
    createdAt: bangkok("2026-11-17T09:30"),
    completedAt: null,
    messageId: null,
    remindBefore: null,
    commentList: [],
    ...given,
  };
}

const comment = (who: Person, body: string, at: string) => ({
  id: fakeId(`comment ${body}`),
  author: who,
  body,
  at: bangkok(at),
  pending: false,
});
const done = (at: string): Partial<FakeTask> => ({ status: "completed", updatedAt: bangkok(at), completedAt: bangkok(at) });

export const createTasks = (): readonly FakeTask[] => [
  task("bm", "Send the corrected invoice INV-1187 with the company address", "company", "2026-11-18T17:00", "mali", { priority: "urgent" }),
  task("lb", "Ask the workshop for a fork in 52 cm, matt black", "max", "2026-11-20T16:00", "aiko", {
    commentList: [
      comment(colleagues.aiko, "The workshop answers by tomorrow noon.", "2026-11-19T15:10"),
      comment(colleagues.jonas, "@Napat Wongsawat she needs it before the race on the 29th.", "2026-11-20T09:05"),
      comment(colleagues.aiko, "Then we take the one from the show room.", "2026-11-20T11:40"),
    ],
    description: "> order LB-20871 arrived with a bent front fork\n\nThe frame is fine. Only the fork is needed.",
    messageId: fakeId("maximiliane message 0"),
  }),
  task("bm", "Reserve one celadon set until Monday", "supansa", "2026-11-20T17:00", "jonas", { priority: "high" }),
  task("kt", "Check whether the matcha set ships to Türkiye", "hatice", "2026-11-20T17:30", "jonas"),
  task("bm", "Update the opening hours before the holiday", null, "2026-11-23", "me"),
  task("bm", "Price list for the café order of 40 cups", "bernadette", "2026-11-24T12:00", "mali", {
    commentList: [comment(colleagues.mali, "Waiting for the new cup price.", "2026-11-19T12:00")],
  }),
  task("kt", "Reply to the wholesale request", "sasaki", "2026-11-26T12:00", "aiko"),
  task("bm", "Collect photos of the new glaze colours", null, null, null, { priority: "low" }),
  task("lb", "Warranty claim for order LB-20871", "max", "2026-11-20T15:00", "me", { status: "in_progress", priority: "high" }),
  task("bm", "Translate the care leaflet into Thai", null, "2026-11-25", "mali", { status: "in_progress", priority: "low" }),
  task("kt", "Refund for the broken teapot lid", "tanaka", "2026-11-20T10:30", "aiko", { status: "in_progress" }),
  task("lb", "Book the courier slot for Monday after 15:00", "max", "2026-11-23T12:00", "aiko", { status: "in_progress", pending: true }),
  task("bm", "Supplier answer on lead-free certificate", "david", "2026-11-27T12:00", "me", { status: "waiting" }),
  task("lb", "Photo of the scratched frame", "amber", null, "me", { status: "waiting" }),
  task("bm", "Call back about the kiln class", "david", "2026-11-20T12:00", "mali", done("2026-11-20T11:40")),
  task("lb", "Send the size chart", "amber", "2026-11-19T17:00", "me", done("2026-11-19T16:05")),
  task("kt", "Tasting appointment for two", "sasaki", "2026-11-18T19:00", "aiko", done("2026-11-18T18:30")),
];

function followup(
  tenant: TenantKey,
  what: string,
  channel: FakeFollowup["channel"],
  about: ContactKey,
  at: string,
  who: Who,
  given: Partial<FakeFollowup> = {},
): FakeFollowup {
  const tenantId = tenantIds[tenant];
  const of = contacts[about];
  return {
    tenantId,
    id: fakeId(`followup ${what}`),
    type: { phone: "call", email: "email", chat: "message", none: "meeting" }[channel],
    channel,
    due: { at: bangkok(at), zone: "Asia/Bangkok" },
    minutes: 30,
    status: "scheduled",
    outcome: null,
    assignee: person(tenantId, who),
    contact: of,
    missingAddress: (channel === "phone" && of.phone === null) || (channel === "email" && of.email === null),
    chain: null,
    recurring: given.recurrence != null,
    conversationId: fakeId(`conversation ${about === "max" ? "maximiliane" : about}`),
    notes: what,
    pending: false,
    outcomeNotes: "",
    previous: null,
    following: [],
    createdAt: bangkok("2026-11-16T09:00"),
    completedAt: null,
    recurrence: null,
    remindBefore: null,
    ...given,
  };
}
const reached = { status: "completed", outcome: "reached" } as const;

export const createFollowups = (): readonly FakeFollowup[] => [
  followup("kt", "Welcome call", "phone", "sasaki", "2026-11-16T09:30", "me", reached),
  followup("bm", "Send class dates", "email", "david", "2026-11-16T12:00", "mali", reached),
  followup("lb", "Size question", "chat", "amber", "2026-11-17T10:00", "me", reached),
  followup("bm", "Glaze sample sent?", "phone", "david", "2026-11-17T16:00", "mali", { status: "missed" }),
  followup("bm", "Offer for 40 cups", "email", "bernadette", "2026-11-19T14:00", "aiko", { status: "missed" }),
  followup("bm", "Kiln class, answer", "phone", "david", "2026-11-20T10:30", "mali", reached),
  followup("lb", "Courier slot confirmed?", "chat", "max", "2026-11-20T14:50", "me", {
    previous: fakeId("followup Label sent?"),
    minutes: 45,
  }),
  followup("lb", "Label sent?", "email", "max", "2026-11-18T11:00", "jonas", {
    ...reached,
    following: [fakeId("followup Courier slot confirmed?")],
  }),
  followup("lb", "Fork has arrived?", "phone", "max", "2026-11-24T15:00", "me", { previous: fakeId("followup Courier slot confirmed?") }),
  followup("bm", "Ask about the tax invoice", "phone", "supansa", "2026-11-20T16:00", "me", {
    notes: "Ask about the tax invoice\nShe orders for a café and needs the company address on it.",
  }),
  followup("kt", "Refund receipt", "email", "tanaka", "2026-11-20T17:15", "aiko"),
  followup("kt", "Tea of the month", "email", "hatice", "2026-11-20T17:30", null, {
    recurrence: { every: "monthly", interval: 1, weekdays: [], end: { kind: "never" } },
  }),
  followup("lb", "Frame ready?", "phone", "max", "2026-11-21T10:00", "jonas", { pending: true }),
];

export const storyHours = {
  zone: "Asia/Bangkok",
  always: false,
  week: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [String(day), [{ from: "09:00", to: "18:00" }]])),
  holidays: [],
};
export const contactsNamed = (text: string) =>
  Object.values(contacts).filter(({ name }) => name.toLocaleLowerCase().includes(text.trim().toLocaleLowerCase()));

const textOf = (value: unknown) => (typeof value === "string" ? value : "");
const over = (tenants: unknown, tenantId: string) => tenants === "all" || (tenants as string[]).includes(tenantId);
const dateOf = (at: string) => new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
const isOver = (status: string) => status === "completed" || status === "cancelled";

function shownTask(each: FakeTask): FakeTask {
  return {
    ...each,
    comments: each.commentList.length,
    overdue: each.due !== null && !isOver(each.status) && Date.parse(each.due.at) < storyNow,
  };
}

function shownFollowup(state: WorkState, each: FakeFollowup): FakeFollowup {
  const chain = chainOf(
    state.followups.map(({ id, previous, due }) => ({ id, previousId: previous, dueAt: Date.parse(due.at) })),
    each.id,
  );
  const { phone = null, email = null } = each.contact ?? {};
  return {
    ...each,
    missingAddress: (each.channel === "phone" && phone === null) || (each.channel === "email" && email === null),
    recurring: each.recurrence !== null,
    chain: chain.length < 2 ? null : { position: chain.findIndex(({ id }) => id === each.id) + 1, of: chain.length },
    following: state.followups.filter(({ previous }) => previous === each.id).map(({ id }) => id),
  };
}

const line = ({ description: _d, createdBy: _b, createdAt: _a, messageId: _m, remindBefore: _r, commentList: _l, ...rest }: FakeTask) =>
  rest;
const followupLine = ({
  outcomeNotes: _o,
  previous: _p,
  following: _f,
  createdAt: _a,
  completedAt: _c,
  recurrence: _r,
  ...rest
}: FakeFollowup) => rest;
const asksForDecision = (each: FakeFollowup) =>
  !isOver(each.status) && (each.status === "missed" || each.assignee === null || each.missingAddress);

export function workCounts(state: WorkState) {
  const tasks = state.tasks.map(shownTask);
  const followups = state.followups.map((each) => shownFollowup(state, each));
  return {
    tasksOverdue: tasks.filter((each) => each.overdue).length,
    tasksMine: tasks.filter((each) => each.assignee?.id === meIn(each.tenantId).id && !isOver(each.status)).length,
    followupsToday: followups.filter((each) => each.status === "scheduled" && dateOf(each.due.at) === "2026-11-20").length,
    followupsDecision: followups.filter(asksForDecision).length,
  };
}

export function answerWork(
  state: WorkState,
  name: "tasks.list" | "tasks.open" | "followups.list" | "followups.open",
  input: Record<string, unknown>,
): unknown {
  const text = textOf(input["text"]).toLowerCase();
  const statuses = input["status"] as string[] | undefined;
  if (name === "tasks.open") {
    const found = state.tasks.find(({ id }) => id === input["taskId"]);
    return found === undefined ? null : shownTask(found);
  }
  if (name === "followups.open") {
    const found = state.followups.find(({ id }) => id === input["followupId"]);
    return found === undefined ? null : shownFollowup(state, found);
  }
  if (name === "followups.list") {
    const items = state.followups
      .map((each) => shownFollowup(state, each))
      .filter((each) => over(input["tenants"], each.tenantId))
      .filter(({ due }) => input["from"] === undefined || Date.parse(due.at) >= Date.parse(textOf(input["from"])))
      .filter(({ due }) => input["to"] === undefined || Date.parse(due.at) < Date.parse(textOf(input["to"])))
      .filter((each) => input["needsDecision"] === undefined || asksForDecision(each) === input["needsDecision"])
      .toSorted((a, b) => Date.parse(a.due.at) - Date.parse(b.due.at))
      .map(followupLine);
    return { items, next: null };
  }
  const ranks = ["urgent", "high", "normal", "low"];
  const dueAt = (each: FakeTask) => (each.due === null ? Number.POSITIVE_INFINITY : Date.parse(each.due.at));
  const items = state.tasks
    .map(shownTask)
    .filter((each) => over(input["tenants"], each.tenantId))
    .filter((each) => statuses === undefined || statuses.includes(each.status))
    .filter((each) => input["assigneeId"] === undefined || (each.assignee?.id ?? null) === input["assigneeId"])
    .filter((each) => input["priority"] === undefined || each.priority === input["priority"])
    .filter((each) => input["due"] !== "overdue" || each.overdue)
    .filter((each) => input["due"] !== "none" || each.due === null)
    .filter((each) => input["due"] !== "today" || (each.due !== null && dateOf(each.due.at) === "2026-11-20"))
    .filter((each) => `${each.title} ${each.contact?.name ?? ""}`.toLowerCase().includes(text))
    .toSorted((a, b) =>
      input["sort"] === "priority"
        ? ranks.indexOf(a.priority) - ranks.indexOf(b.priority)
        : input["sort"] === "updated"
          ? Date.parse(b.updatedAt) - Date.parse(a.updatedAt)
          : dueAt(a) === dueAt(b)
            ? 0
            : dueAt(a) - dueAt(b),
    )
    .map(line);
  return { items, next: null, total: items.length };
}

/** True when it was one of work's own. What is written offline stays marked as waiting. */
export function mutateWork(state: WorkState, tenantId: string, name: string, args: Record<string, unknown>): boolean {
  const at = new Date(storyNow).toISOString();
  const who = (id: unknown) => [...Object.values(colleagues), meIn(tenantId)].find((one) => one.id === id) ?? null;
  const pending = !state.online;
  const assigned = (changes: Record<string, unknown>) => {
    const { assigneeId, labelIds: _labels, ...rest } = changes;
    return { ...rest, ...("assigneeId" in changes ? { assignee: who(assigneeId) } : {}), pending };
  };
  const turnTask = (turn: (each: FakeTask) => FakeTask) => {
    state.tasks = state.tasks.map((each) => (each.id === args["taskId"] ? { ...turn(each), updatedAt: at } : each));
  };
  const turnFollowup = (changes: Record<string, unknown>) => {
    state.followups = state.followups.map((each) => (each.id === args["followupId"] ? { ...each, ...assigned(changes) } : each));
  };
  const known = [...state.tasks, ...state.followups].flatMap((each) => each.contact ?? []);
  switch (name) {
    case "createTask": {
      const { contactId, labelIds: _labels, ...given } = args;
      const made = task("bm", String(args["title"]), null, null, null, assigned(given));
      state.tasks = [
        ...state.tasks,
        {
          ...made,
          tenantId,
          contact: known.find(({ id }) => id === contactId) ?? null,
          updatedAt: at,
          createdAt: at,
          createdBy: meIn(tenantId),
        },
      ];
      return true;
    }
    case "updateTask":
      turnTask((each) => ({ ...each, ...assigned(args["changes"] as Record<string, unknown>) }));
      return true;
    case "moveTask":
      turnTask((each) => ({
        ...each,
        status: args["to"] as FakeTask["status"],
        completedAt: isOver(String(args["to"])) ? at : null,
        pending,
      }));
      return true;
    case "deleteTask":
      state.tasks = state.tasks.filter(({ id }) => id !== args["taskId"]);
      return true;
    case "addTaskComment":
      turnTask((each) => ({
        ...each,
        commentList: [...each.commentList, { id: String(args["id"]), author: meIn(tenantId), body: String(args["body"]), at, pending }],
      }));
      return true;
    case "createFollowup": {
      const { contactId, previousId, ...given } = args;
      const made = followup("bm", "", "none", "supansa", "2026-11-20T16:00", null, assigned(given));
      state.followups = [
        ...state.followups,
        { ...made, tenantId, contact: known.find(({ id }) => id === contactId) ?? null, previous: (previousId as string | null) ?? null },
      ];
      return true;
    }
    case "updateFollowup":
      turnFollowup(args["changes"] as Record<string, unknown>);
      return true;
    case "moveFollowup":
      turnFollowup({ due: args["due"], status: "scheduled" });
      return true;
    case "completeFollowup":
      turnFollowup({ status: "completed", outcome: args["outcome"], outcomeNotes: args["notes"], completedAt: at });
      return true;
    case "cancelFollowup":
      turnFollowup({ status: "cancelled", completedAt: at });
      return true;
    case "reopenFollowup":
      turnFollowup({ status: "scheduled", outcome: null, completedAt: null });
      return true;
    case "deleteFollowup":
      state.followups = state.followups.filter(({ id }) => id !== args["followupId"]);
      return true;
    case "updateContact": {
      const change = <T extends { contact: Contact }>(each: T): T =>
        each.contact?.id === args["contactId"] ? { ...each, contact: { ...each.contact, ...(args["changes"] as object) } } : each;
      state.tasks = state.tasks.map(change);
      state.followups = state.followups.map(change);
      // Conversations show the same contact.
      return false;
    }
    default:
      return false;
  }
}
