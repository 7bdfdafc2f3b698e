import * as events from "../../shared/events/replies.ts";
import { feature } from "../core/feature.ts";
import { replyEndpoints } from "./endpoints.ts";
import { replyTable } from "./entities.ts";
import { starterReplyReaction } from "./reactions.ts";
import { replyMutations, syncedReply } from "./rows.ts";

export const replies = feature({
  name: "replies",
  tables: [replyTable],
  endpoints: replyEndpoints,
  events: Object.values(events),
  synced: [syncedReply],
  mutations: replyMutations,
  reactions: [starterReplyReaction],
});

export { Reply } from "./entities.ts";
