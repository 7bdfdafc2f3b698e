-- Contacts wear labels, as conversations do.
alter table "contact" add column "label_ids" jsonb not null default '[]';
