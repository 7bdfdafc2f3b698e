import { conversationEvents } from "../../shared/events/conversations.ts";
import { feature } from "../core/feature.ts";
import { automaticReply } from "./automatic-reply.ts";
import { deskSockets } from "./desk-sockets.ts";
import { conversationEndpoints } from "./endpoints.ts";
import { conversationTables } from "./entities.ts";
import { closeIdle, wakeSnoozed } from "./jobs.ts";
import { conversationMutations } from "./mutations.ts";
import { messageAdded, messageLog } from "./news.ts";
import { returnOfRemoved, starterLabelReaction } from "./reactions.ts";
import { conversationRoutines } from "./routines.ts";
import { sendBatches, sends } from "./sender.ts";
import { syncedConversationEvent } from "./timeline.ts";
import { syncedConversation, syncedLabel, syncedMessage, syncedReadMark } from "./rows.ts";
import { visitEndpoints } from "./visit-endpoints.ts";
import { visitSockets } from "./visit-sockets.ts";
import { visitPresence, visitTail } from "./visit-tail.ts";
import { takeAllWords } from "./words.ts";

export { findConversation, lockConversation, mayReach, reachable } from "./access.ts";
export { beginConversation } from "./begin-conversation.ts";
export { closedBefore, deleteConversations, lockClosed, stillClosed } from "./delete-closed.ts";
export { Conversation, Label, Message, newConversation } from "./entities.ts";
export { membersHere } from "./members-here.ts";
export { conversationMutations, mutationOf } from "./mutations.ts";
export { messageAdded, messageSource, newsOnly, newsToRow, scopeOfNews, type MessageNews } from "./news.ts";
export { conversationToMember } from "./present-member.ts";
export { conversationToRow, messageToRow } from "./rows.ts";
export { sendAsMember, sendAsVisitor } from "./send-message.ts";
export { senderOf } from "./sender.ts";
export { writeMessage } from "./write-message.ts";

export const conversations = feature({
  name: "conversations",
  tables: conversationTables,
  routines: conversationRoutines,
  logSources: [messageLog],
  synced: [syncedConversation, syncedConversationEvent, syncedMessage, syncedReadMark, syncedLabel],
  mutations: conversationMutations,
  endpoints: [...conversationEndpoints, ...visitEndpoints],
  // `messageAdded` is heard like an event, but no row of the event log: the message is the entry.
  events: [...conversationEvents, messageAdded],
  sockets: [...visitSockets, ...deskSockets, visitTail, visitPresence],
  reactions: [automaticReply, returnOfRemoved, starterLabelReaction],
  jobs: [takeAllWords, wakeSnoozed, closeIdle],
  counters: [sendBatches, sends],
});
