/** Everything the chat shows is drawn from this; `session.ts` is the only writer. */
import type { ProblemCode } from "@switchboard/shared/api/problems.ts";
import type { VisitConfig, VisitConversation, VisitMessage, VisitPerson, VisitTeam } from "@switchboard/shared/api/visit-shapes.ts";
import type { Pending } from "./outbox.ts";
import type { Words } from "./words.ts";

export interface State {
  config: VisitConfig | null;
  words: Words | null;
  /** The server has told us who we are and where we stand. */
  started: boolean;
  /** The server does not want to talk to this visitor, for this reason. */
  refused: ProblemCode | null;
  person: VisitPerson | null;
  conversation: VisitConversation | null;
  messages: readonly VisitMessage[];
  /** The history goes on above the first message. */
  earlier: boolean;
  team: VisitTeam | null;
  pending: readonly Pending[];
  /** Said only after a few seconds, so that a short break does not flicker. */
  lost: boolean;
  /** Somebody of the team is writing; the name may be unknown. */
  typing: { name: string | null } | null;
  /** Sending is held back by the server until this time. */
  heldUntil: number | null;
  /** What the visitor chose when the conversation was closed: a new one, or to write on in the same. */
  next: "fresh" | "same" | null;
  /** The visitor asked to be answered by e-mail instead of waiting. */
  leaving: boolean;
  /** A message was left; where the answer will go. */
  left: string | null;
  /** What the visitor is writing, by the name of its draft: a text that was begun is not taken away for somebody who comes or goes. */
  writing: string;
  shown: boolean;
  sound: boolean;
}

export const nothing: State = {
  config: null,
  words: null,
  started: false,
  refused: null,
  person: null,
  conversation: null,
  messages: [],
  earlier: false,
  team: null,
  pending: [],
  lost: false,
  typing: null,
  heldUntil: null,
  next: null,
  leaving: false,
  left: null,
  writing: "",
  shown: false,
  sound: true,
};

export type Screen = "loading" | "refused" | "form" | "leave" | "left" | "chat" | "closed";

export const nameOf = (config: VisitConfig): string => config.texts.title || config.tenant.name;

/** Is nobody there to answer? What the server said last, else the working hours. */
export function isNobodyThere(state: State): boolean {
  return availability(state) === "away" || availability(state) === "closed";
}

export function availability(state: State): VisitTeam["state"] {
  return state.team?.state ?? (state.config?.hours.state === "closed" ? "closed" : "online");
}

/** Which of its screens the chat shows. */
export function screenOf(state: State): Screen {
  const { config, conversation, pending, next, writing } = state;
  if (state.words === null) return "loading";
  if (state.refused !== null) return "refused";
  if (config === null) return "loading";
  if (state.left !== null) return "left";
  if (state.leaving) return "leave";
  if (conversation?.status === "open" || pending.length > 0) return "chat";
  if (!state.started) return state.lost ? "chat" : "loading";
  if (conversation !== null && next === null) return "closed";
  if (next === "same") return "chat";
  if (config.behaviour.offlineForm && (writing ? writing === "leave" : isNobodyThere(state))) return "leave";
  return config.behaviour.preChat && (config.preChatFields.length > 0 || config.texts.consent !== "") ? "form" : "chat";
}
