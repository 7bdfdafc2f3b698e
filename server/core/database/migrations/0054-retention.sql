-- What runs of the rules for keeping data have taken so far, and the way from a conversation to its search words.
create table "retention_tally" ("tenant_id" uuid not null, "id" uuid not null, "conversations" int not null, "tasks" int not null, "followups" int not null, "contacts" int not null, primary key ("tenant_id", "id"));
create index "message_words_tenant_id_conversation_id_index" on "message_words" ("tenant_id", "conversation_id");
alter table "retention_tally" enable row level security;
alter table "retention_tally" force row level security;
create policy "tenant" on "retention_tally" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
-- Tenants from before get the document, too: they keep everything for ever. A database that is only being made has none, and no grants yet.
do $$ begin
  if has_table_privilege('switchboard_system', 'tenant_settings', 'insert') then
    set local role switchboard_system;
    insert into tenant_settings (tenant_id, id, kind, version, document, at)
      select tenant_id, gen_random_uuid(), 'retention', 1, '{"workDays": null, "contactDays": null, "conversationDays": null}', now() from tenant;
    reset role;
  end if;
end $$;
