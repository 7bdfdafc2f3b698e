create table "tenant_logo" ("tenant_id" uuid not null, "id" uuid not null, "bytes" bytea not null, "width" int not null, "height" int not null, "created_by" uuid not null, "created_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
create table "widget_sighting" ("tenant_id" uuid not null, "id" uuid not null, "site" text not null, "refused" boolean not null, "page_url" text null, "first_at" timestamptz(3) not null, "last_at" timestamptz(3) not null, primary key ("tenant_id", "id"));
alter table "widget_sighting" add constraint "widget_sighting_tenant_id_site_unique" unique ("tenant_id", "site");
alter table "tenant_logo" enable row level security;
alter table "tenant_logo" force row level security;
create policy "tenant" on "tenant_logo" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
alter table "widget_sighting" enable row level security;
alter table "widget_sighting" force row level security;
create policy "tenant" on "widget_sighting" using (tenant_id = (select app.current_tenant())) with check (tenant_id = (select app.current_tenant()));
