/** A tenant with three teams, and what happens in it without any of the simulated devices: visitors, colleagues, admins, jobs. */
import type { ConversationRow, MessageRow } from "../rows/conversations.ts";
import { put, remove } from "../view.ts";
import type { Change } from "../view.ts";
import type { Database } from "./database.ts";
import type { Random } from "./random.ts";

export interface Tenant {
  /** The first works on two devices, the second on one, the third on none. */
  members: readonly [string, string, string];
  teams: readonly string[];
  labels: readonly string[];
}

interface Setting {
  database: Database;
  random: Random;
  newId: () => string;
  now: () => string;
}

export function createTenant({ database, random, newId, now }: Setting): Tenant {
  const members = [newId(), newId(), newId()] as const;
  const teams = [newId(), newId(), newId()];
  const labels = [newId(), newId()];
  database.commit([
    put("tenant", { id: newId(), name: "Shop", slug: "shop", status: "active", language: "en", zone: "Asia/Bangkok" }),
    ...members.map((id, index) =>
      put("member", {
        id,
        accountId: newId(),
        name: `Member ${index}`,
        email: `m${index}@shop.example`,
        role: index === 1 ? "admin" : "operator",
        status: "active",
        language: "en",
        loadLimit: 5,
        skills: [],
        createdAt: now(),
        removedAt: null,
      }),
    ),
    ...teams.map((id, index) => put("team", { id, name: `Team ${index}`, createdAt: now() })),
    ...teams.slice(0, 2).map((teamId) => put("teamMember", { id: newId(), teamId, memberId: members[0] })),
    ...labels.map((id, index) => put("label", { id, name: `label ${index}`, colour: "#112233" })),
  ]);
  const tenant = { members, teams, labels };
  const setting = { database, random, newId, now };
  for (let count = 0; count < 5; count += 1) beginConversation(setting, tenant);
  for (let count = 0; count < 8; count += 1) writeAsVisitor(setting);
  return tenant;
}

function beginConversation({ database, random, newId, now }: Setting, tenant: Tenant): void {
  const contact = newId();
  const conversation: ConversationRow = {
    id: newId(),
    contactId: contact,
    visitorId: newId(),
    channel: "chat",
    status: "open",
    subject: null,
    teamId: random.chance(0.3) ? null : (random.pick(tenant.teams) ?? null),
    assigneeId: null,
    assignReason: null,
    labelIds: [],
    startedAt: now(),
    closedAt: null,
    snoozedUntil: null,
    lastNumber: 0,
    lastAt: now(),
    preview: "",
    lastKind: null,
    waitingSince: null,
    visitorReadNumber: 0,
    visitorDeliveredNumber: 0,
  };
  const person = { name: null, alias: "Blue Fox", email: null, phone: null, company: null, jobTitle: null, language: null };
  database.commit([
    put("contact", { id: contact, ...person, attributes: {}, verified: false, createdAt: now() }),
    put("conversation", conversation),
    put("message", message(conversation, "visitor", { newId, now })),
  ]);
}

function message(
  conversation: ConversationRow,
  kind: MessageRow["kind"],
  { newId, now }: Pick<Setting, "newId" | "now">,
  author = newId(),
): MessageRow {
  return {
    id: newId(),
    conversationId: conversation.id,
    number: 0,
    seq: 0,
    kind,
    authorId: author,
    senderDevice: null,
    body: `${kind} at ${now()}`,
    at: now(),
    editedAt: null,
  };
}

function writeAsVisitor(setting: Setting): void {
  const conversation = setting.random.pick(setting.database.list("conversation"));
  if (!conversation) return;
  const written = put("message", message(conversation, "visitor", setting));
  const reopened = put("conversation", { ...conversation, status: "open", closedAt: null, snoozedUntil: null });
  setting.database.commit(conversation.status === "open" ? [written] : [reopened, written]);
}

type Event = (setting: Setting, tenant: Tenant) => void;

const change =
  (make: (setting: Setting, tenant: Tenant) => (Change | undefined)[]): Event =>
  (setting, tenant) =>
    setting.database.commit(make(setting, tenant).filter((one) => one !== undefined));

const events: readonly [weight: number, event: Event][] = [
  [10, (setting) => writeAsVisitor(setting)],
  [5, (setting, tenant) => beginConversation(setting, tenant)],
  [
    6,
    change(({ database, random, ...setting }, tenant) => {
      const conversation = random.pick(database.list("conversation"));
      return [conversation && put("message", message(conversation, random.chance(0.8) ? "operator" : "note", setting, tenant.members[2]))];
    }),
  ],
  // Several rows in one transaction: a page may end in the middle of it.
  [
    8,
    change(({ database, random }, tenant) =>
      database
        .list("conversation")
        .filter(() => random.chance(0.3))
        .map((one) => put("conversation", { ...one, teamId: random.chance(0.2) ? null : (random.pick(tenant.teams) ?? null) })),
    ),
  ],
  [
    10,
    change(({ database, random, newId }, tenant) => {
      const memberId = tenant.members[random.int(2)] ?? "";
      const teamId = random.pick(tenant.teams) ?? "";
      const is = database.list("teamMember").find((one) => one.memberId === memberId && one.teamId === teamId);
      return [is ? remove("teamMember", is.id) : put("teamMember", { id: newId(), teamId, memberId })];
    }),
  ],
  [
    3,
    change(({ database, random }, tenant) => {
      const member = database.get("member", tenant.members[random.int(2)] ?? "");
      return [member && put("member", { ...member, role: random.pick(["operator", "admin", "nothing"]) ?? "operator" })];
    }),
  ],
  [
    3,
    change(({ database, random, now }) => {
      const contact = random.pick(database.list("contact"));
      return [contact && put("contact", { ...contact, name: `Name ${now()}` })];
    }),
  ],
  [
    4,
    change(({ database, random, now }) => {
      const conversation = random.pick(database.list("conversation"));
      return [conversation && put("conversation", { ...conversation, status: "closed", closedAt: now(), snoozedUntil: null })];
    }),
  ],
  [
    2,
    change(({ database, random }) => {
      const conversation = random.pick(database.list("conversation"));
      return [conversation && remove("conversation", conversation.id)];
    }),
  ],
  [
    3,
    change(({ database, random, now }) => {
      const row = random.pick(database.list("message"));
      return [row && put("message", { ...row, body: "edited", editedAt: now() })];
    }),
  ],
  [
    2,
    change(({ database, random }) => {
      const row = random.pick(database.list("message"));
      return [row && remove("message", row.id)];
    }),
  ],
  [
    4,
    change(({ database, random, newId, now }, tenant) => {
      const task = random.pick(database.list("task"));
      const conversation = random.pick(database.list("conversation"));
      const memberId = tenant.members[random.int(2)] ?? "";
      const about = task && random.chance(0.5) ? ({ about: "task", aboutId: task.id } as const) : null;
      const ref = about ?? (conversation ? ({ about: "conversation", aboutId: conversation.id } as const) : null);
      if (ref === null) return [];
      return [
        put("notice", { id: newId(), memberId, kind: "mention", ...ref, byId: null, data: {}, at: now(), dismissedAt: null }),
        put("reminder", {
          id: newId(),
          memberId,
          ...ref,
          due: { at: now(), zone: "UTC" },
          state: "armed",
          snoozedUntil: null,
          firedAt: null,
        }),
      ];
    }),
  ],
  [
    2,
    change(({ database, random }) => {
      const task = random.pick(database.list("task"));
      return [task && (random.chance(0.5) ? remove("task", task.id) : put("task", { ...task, assigneeId: null, title: "renamed" }))];
    }),
  ],
  [
    1,
    change(({ database, random }) => {
      const label = random.pick(database.list("label"));
      return [label && remove("label", label.id)];
    }),
  ],
];

const weightOfAll = events.reduce((sum, [weight]) => sum + weight, 0);

export function somethingHappens(setting: Setting, tenant: Tenant): void {
  let place = setting.random.int(weightOfAll);
  for (const [weight, event] of events) {
    place -= weight;
    if (place < 0) return event(setting, tenant);
  }
}
