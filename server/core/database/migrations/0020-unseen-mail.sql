create table "unseen_mail" ("tenant_id" uuid not null, "id" uuid not null, "waiting_since" timestamptz(3) not null, "member_id" uuid not null, "mailed_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
alter table "unseen_mail" enable row level security;
alter table "unseen_mail" force row level security;
create policy "tenant" on "unseen_mail" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
