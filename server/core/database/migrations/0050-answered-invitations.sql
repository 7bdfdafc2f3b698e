-- Invitations that the person answers in the console.
alter table "invitation" drop constraint "invitation_status_check";
alter table "invitation" add constraint "invitation_status_check" check ("status" in ('pending', 'accepted', 'declined', 'revoked'));
