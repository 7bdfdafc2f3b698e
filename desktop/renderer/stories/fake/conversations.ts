/** Finding a conversation of the fake core, changing it, and showing it as a line. */
import type { FakeState, Input } from "./state.ts";
import { meIn, type Conversation } from "./world.ts";

export const find = (state: FakeState, id: unknown) => state.conversations.find((one) => one.open.id === id);

export function put(state: FakeState, id: unknown, turn: (conversation: Conversation) => Conversation): void {
  state.conversations = state.conversations.map((one) => (one.open.id === id ? turn(one) : one));
}

export const patch = (state: FakeState, id: unknown, given: Partial<Conversation["open"]>) =>
  put(state, id, (one) => ({ ...one, open: { ...one.open, ...given } }));

/** Of everybody who is written with as this contact. */
export function putContact(
  state: FakeState,
  contactId: unknown,
  turn: (contact: Conversation["open"]["contact"]) => Conversation["open"]["contact"],
): void {
  state.conversations = state.conversations.map((one) =>
    one.open.contact.id === contactId ? { ...one, open: { ...one.open, contact: turn(one.open.contact) } } : one,
  );
}

export const over = (state: FakeState, input: Input) =>
  state.conversations.filter((one) => input["tenants"] === "all" || (input["tenants"] as string[]).includes(one.open.tenantId));

const mine = (one: Conversation) => one.open.assignee?.id === meIn(one.open.tenantId).id;
export const inQueue: Record<string, (one: Conversation) => boolean> = {
  mine: (one) => one.open.status !== "closed" && mine(one),
  queue: (one) => one.open.status === "open" && one.open.assignee === null,
  team: (one) => one.open.status !== "closed",
  closed: (one) => one.open.status === "closed",
};
export const byWait = (a: Conversation, b: Conversation) =>
  Date.parse(a.open.waitingSince ?? "9999-01-01T00:00:00Z") - Date.parse(b.open.waitingSince ?? "9999-01-01T00:00:00Z");

export function lineOf(state: FakeState, one: Conversation) {
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
