/**
 * The tables of the cache: what the server knows, as this member may see it. Each row keeps its JSON as it came, because that is what is
 * compared with the server; beside it stand the columns by which lists are read. Everything here can be fetched again.
 */
import { fts5Tokenizer } from "@switchboard/shared/model/search.ts";
import type { FileKind, Migration } from "./file.ts";

/** What every kept row has. `parent` is `entity:id`. */
const kept = "id text not null primary key, scope text, parent text, generation integer not null, data text not null, sum integer not null";

/** Rows that the search index points to need a number that stays. */
const keyed = `key integer primary key, ${kept.replace("not null primary key", "not null unique")}`;

const plain = ["tenant", "member", "role", "team", "team_member", "label", "reply", "saved_filter", "preference", "task_comment", "notice"];

const first = `
create table meta (key text not null primary key, value text not null) without rowid;

create table shadow (
  entity text not null, id text not null, scope text, parent text, generation integer, data text, sum integer,
  primary key (entity, id)
) without rowid;

create table range (conversation_id text not null primary key, lowest integer not null, complete integer not null) without rowid;

${plain.map((name) => `create table ${name} (${kept});`).join("\n")}
create index task_comment_parent on task_comment (parent);
create index notice_parent on notice (parent) where parent is not null;

create table read_mark (${kept}, conversation_id text not null, number integer not null);
create index read_mark_conversation on read_mark (conversation_id, number);
create index read_mark_parent on read_mark (parent);

create table contact (${keyed});

create table conversation (
  ${keyed},
  status text not null, assignee_id text, team_id text, contact_id text, visitor_id text,
  last_number integer not null, last_at integer not null, wait_order integer not null, waiting integer not null
);
create index conversation_mine_wait on conversation (assignee_id, wait_order, id) where status <> 'closed';
create index conversation_mine_newest on conversation (assignee_id, last_at, id) where status <> 'closed';
create index conversation_queue_wait on conversation (wait_order, id) where status = 'open' and assignee_id is null;
create index conversation_queue_newest on conversation (last_at, id) where status = 'open' and assignee_id is null;
create index conversation_team_wait on conversation (wait_order, id) where status <> 'closed';
create index conversation_team_newest on conversation (last_at, id) where status <> 'closed';
create index conversation_closed on conversation (last_at, id) where status = 'closed';
create index conversation_contact on conversation (contact_id, last_at);
create index conversation_visitor on conversation (visitor_id);
create index conversation_scope on conversation (scope);

-- Clustered as they are read. A message that still waits in the outbox has no number and stands last.
create table message (
  conversation_id text not null, position integer not null, id text not null, generation integer not null,
  note integer not null, data text not null, sum integer not null,
  primary key (conversation_id, position, id)
) without rowid;
create unique index message_id on message (id);
create index message_note on message (conversation_id, position) where note = 1;
-- Messages that are not in the search index yet: that is done a moment later, many at once.
create table unsearched (id text not null primary key) without rowid;

create table task (
  ${kept},
  status text not null, due_order integer not null, priority_due integer not null, updated_at integer not null,
  assignee_id text, conversation_id text, contact_id text
);
create index task_due on task (due_order, id);
create index task_priority on task (priority_due, id);
create index task_updated on task (updated_at, id);
create index task_conversation on task (conversation_id) where conversation_id is not null;

create table followup (
  ${kept},
  status text not null, due_at integer not null, assignee_id text, conversation_id text, contact_id text, previous_id text
);
create index followup_due on followup (due_at, id);
create index followup_conversation on followup (conversation_id) where conversation_id is not null;
create index followup_previous on followup (previous_id) where previous_id is not null;

create table reminder (${kept}, state text not null, rings_at integer not null);
create index reminder_due on reminder (rings_at, id) where state = 'armed';
create index reminder_parent on reminder (parent);

-- What this computer has rung for: claimed before it is shown, so that no crash makes it ring twice or never.
create table rung (
  about_id text not null, rings_at integer not null, claimed_at integer not null, shown_at integer, done integer not null default 0,
  primary key (about_id, rings_at)
) without rowid;

-- The words are ours already (shared/model/search.ts). Newest first: \`rowid\` of a message grows with its time. Without \`secure-delete\`,
-- which takes milliseconds a message with prefixes: \`words.ts\` purges what was removed, in small steps, within seconds.
create virtual table message_words using fts5(words, id unindexed, conversation_id unindexed, tokenize = "${fts5Tokenizer}", prefix = '2 3');
create virtual table contact_words using fts5(words, tokenize = "${fts5Tokenizer}", prefix = '2 3');
create virtual table conversation_words using fts5(words, tokenize = "${fts5Tokenizer}", prefix = '2 3');
`;

const events = `
-- Beside the messages of their conversation, in the order of the tenant's sequence.
create table conversation_event (${kept}, seq integer not null);
create index conversation_event_parent on conversation_event (parent, seq);
-- What was fetched before knows none of them: as after a change of the rows, everything is taken anew.
update meta set value = json_set(value, '$.schema', 0) where key = 'state';
`;

/** Contacts and conversations whose words in the search index are not theirs any more: as with messages, that is done a moment later. */
const heads = "create table unsearched_head (entity text not null, id text not null, primary key (entity, id)) without rowid;";

export const cacheMigrations: readonly Migration[] = [
  { version: 10, sql: first },
  { version: 20, sql: heads },
  { version: 30, sql: events },
];

export const cacheKind: FileKind = { name: "cache", migrations: cacheMigrations, synchronous: "NORMAL" };
