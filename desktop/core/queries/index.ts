/** Every query of the bridge. The type says that none is missing. */
import type { QueryName, QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { findQuery } from "../search/search.ts";
import { draftQuery, messagesQuery, openConversationQuery } from "./conversation.ts";
import { countsQuery, filtersQuery, labelsQuery, listQuery, peopleQuery, preferencesQuery } from "./inbox.ts";
import { repliesQuery } from "./replies.ts";
import { outboxQuery } from "./outbox.ts";
import { reminderChoiceQuery } from "./reminders.ts";
import { sessionQuery, syncQuery } from "./session.ts";
import { followupQuery, followupsQuery, taskQuery, tasksQuery, workCountsQuery, workFactsQuery, contactsQuery } from "./work.ts";

export type Answers = { readonly [N in QueryName]: (desk: Desk, input: QueryParsed<N>, watch: Watch) => QueryOutput<N> };

/** What has an opposite, by what it is done to. */
const undoable = ["conversation", "contact", "task", "followup", "reply", "savedFilter"];

export const answers: Answers = {
  "session.state": (desk, _input, watch) => sessionQuery(desk, watch),
  "personal.get": (desk, { key }, watch) => {
    watch("session");
    for (const tenant of desk.tenants()) watch(topicOf(tenant, "preference"));
    return { value: desk.personal.get(key) };
  },
  "inbox.counts": countsQuery,
  "inbox.list": listQuery,
  "conversation.open": openConversationQuery,
  "conversation.messages": messagesQuery,
  "draft.open": draftQuery,
  "people.list": peopleQuery,
  "labels.list": labelsQuery,
  "replies.find": repliesQuery,
  "preferences.get": preferencesQuery,
  "filters.list": filtersQuery,
  "search.find": findQuery,
  "sync.state": (desk, _input, watch) => syncQuery(desk, watch),
  "outbox.list": (desk, _input, watch) => outboxQuery(desk, watch),
  "undo.standing": (desk, { items }, watch) => {
    for (const tenant of new Set(items.map(({ tenantId }) => desk.tenant(tenantId))))
      for (const entity of undoable) watch(topicOf(tenant, entity));
    return { standing: items.some(({ tenantId, mid }) => desk.tenant(tenantId).stillStands(mid)) };
  },
  "alarms.state": (desk, _input, watch) => {
    for (const topic of ["alarms", "session"]) watch(topic);
    return desk.alarms.state();
  },
  "tasks.list": tasksQuery,
  "tasks.open": taskQuery,
  "followups.list": followupsQuery,
  "followups.open": followupQuery,
  "work.facts": workFactsQuery,
  "contacts.find": contactsQuery,
  "work.counts": workCountsQuery,
  "reminders.choice": reminderChoiceQuery,
  "shell.facts": (desk, _input, watch) => {
    watch("shell");
    return desk.ports.shell.facts();
  },
};
