/**
 * A small core in memory for stories and component tests: it answers the bridge's whole table over the world of the pictures,
 * applies the mutations that the inbox makes, and checks every answer by the bridge's own schemas. Never shipped.
 */
import { calendarApi } from "@switchboard/shared/api/calendar.ts";
import { contactsApi } from "@switchboard/shared/api/contacts.ts";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import { reportsApi } from "@switchboard/shared/api/reports.ts";
import { commands, queries, type CommandInput, type CommandName, type EventName, type QueryName } from "../../../bridge/index.ts";
import type { MessageLine } from "../../../bridge/inbox.ts";
import { BridgeError, type LiveListener, type RendererPort } from "../../port.ts";
import { byWait, inQueue, over, patch, put } from "./conversations.ts";
import { fakeId } from "./ids.ts";
import { answerInbox } from "./inbox.ts";
import { labels } from "./labels.ts";
import { say } from "./messages.ts";
import { mutateConversation } from "./mutate.ts";
import { runOutbox } from "./outbox.ts";
import { answerPeople } from "./people.ts";
import { findReplies } from "./replies.ts";
import { answerOf } from "./reports.ts";
import { searchHere, searchOlder } from "./search.ts";
import { runSession } from "./session.ts";
import { answerSettings } from "./settings.ts";
import { createState, type FakeState } from "./state.ts";
import { answerWork, contactsNamed, mutateWork, storyHours, workCounts } from "./work.ts";
import { colleagues, meIn } from "./world.ts";

export interface FakeCore {
  readonly port: RendererPort;
  readonly state: FakeState;
  /** Changes something as the server would, and tells every live query. */
  readonly change: (run: (state: FakeState) => void) => void;
  readonly emit: (name: EventName, payload: unknown) => void;
  readonly log: { readonly name: string; readonly input: unknown }[];
  readonly say: (conversation: string, message: Partial<MessageLine>) => void;
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
  const state = createState();
  adjust(state);
  const live = new Map<number, { readonly name: QueryName; readonly input: unknown; readonly on: LiveListener<unknown>; last: string }>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  const personal = new Map<string, unknown>();
  const log: { name: string; input: unknown }[] = [];
  let nextId = 1;

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
      case "inbox.counts":
      case "inbox.list":
      case "conversation.open":
      case "conversation.messages":
        return answerInbox(state, name, input);
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
        return findReplies(input);
      case "preferences.get":
        return { values: state.preferences };
      case "personal.get":
        return { value: personal.get(String(input["key"])) ?? null };
      case "filters.list":
        return { items: [] };
      case "search.find":
        return searchHere(state, input);
      case "tasks.list":
      case "followups.list":
      case "tasks.open":
      case "followups.open":
        return answerWork(state, name, input);
    }
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
  function mutate({ tenantId, name, args }: { tenantId: string; name: string; args: Record<string, unknown> }): { mid: number } {
    const mid = state.nextMid++;
    const { conversations, tasks, followups } = state;
    undo.set(mid, { conversations, tasks, followups });
    if (mutateWork(state, tenantId, name, args)) return { mid };
    mutateConversation(state, { tenantId, name, args, mid });
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
        patch(state, input["conversationId"], { unread: input["on"] === true });
        return {};
      case "inbox.takeNext": {
        const [next] = over(state, input)
          .filter((one) => inQueue["queue"]?.(one))
          .toSorted(byWait);
        if (next === undefined) return { taken: null };
        patch(state, next.open.id, { assignee: meIn(next.open.tenantId) });
        return { taken: { tenantId: next.open.tenantId, conversationId: next.open.id } };
      }
      case "conversation.loadEarlier":
        return { complete: true };
      case "conversation.showEarlierPast": {
        const earlier = { id: fakeId("past lid"), subject: "A lid for the teapot", preview: "", at: "2025-11-02T03:00:00Z" };
        put(state, input["conversationId"], ({ open, ...one }) => ({
          ...one,
          open: { ...open, past: [...open.past, { ...earlier, status: "closed" as const }], pastEarlier: false },
        }));
        return {};
      }
      case "outbox.edit":
      case "outbox.discard":
      case "outbox.retry":
        return runOutbox(state, name, input);
      case "session.signIn":
      case "session.signOut":
      case "session.openTenant":
      case "session.invitations":
      case "session.answerInvitation":
      case "session.closeTenant":
        return runSession(state, name, input);
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
  return {
    port,
    state,
    change,
    log,
    say: (conversation, message) => change(() => say(state, conversation, message)),
    emit: (name, payload) => listeners.get(name)?.forEach((listen) => listen(payload)),
  };
}
