/** Each hot query walks an index of its own and never a whole table: so it is as fast with a hundred thousand rows as with ten. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadSql } from "../alarms/rings.ts";
import { openCacheFile, type CacheFile } from "../testing/cache-file.ts";
import { conversationSql, pastSql, type Filter } from "./conversation-list.ts";
import type { Database } from "./database.ts";
import { eventsSql, seqAtSql } from "./event-window.ts";
import { newestSql, notesSql, windowSql } from "./message-window.ts";
import { dueSql, nextSql } from "./reminder-list.ts";
import { contactsSql, messagesOfOneSql, messagesSql, newestOfContactSql, subjectsSql } from "./search-index.ts";
import { commentsSql, conversationFollowupsSql, conversationTasksSql, followingSql, followupSql, taskSql } from "./work-list.ts";

let file: CacheFile;
let db: Database;
beforeAll(() => {
  file = openCacheFile();
  ({ db } = file);
});
afterAll(() => file.remove());

/** One value a mark; what they are does not change the plan. */
function planOf(sql: string): string[] {
  const marks = sql.split("?").length - 1;
  const values = Array.from({ length: marks }, () => 1);
  return db.all<{ detail: string }>(`explain query plan ${sql}`, ...values).map(({ detail }) => detail);
}

const none: Filter = {};
const every: Filter = { labelId: "x", teamId: "x", assigneeId: "x", unread: true, waiting: true };
const list = (queue: "mine" | "queue" | "team" | "closed", sort: "waiting" | "newest", filter = none) =>
  conversationSql({ queue, sort, filter });

describe.each([
  ["mine by wait", list("mine", "waiting"), "conversation_mine_wait"],
  ["mine by time", list("mine", "newest"), "conversation_mine_newest"],
  ["the queue by wait", list("queue", "waiting"), "conversation_queue_wait"],
  ["the queue by time", list("queue", "newest"), "conversation_queue_newest"],
  ["the team by wait", list("team", "waiting"), "conversation_team_wait"],
  ["the team by time", list("team", "newest"), "conversation_team_newest"],
  ["closed", list("closed", "newest"), "conversation_closed"],
  ["mine with every filter", list("mine", "waiting", every), "conversation_mine_wait"],
  ["the team with every filter", list("team", "newest", every), "conversation_mine_newest"],
  ["past conversations", pastSql, "conversation_contact"],
  ["the newest of a contact", newestOfContactSql, "conversation_contact"],
  ["a window of messages", windowSql, "PRIMARY KEY"],
  ["what happened in a window", eventsSql, "conversation_event_parent"],
  ["the place of a message", seqAtSql, "PRIMARY KEY"],
  ["the newest message", newestSql, "PRIMARY KEY"],
  ["notes", notesSql, "message_note"],
  ["tasks by due time", taskSql("due"), "task_due"],
  ["tasks by priority", taskSql("priority"), "task_priority"],
  ["tasks by change", taskSql("updated"), "task_updated"],
  ["tasks of a conversation", conversationTasksSql, "task_conversation"],
  ["follow-ups by time", followupSql, "followup_due"],
  ["follow-ups of a conversation", conversationFollowupsSql, "followup_conversation"],
  ["the next in a chain", followingSql, "followup_previous"],
  ["comments of a task", commentsSql, "task_comment_parent"],
  ["due reminders", dueSql, "reminder_due"],
  ["the next reminder", nextSql, "reminder_due"],
  ["the load of members", loadSql, "conversation_mine"],
])("%s", (_name, sql, index) => {
  it(`searches ${index}`, () => {
    const plan = planOf(sql);
    expect(plan.some((line) => line.startsWith("SEARCH") && line.includes(index))).toBe(true);
    expect(plan.filter((line) => /^SCAN (?!json_each)/u.test(line))).toEqual([]);
  });
});

describe("what sorts already is not sorted again", () => {
  it.each([list("mine", "waiting"), list("team", "newest", every), windowSql, taskSql("due"), followupSql, dueSql])("%s", (sql) => {
    expect(planOf(sql).filter((line) => line.includes("TEMP B-TREE"))).toEqual([]);
  });
});

describe("search", () => {
  it.each([messagesSql, messagesOfOneSql, contactsSql, subjectsSql])("asks the index first, newest first: %s", (sql) => {
    const plan = planOf(sql);
    expect(plan[0]).toMatch(/^SCAN w VIRTUAL TABLE INDEX \d+:.*M/u);
    expect(plan.slice(1).every((line) => line.startsWith("SEARCH"))).toBe(true);
  });
});
