-- Entries of the change log that were merged into the newest of their row.
alter table "change_log" add "merged" jsonb null;
alter table "tenant_clock" add "compacted_to" bigint not null default '0';
