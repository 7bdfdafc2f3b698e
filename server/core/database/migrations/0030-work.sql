-- Calendar links, whose turn it was, morning mails.
create table "calendar_feed" ("tenant_id" uuid not null, "id" uuid not null, "member_id" uuid not null, "name" text not null, "scope" text not null, "secret_hash" bytea not null, "created_at" timestamptz(3) not null, "last_read_at" timestamptz(3) null, primary key ("tenant_id", "id"));
create index "calendar_feed_tenant_id_member_id_index" on "calendar_feed" ("tenant_id", "member_id");
alter table "calendar_feed" add constraint "calendar_feed_tenant_id_secret_hash_unique" unique ("tenant_id", "secret_hash");
create table "digest_sent" ("tenant_id" uuid not null, "id" uuid not null, "date" text not null, primary key ("tenant_id", "id"));
create table "followup_turn" ("tenant_id" uuid not null, "id" uuid not null, "last_given_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create index "followup_unassigned" on "followup" ("tenant_id", "due_at") where status = 'scheduled' and assignee_id is null;
alter table "calendar_feed" add constraint "calendar_feed_scope_check" check ("scope" in ('mine', 'all'));
alter table "calendar_feed" enable row level security;
alter table "calendar_feed" force row level security;
create policy "tenant" on "calendar_feed" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
alter table "digest_sent" enable row level security;
alter table "digest_sent" force row level security;
create policy "tenant" on "digest_sent" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
alter table "followup_turn" enable row level security;
alter table "followup_turn" force row level security;
create policy "tenant" on "followup_turn" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));

-- With a contact or a conversation go the tasks and follow-ups about them: the guards make these references anew, with cascade.
alter table "task" drop constraint if exists "guard_task_contact_id";
alter table "task" drop constraint if exists "guard_task_conversation_id";
alter table "followup" drop constraint if exists "guard_followup_contact_id";
alter table "followup" drop constraint if exists "guard_followup_conversation_id";
