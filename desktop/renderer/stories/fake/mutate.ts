/** What a member does to a conversation or a contact. */
import { patch, put, putContact } from "./conversations.ts";
import { labelled } from "./labels.ts";
import { write } from "./messages.ts";
import type { FakeState, Input } from "./state.ts";
import { colleagues, meIn } from "./world.ts";

export interface Mutation {
  readonly tenantId: string;
  readonly name: string;
  readonly args: Input;
  readonly mid: number;
}

export function mutateConversation(state: FakeState, mutation: Mutation): void {
  const { tenantId, name, args } = mutation;
  const id = args["conversationId"];
  switch (name) {
    case "sendMessage":
      write(state, mutation, "operator");
      break;
    case "addNote":
      write(state, mutation, "note");
      break;
    case "setStatus":
      patch(state, id, { status: args["to"] as "open" | "closed", snoozedUntil: null });
      break;
    case "snooze":
      patch(state, id, { status: "pending", snoozedUntil: (args["until"] as { at: string }).at });
      break;
    case "assignConversation": {
      const person = [...Object.values(colleagues), meIn(tenantId)].find((one) => one.id === args["assigneeId"]) ?? null;
      patch(state, id, { assignee: person });
      state.alarms = {
        ...state.alarms,
        ringing: (state.alarms["ringing"] as { about: { id: string } }[]).filter((ringing) => ringing.about.id !== id),
      };
      break;
    }
    case "returnToQueue":
      patch(state, id, { assignee: null });
      break;
    case "handOver":
      patch(state, id, { assignee: null, teamName: "Sales" });
      break;
    case "setLabels":
      put(state, id, (one) => ({ ...one, open: { ...one.open, labels: labelled(one.open.labels, args) } }));
      break;
    case "setContactLabels":
      putContact(state, args["contactId"], (contact) => ({ ...contact, labels: labelled(contact.labels, args) }));
      break;
    case "markRead":
      put(state, id, (one) => ({
        ...one,
        open: { ...one.open, myReadNumber: Math.max(one.open.myReadNumber, Number(args["number"])), unread: false },
      }));
      break;
    case "updateContact":
      putContact(state, args["contactId"], (contact) => ({ ...contact, ...(args["changes"] as object) }));
      break;
    default:
      break;
  }
}
