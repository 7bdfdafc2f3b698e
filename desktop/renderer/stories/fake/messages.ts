/** New messages in a conversation of the fake core. */
import type { MessageLine } from "../../../bridge/inbox.ts";
import { put } from "./conversations.ts";
import { fakeId } from "./ids.ts";
import type { Mutation } from "./mutate.ts";
import type { FakeState } from "./state.ts";
import { meIn } from "./world.ts";

/** Somebody wrote it elsewhere: a visitor, or a colleague. */
export function say(state: FakeState, key: string, message: Partial<MessageLine>): void {
  put(state, fakeId(`conversation ${key}`), (one) => {
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
}

/** A member of the team writes it here: it is confirmed at once when the line is up. */
export function write(state: FakeState, { tenantId, args, mid }: Mutation, kind: "operator" | "note"): void {
  put(state, args["conversationId"], (one) => {
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
