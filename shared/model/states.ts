/**
 * The states that conversations, messages and tenants can be in, and how they may move. A move to the state a thing is already in
 * is allowed: two people who close the same conversation both succeed.
 */
export const conversationStatuses = ["open", "pending", "closed", "sample"] as const;
/**
 * `pending` is a snoozed conversation: put away until a time or until the visitor writes. `sample` is one that a new tenant is shown: it is
 * nobody's work, and no move leads to it or away.
 */
export type ConversationStatus = (typeof conversationStatuses)[number];

const conversationMoves: Record<ConversationStatus, readonly ConversationStatus[]> = {
  open: ["pending", "closed"],
  pending: ["open", "closed"],
  // Reopening is a move of its own for people; a closed conversation cannot be put away.
  closed: ["open"],
  sample: [],
};

export function canMoveConversation(from: ConversationStatus, to: ConversationStatus): boolean {
  return from === to || conversationMoves[from].includes(to);
}

/** A visitor who writes wakes a snoozed conversation and reopens a closed one. */
export const statusAfterVisitorMessage: ConversationStatus = "open";

/** Snoozed and closed conversations take none of an operator's capacity. */
export function countsTowardsLoad(status: ConversationStatus): boolean {
  return status === "open";
}

/** `note` is a kind of its own so that nothing that serialises messages for visitors can meet one by accident. */
export const messageKinds = ["message", "note", "system"] as const;
export type MessageKind = (typeof messageKinds)[number];

export const messageAuthors = ["visitor", "operator", "bot", "system"] as const;
export type MessageAuthor = (typeof messageAuthors)[number];

export function isForVisitor(kind: MessageKind): boolean {
  return kind !== "note";
}

/** An unanswered visitor message starts the wait clock, and only an answer from the team side stops it. */
export function isAnswer(kind: MessageKind, author: MessageAuthor): boolean {
  return kind === "message" && (author === "operator" || author === "bot");
}

/** In the order in which a message lives through them. `failed` exists only on the device that could not send. */
export const deliveryStates = ["failed", "sending", "sent", "delivered", "read"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export function isDeliveryState(value: string): value is DeliveryState {
  return (deliveryStates as readonly string[]).includes(value);
}

function rank(state: DeliveryState): number {
  return deliveryStates.indexOf(state);
}

/** What is true when two reports disagree: the furthest one. Reports arrive late, twice and in any order. */
export function laterDelivery(a: DeliveryState, b: DeliveryState): DeliveryState {
  return rank(a) >= rank(b) ? a : b;
}

/** Forward only; a message that is still on its way may fail, and one that failed may be sent again. */
export function canMoveDelivery(from: DeliveryState, to: DeliveryState): boolean {
  return rank(to) >= rank(from) || (from === "sending" && to === "failed");
}

export const tenantStatuses = ["active", "suspended", "deleting"] as const;
/** `deleting` is the grace period before a tenant's rows are removed. */
export type TenantStatus = (typeof tenantStatuses)[number];

const tenantMoves: Record<TenantStatus, readonly TenantStatus[]> = {
  active: ["suspended", "deleting"],
  suspended: ["active", "deleting"],
  deleting: ["active", "suspended"],
};

export function canMoveTenant(from: TenantStatus, to: TenantStatus): boolean {
  return from === to || tenantMoves[from].includes(to);
}

/** Whether members may sign in and work, and whether the widget may chat. */
export function tenantServes(status: TenantStatus): boolean {
  return status === "active";
}
