/**
 * Columns that name a row without a composite foreign key, each with the reason. Everything else that is called `…_id`, `…_ids` or
 * `…_by` in a tenant's table must be registered as a reference, so that no role can point it at another tenant's row.
 */
export const looseReferences: Readonly<Record<string, string>> = {
  "event_log.conversation_id": "history outlives what it is about",
  "event_log.subject_id": "history outlives what it is about, and the subject may be of any kind",
  "tenant_settings.member_id": "says who saved it; tenants stand below team, and members are never deleted",
  "member.account_id": "accounts belong to no tenant",
  "invitation.team_ids": "a list; read under row security when it is accepted",
  "member_session.session_id": "sessions belong to no tenant",
  "support_grant.account_id": "accounts belong to no tenant",
  "support_grant.session_id": "sessions belong to no tenant",
  "routing_case.passed_by": "a list; only compared with members read under row security",
  "support_request.answered_by": "a super-admin's account, which belongs to no tenant",
  "contact.external_id": "the tenant's own name for the person, not an id of ours",
  "contact.label_ids": "a list; shown only together with labels read under row security",
  "conversation.label_ids": "a list; shown only together with labels read under row security",
  "message.author_id": "a member, a visitor or nobody, by kind",
  "task.message_id": "the message it came from, which may be gone",
  "task.label_ids": "a list; shown only together with labels read under row security",
  "reminder.about_id": "a task or a follow-up, by kind",
  "notice.about_id": "any object, by kind; the notice outlives it",
  "notice.by_id": "whoever caused it, by kind",
  "device.account_id": "accounts belong to no tenant",
};
