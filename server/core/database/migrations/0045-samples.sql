-- Conversations that a new tenant is shown.
alter table "conversation" drop constraint "conversation_status_check";
alter table "conversation" add constraint "conversation_status_check" check ("status" in ('open', 'pending', 'closed', 'sample'));
