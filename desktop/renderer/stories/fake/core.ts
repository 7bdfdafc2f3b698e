/**
 * A small core in memory for stories and component tests: it answers the bridge's whole table over the world of the pictures,
 * applies the mutations that the inbox makes, and checks every answer by the bridge's own schemas. Never shipped.
 */
import { calendarApi } from "@switchboard/shared/api/calendar.ts";
import { contactsApi } from "@switchboard/shared/api/contacts.ts";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import type { ReplyShape } from "@switchboard/shared/api/replies.ts";
import { reportsApi } from "@switchboard/shared/api/reports.ts";
import { commands, queries, type CommandInput, type CommandName, type EventName, type QueryName } from "../../../bridge/index.ts";
import type { MessageLine } from "../../../bridge/inbox.ts";
import { BridgeError, type LiveListener, type RendererPort } from "../../port.ts";
import type { InvitationToMe } from "../../../bridge/session.ts";
import { storyNow } from "../moment.ts";
import { fakeId } from "./ids.ts";
import { answerOf } from "./reports.ts";
import { answerPeople, cannedReplies } from "./people.ts";
import { answerSettings } from "./settings.ts";
import {
  answerWork,
  contactsNamed,
  createFollowups,
  createTasks,
  mutateWork,
  storyHours,
  workCounts,
  type FakeFollowup,
  type FakeTask,
} from "./work.ts";
import { colleagues, createWorld, meIn, seconds, tenants, type Conversation } from "./world.ts";

export interface FakeCore {
  readonly port: RendererPort;
  readonly state: FakeState;
  /** Changes something as the server would, and tells every live query. */
  readonly change: (run: (state: FakeState) => void) => void;
  readonly emit: (name: EventName, payload: unknown) => void;
  readonly log: { readonly name: string; readonly input: unknown }[];
  readonly say: (conversation: string, message: Partial<MessageLine>) => void;
}

export interface FakeState {
  conversations: Conversation[];
  drafts: Record<string, string>;
  tasks: readonly FakeTask[];
  followups: readonly FakeFollowup[];
  /** The core has nothing to say yet. */
  silent: boolean;
  /** Names of queries whose answers are still on their way. */
  late: readonly string[];
  now: number;
  session: Record<string, unknown>;
  sync: Record<string, unknown>;
  alarms: Record<string, unknown>;
  outbox: Record<string, unknown>[];
  shell: Record<string, unknown>;
  /** Names of commands that are refused, with their code: "api" for all calls of the server, "api members.list" for one. */
  refuse: Record<string, string>;
  /** Fields that the refusal names. */
  wrong: readonly { readonly at: string; readonly code: string }[];
  /** Names of commands that nothing is heard of any more. */
  unanswered: readonly string[];
  preferences: Record<string, unknown>;
  /** The canned replies of the settings. */
  canned: readonly ReplyShape[];
  /** To the person who is signed in. */
  invitations: readonly InvitationToMe[];
  nextMid: number;
  /** Sent messages are confirmed only when the line is up. */
  online: boolean;
}

const labels = ["Repeat buyer", "Tax invoice", "Warranty", "Wholesale"].map((name) => ({
  id: fakeId(`label ${name === "Repeat buyer" ? "repeat" : name === "Tax invoice" ? "tax" : name}`),
  name,
  colour: "teal" as const,
}));

function labelled(worn: Conversation["open"]["labels"], args: Record<string, unknown>): Conversation["open"]["labels"] {
  const [add, remove] = [args["add"] as string[], args["remove"] as string[]];
  const kept = worn.filter((label) => !add.includes(label.id) && !remove.includes(label.id));
  return [...kept, ...labels.filter((label) => add.includes(label.id))];
}

const replies = [
  {
    shortcut: "ship-th",
    title: "Delivery cost in Thailand",
    text: "Delivery to {{contact.city|Chiang Mai}} costs {{ask:delivery price}} and takes {{ask:number}} days.",
  },
  { shortcut: "ship-abroad", title: "Delivery abroad and customs", text: "We ship to {{ask:country}}. Customs are paid on arrival." },
  {
    shortcut: "shipped",
    title: "Your parcel is on its way",
    text: "Hello {{contact.firstName|there}}, your parcel {{ask:parcel number}} is on its way.",
  },
  { shortcut: "thanks", title: "Thanks and goodbye", text: "Thank you, {{contact.firstName|have a nice day}}." },
  { shortcut: "khopkhun", title: "ขอบคุณและลาก่อน", text: "ขอบคุณค่ะ", language: "th" as const },
].map((reply) => ({
  language: "en" as const,
  ...reply,
  id: fakeId(`reply ${reply.shortcut}`),
  folder: reply.shortcut.startsWith("ship") ? "Delivery" : null,
  scope: "tenant" as const,
}));

/** Three old messages that hold every word but "nowhere", two at a time. */
function searchOlder({ text, conversationId, cursor }: Record<string, unknown>): unknown {
  if (String(text).includes("nowhere")) return { hits: [], next: null };
  const hits = [1, 2, 3].map((number) => ({
    conversationId: conversationId ?? fakeId("conversation closed"),
    messageId: fakeId(`old message ${number}`),
    number,
    name: "Chandra Handayani Wijaya",
    snippet: `Old ${conversationId === undefined ? "message" : "message of this conversation"} ${number}`,
    at: "2025-03-01T00:00:00Z",
  }));
  return cursor === undefined ? { hits: hits.slice(0, 2), next: "2" } : { hits: hits.slice(2), next: null };
}

/** Nothing happens, but a call is one that the server knows, with the input it takes. */
function callApi({ name, params, query, body }: Record<string, unknown>): unknown {
  const contract = [contactsApi, calendarApi, reportsApi].flatMap((api) => Object.values<Contract>(api)).find((one) => one.name === name);
  if (contract === undefined) throw new Error(`no call ${String(name)}`);
  contract.query?.parse(query ?? {});
  contract.params?.parse(params);
  if (contract.body === undefined && body !== undefined) throw new Error(`${contract.name} takes no body`);
  contract.body?.parse(body);
  return answerOf(String(name));
}

export function createFakeCore(adjust: (state: FakeState) => void = () => undefined): FakeCore {
  const state: FakeState = {
    conversations: [...createWorld()],
    drafts: {},
    tasks: createTasks(),
    followups: createFollowups(),
    silent: false,
    late: [],
    now: storyNow,
    session: {
      state: "signed-in",
      server: "https://chat.example",
      account: {
        accountId: fakeId("account napat"),
        name: "Napat Wongsawat",
        email: "napat@example.com",
        language: "en",
        zone: "Asia/Bangkok",
      },
      tenants,
      remembered: "keyring",
    },
    sync: {
      link: "online",
      since: seconds(0),
      pending: 0,
      sending: 0,
      rejected: 0,
      receiving: null,
      trouble: null,
      nextTryAt: null,
      lastOffline: null,
      clockOffsetMs: 0,
    },
    alarms: { ringing: [], badge: 5, doNotDisturb: false, silentUntil: null, nextRingAt: null, repeatSeconds: 15, sound: "on" },
    outbox: [],
    shell: { host: "electron", platform: "linux", version: "0.1.0", update: "none", notices: "work" },
    refuse: {},
    wrong: [],
    unanswered: [],
    preferences: {},
    canned: cannedReplies,
    invitations: [],
    nextMid: 100,
    online: true,
  };
  adjust(state);
  const live = new Map<number, { readonly name: QueryName; readonly input: unknown; readonly on: LiveListener<unknown>; last: string }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const personal = new Map<string, unknown>();
  const log: { name: string; input: unknown }[] = [];
  let nextId = 1;

  const find = (id: unknown) => state.conversations.find((one) => one.open.id === id);
  const put = (id: unknown, turn: (conversation: Conversation) => Conversation) => {
    state.conversations = state.conversations.map((one) => (one.open.id === id ? turn(one) : one));
  };
  const over = (input: Record<string, unknown>) =>
    state.conversations.filter((one) => input["tenants"] === "all" || (input["tenants"] as string[]).includes(one.open.tenantId));
  const mine = (one: Conversation) => one.open.assignee?.id === meIn(one.open.tenantId).id;
  const inQueue: Record<string, (one: Conversation) => boolean> = {
    mine: (one) => one.open.status !== "closed" && mine(one),
    queue: (one) => one.open.status === "open" && one.open.assignee === null,
    team: (one) => one.open.status !== "closed",
    closed: (one) => one.open.status === "closed",
  };
  const byWait = (a: Conversation, b: Conversation) =>
    Date.parse(a.open.waitingSince ?? "9999-01-01T00:00:00Z") - Date.parse(b.open.waitingSince ?? "9999-01-01T00:00:00Z");

  function answer(name: QueryName, input: Record<string, unknown>): unknown {
    switch (name) {
      case "session.state":
        return state.session;
      case "sync.state":
        return state.sync;
      case "alarms.state":
        return state.alarms;
      case "shell.facts":
        return state.shell;
      case "undo.standing":
        return { standing: true };
      case "outbox.list":
        return { items: state.outbox };
      case "work.facts":
        return { hours: storyHours, followupTypes: ["Site visit"] };
      case "contacts.find":
        return { items: contactsNamed(String(input["text"])) };
      case "work.counts":
        return workCounts(state);
      case "inbox.counts": {
        const all = over(input);
        const queue = all.filter((one) => inQueue["queue"]?.(one)).toSorted(byWait);
        return {
          mine: all.filter((one) => inQueue["mine"]?.(one)).length,
          queue: queue.length,
          team: all.filter((one) => inQueue["team"]?.(one)).length,
          samples: 0,
          longestWaitingSince: queue[0]?.open.waitingSince ?? null,
          capacity: { used: 7, of: 8 },
        };
      }
      case "inbox.list": {
        const filter = (input["filter"] ?? {}) as Record<string, unknown>;
        const found = over(input)
          .filter((one) => inQueue[String(input["queue"])]?.(one))
          .filter((one) => filter["waiting"] !== true || one.open.waitingSince !== null)
          .filter((one) => filter["unread"] !== true || one.open.unread)
          .toSorted(byWait)
          .map(lineOf);
        const start = Number(input["cursor"] ?? 0);
        const limit = Number(input["limit"] ?? 50);
        return { items: found.slice(start, start + limit), next: start + limit < found.length ? String(start + limit) : null };
      }
      case "conversation.open": {
        const one = find(input["conversationId"]);
        return one === undefined ? null : { ...one.open, ...lineOf(one) };
      }
      case "conversation.messages": {
        const one = find(input["conversationId"]);
        const limit = Number(input["limit"] ?? 50);
        const before = typeof input["before"] === "number" ? input["before"] : Number.POSITIVE_INFINITY;
        const numbered = (one?.messages ?? []).filter((message) => message.number > 0 && message.number < before);
        const waiting = before === Number.POSITIVE_INFINITY ? (one?.messages ?? []).filter((message) => message.number === 0) : [];
        const window = numbered.slice(-limit);
        return {
          messages: [...window, ...waiting],
          timeline: (one?.timeline ?? []).filter(
            (event) => event.afterNumber >= (window[0]?.number ?? 1) - 1 && event.afterNumber < before,
          ),
          earlier: numbered.length > window.length ? "local" : (one?.earlier ?? "none"),
        };
      }
      case "draft.open": {
        const key = `${String(input["placeId"])} ${String(input["mode"])}`;
        return { mode: input["mode"], text: state.drafts[key] ?? "", at: null };
      }
      case "reminders.choice":
        return { tasks: null, followups: [60, 10, 0], digest: { time: "07:30", zone: "Asia/Bangkok" } };
      case "people.list":
        return {
          members: [
            { ...meIn(String(input["tenantId"])), role: "admin", skills: [] },
            ...Object.values(colleagues).map((person) => ({ ...person, role: "admin", skills: [] })),
          ],
          teams: ["Delivery", "Warranty", "Sales"].map((team) => ({ id: fakeId(`team ${team}`), name: team, memberIds: [] })),
        };
      case "labels.list":
        return { items: labels };
      case "replies.find":
        return {
          items: replies.filter(
            (reply) =>
              reply.shortcut.startsWith(String(input["text"])) || reply.title.toLowerCase().includes(String(input["text"]).toLowerCase()),
          ),
          severalLanguages: true,
        };
      case "preferences.get":
        return { values: state.preferences };
      case "personal.get":
        return { value: personal.get(String(input["key"])) ?? null };
      case "filters.list":
        return { items: [] };
      case "search.find": {
        const text = String(input["text"]).toLowerCase();
        const within = input["conversationId"];
        const asked = over(input).filter((one) => within === undefined || one.open.id === within);
        const hits = asked.flatMap((one) => [
          ...(within === undefined && one.open.name.toLowerCase().includes(text)
            ? [
                {
                  tenantId: one.open.tenantId,
                  conversationId: one.open.id,
                  messageId: null,
                  number: 0,
                  name: one.open.name,
                  snippet: one.open.name,
                  at: one.open.lastAt,
                },
              ]
            : []),
          ...one.messages
            .filter((message) => message.body.toLowerCase().includes(text))
            .map((message) => ({
              tenantId: one.open.tenantId,
              conversationId: one.open.id,
              messageId: message.id,
              number: message.number,
              name: one.open.name,
              snippet: message.body.slice(0, 80),
              at: message.at,
            })),
        ]);
        return { hits: hits.slice(0, 20), localSince: null };
      }
      case "tasks.list":
      case "followups.list":
      case "tasks.open":
      case "followups.open":
        return answerWork(state, name, input);
    }
  }

  function lineOf(one: Conversation) {
    const draft = state.drafts[`${one.open.id} reply`];
    const {
      contact: _contact,
      pages: _pages,
      past: _past,
      pastEarlier: _pastEarlier,
      notes: _notes,
      tasks: _tasks,
      followups: _followups,
      assignReason: _reason,
      lastNumber: _last,
      myReadNumber: _read,
      viewers: _viewers,
      typing: _typing,
      blocked: _blocked,
      can: _can,
      ...line
    } = one.open;
    return draft === undefined || draft === ""
      ? line
      : { ...line, preview: { kind: "draft" as const, by: null, mine: true, text: draft.replaceAll(/‹[^›]*›/g, "…"), state: null } };
  }

  const tell = () => {
    for (const entry of live.values()) send(entry);
  };
  const send = (entry: { readonly name: QueryName; readonly input: unknown; readonly on: LiveListener<unknown>; last: string }) => {
    if (state.late.includes(entry.name) || (state.silent && /^(tasks|followups)\./.test(entry.name))) return;
    const value: unknown = queries[entry.name].output.parse(answer(entry.name, entry.input as Record<string, unknown>));
    const text = JSON.stringify(value);
    if (text === entry.last) return;
    entry.last = text;
    entry.on.value(value);
  };
  const change: FakeCore["change"] = (run) => {
    run(state);
    tell();
  };
  const say: FakeCore["say"] = (key, message) =>
    change(() => {
      put(fakeId(`conversation ${key}`), (one) => {
        const number = one.messages.filter((each) => each.number > 0).length + 1;
        const line: MessageLine = {
          id: fakeId(`${key} said ${number} ${state.nextMid++}`),
          number,
          kind: "visitor",
          author: null,
          mine: false,
          body: "",
          at: new Date(state.now).toISOString(),
          send: "confirmed",
          delivery: null,
          mid: null,
          rejection: null,
          ...message,
        };
        const visitor = line.kind === "visitor";
        return {
          ...one,
          messages: [...one.messages, line],
          open: {
            ...one.open,
            lastNumber: number,
            lastAt: line.at,
            unread: one.open.unread || !line.mine,
            waitingSince: visitor ? (one.open.waitingSince ?? line.at) : line.kind === "operator" ? null : one.open.waitingSince,
            preview: {
              kind: line.kind,
              by: line.author?.name.split(" ")[0] ?? null,
              mine: line.mine,
              text: line.body,
              state: line.delivery,
            },
          },
        };
      });
    });

  function write(tenantId: string, args: Record<string, unknown>, kind: "operator" | "note", mid: number) {
    put(args["conversationId"], (one) => {
      const confirmed = state.online;
      const number = confirmed ? one.messages.filter((each) => each.number > 0).length + 1 : 0;
      const line: MessageLine = {
        id: String(args["id"]),
        number,
        kind,
        author: meIn(tenantId),
        mine: true,
        body: String(args["body"]),
        at: new Date(state.now).toISOString(),
        send: confirmed ? "confirmed" : "pending",
        delivery: confirmed && kind === "operator" ? "sent" : null,
        mid,
        rejection: null,
      };
      return {
        ...one,
        messages: [...one.messages, line],
        open: {
          ...one.open,
          lastNumber: Math.max(one.open.lastNumber, number),
          waitingSince: kind === "operator" ? null : one.open.waitingSince,
          pending: one.open.pending + (confirmed ? 0 : 1),
          preview: { kind, by: null, mine: true, text: line.body, state: kind === "operator" ? (confirmed ? "sent" : "pending") : null },
        },
      };
    });
  }

  const patch = (id: unknown, given: Partial<Conversation["open"]>) => put(id, (one) => ({ ...one, open: { ...one.open, ...given } }));
  function mutate({ tenantId, name, args }: { tenantId: string; name: string; args: Record<string, unknown> }): { mid: number } {
    const mid = state.nextMid++;
    const id = args["conversationId"];
    const { conversations, tasks, followups } = state;
    undo.set(mid, { conversations, tasks, followups });
    if (mutateWork(state, tenantId, name, args)) return { mid };
    switch (name) {
      case "sendMessage":
        write(tenantId, args, "operator", mid);
        break;
      case "addNote":
        write(tenantId, args, "note", mid);
        break;
      case "setStatus":
        patch(id, { status: args["to"] as "open" | "closed", snoozedUntil: null });
        break;
      case "snooze":
        patch(id, { status: "pending", snoozedUntil: (args["until"] as { at: string }).at });
        break;
      case "assignConversation": {
        const person = [...Object.values(colleagues), meIn(tenantId)].find((one) => one.id === args["assigneeId"]) ?? null;
        patch(id, { assignee: person });
        state.alarms = {
          ...state.alarms,
          ringing: (state.alarms["ringing"] as { about: { id: string } }[]).filter((ringing) => ringing.about.id !== id),
        };
        break;
      }
      case "returnToQueue":
        patch(id, { assignee: null });
        break;
      case "handOver":
        patch(id, { assignee: null, teamName: "Sales" });
        break;
      case "setLabels":
        put(id, (one) => ({ ...one, open: { ...one.open, labels: labelled(one.open.labels, args) } }));
        break;
      case "setContactLabels":
        state.conversations = state.conversations.map((one) =>
          one.open.contact.id === args["contactId"]
            ? { ...one, open: { ...one.open, contact: { ...one.open.contact, labels: labelled(one.open.contact.labels, args) } } }
            : one,
        );
        break;
      case "markRead":
        put(id, (one) => ({
          ...one,
          open: { ...one.open, myReadNumber: Math.max(one.open.myReadNumber, Number(args["number"])), unread: false },
        }));
        break;
      case "updateContact":
        state.conversations = state.conversations.map((one) =>
          one.open.contact.id === args["contactId"]
            ? { ...one, open: { ...one.open, contact: { ...one.open.contact, ...(args["changes"] as object) } } }
            : one,
        );
        break;
      default:
        break;
    }
    return { mid };
  }
  const undo = new Map<number, Pick<FakeState, "conversations" | "tasks" | "followups">>();

  function run(name: CommandName, input: Record<string, unknown>): unknown {
    switch (name) {
      case "mutate":
        return mutate(input as { tenantId: string; name: string; args: Record<string, unknown> });
      case "undo": {
        const before = undo.get(Number(input["mid"]));
        if (before !== undefined) Object.assign(state, before);
        return { undone: before !== undefined };
      }
      case "draft.save":
        state.drafts = { ...state.drafts, [`${String(input["placeId"])} ${String(input["mode"])}`]: String(input["text"]) };
        return {};
      case "conversation.unread":
        patch(input["conversationId"], { unread: input["on"] === true });
        return {};
      case "inbox.takeNext": {
        const [next] = over(input)
          .filter((one) => inQueue["queue"]?.(one))
          .toSorted(byWait);
        if (next === undefined) return { taken: null };
        patch(next.open.id, { assignee: meIn(next.open.tenantId) });
        return { taken: { tenantId: next.open.tenantId, conversationId: next.open.id } };
      }
      case "conversation.loadEarlier":
        return { complete: true };
      case "conversation.showEarlierPast": {
        const earlier = { id: fakeId("past lid"), subject: "A lid for the teapot", preview: "", at: "2025-11-02T03:00:00Z" };
        put(input["conversationId"], ({ open, ...one }) => ({
          ...one,
          open: { ...open, past: [...open.past, { ...earlier, status: "closed" as const }], pastEarlier: false },
        }));
        return {};
      }
      case "outbox.edit": {
        const one = state.conversations.find((each) => each.messages.some((message) => message.mid === input["mid"]));
        const message = one?.messages.find((each) => each.mid === input["mid"]);
        if (one === undefined || message === undefined) return { conversationId: null };
        put(one.open.id, (each) => ({
          ...each,
          messages: each.messages.filter((other) => other !== message),
          open: { ...each.open, pending: 0, rejected: 0 },
        }));
        state.drafts = { ...state.drafts, [`${one.open.id} ${message.kind === "note" ? "note" : "reply"}`]: message.body };
        return { conversationId: one.open.id };
      }
      case "outbox.discard":
        state.conversations = state.conversations.map((one) => ({
          ...one,
          messages: one.messages.filter((message) => message.mid !== input["mid"]),
        }));
        state.outbox = state.outbox.filter((item) => item["mid"] !== input["mid"]);
        return {};
      case "outbox.retry":
        return { mid: state.nextMid++ };
      case "session.signIn":
        state.session = {
          ...state.session,
          state: "signed-in",
          account: {
            accountId: fakeId("account napat"),
            name: "Napat Wongsawat",
            email: String(input["email"]),
            language: "en",
            zone: "Asia/Bangkok",
          },
          tenants,
        };
        state.sync = { ...state.sync, link: "online" };
        return { tenants: tenants.map(({ tenantId, name: tenantName, role }) => ({ tenantId, name: tenantName, role })) };
      case "session.signOut":
        if (state.outbox.length > 0 && input["discardUnsent"] !== true) return { unsent: state.outbox.length };
        state.session = { ...state.session, state: "signed-out", account: null, tenants: [] };
        return { unsent: 0 };
      case "session.openTenant":
        state.session = {
          ...state.session,
          tenants: (state.session["tenants"] as typeof tenants).map((tenant) =>
            tenant.tenantId === input["tenantId"] ? { ...tenant, state: "ready" } : tenant,
          ),
        };
        return {};
      case "session.invitations":
        return { items: state.invitations };
      case "session.answerInvitation":
        state.invitations = state.invitations.filter(({ id }) => id !== input["invitationId"]);
        return {};
      case "session.closeTenant": {
        const here = (id: string) => find(id)?.open.tenantId === input["tenantId"];
        const begun = Object.entries(state.drafts).filter(([key, text]) => text !== "" && here(key.split(" ")[0] ?? ""));
        const unsent = state.outbox.filter((item) => item["tenantId"] === input["tenantId"]).length + begun.length;
        if (unsent > 0 && input["discardUnsent"] !== true) return { unsent };
        state.outbox = state.outbox.filter((item) => item["tenantId"] !== input["tenantId"]);
        state.session = {
          ...state.session,
          tenants: (state.session["tenants"] as typeof tenants).map((tenant) =>
            tenant.tenantId === input["tenantId"] ? { ...tenant, state: "choose" } : tenant,
          ),
        };
        return { unsent: 0 };
      }
      case "search.older":
        return searchOlder(input);
      case "alarms.silence":
        state.alarms = { ...state.alarms, silentUntil: new Date(state.now + 60_000).toISOString() };
        return {};
      case "personal.set":
        personal.set(String(input["key"]), input["value"]);
        return {};
      case "alarms.doNotDisturb":
        state.alarms = { ...state.alarms, doNotDisturb: input["on"] };
        return {};
      case "alarms.answer":
        state.alarms = {
          ...state.alarms,
          ringing: (state.alarms["ringing"] as { id: string }[]).filter((ringing) => ringing.id !== input["id"]),
        };
        return {};
      case "work.history":
        return { lines: [], next: null };
      case "api":
        return answerSettings(input) ?? answerPeople(input, state.canned) ?? callApi(input);
      default:
        return {};
    }
  }

  const port: RendererPort = {
    live(name, input, on) {
      const id = nextId++;
      const entry = { name, input: queries[name].input.parse(input), on: on as LiveListener<unknown>, last: "" };
      live.set(id, entry);
      queueMicrotask(() => live.has(id) && send(entry));
      return () => void live.delete(id);
    },
    command: <N extends CommandName>(name: N, input: CommandInput<N>) => {
      const parsed = commands[name].input.parse(input) as Record<string, unknown>;
      log.push({ name, input: parsed });
      const code = state.refuse[name === "api" ? `api ${String(parsed["name"])}` : name] ?? state.refuse[name];
      if (code !== undefined)
        return Promise.reject(new BridgeError({ code, message: "Refused by the story.", data: { errors: state.wrong } }));
      if (state.unanswered.includes(name)) return new Promise<never>(() => undefined);
      const value = run(name, parsed);
      tell();
      // The table ties names and answers together; the schema has just checked this one.
      return Promise.resolve(commands[name].output.parse(value) as never);
    },
    on(name, listen) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listen as (payload: unknown) => void);
      return () => set.delete(listen as (payload: unknown) => void);
    },
  };
  return { port, state, change, log, say, emit: (name, payload) => listeners.get(name)?.forEach((listen) => listen(payload)) };
}
