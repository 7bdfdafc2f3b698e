create table "usage_gone" ("tenant_id" uuid not null, "id" uuid not null, "meter" text not null, "period" text not null, "used" int not null, primary key ("tenant_id", "id"));
alter table "usage_gone" add constraint "usage_gone_tenant_id_meter_period_unique" unique ("tenant_id", "meter", "period");
alter table "usage_gone" add constraint "usage_gone_meter_check" check ("meter" in ('members', 'conversations', 'cannedReplies', 'teams', 'customRoles', 'apiRequests'));
alter table "usage_gone" enable row level security;
alter table "usage_gone" force row level security;
create policy "tenant" on "usage_gone" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
