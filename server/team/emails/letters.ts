/** The mails of a team: the invitation, and news to admins about changes that matter for security. */
import { links } from "../../../shared/api/links.ts";
import type { T } from "../../../shared/i18n/index.ts";
import type { Letter } from "../../core/mail/letter.ts";
import { timeInMail } from "../../core/mail/words.ts";

export interface InvitationFacts {
  tenant: string;
  zone: string;
  inviter: string | null;
  role: string;
  email: string;
  expiresAt: Date;
}

export function invitationLetter(t: T, facts: InvitationFacts, publicUrl: string, secret: string): Letter {
  const { tenant, role, email } = facts;
  const inviter = facts.inviter ?? t("mail.invitation.someone");
  const when = timeInMail(facts.expiresAt, t.language, facts.zone);
  return {
    subject: t("mail.invitation.subject", { inviter, tenant }),
    heading: t("mail.invitation.heading", { tenant }),
    paragraphs: [t("mail.invitation.text", { inviter, tenant, role })],
    button: { label: t("mail.invitation.button"), url: links.invitation(publicUrl, secret) },
    note: t("mail.invitation.note", { email, when }),
    reason: t("mail.reason.invited", { tenant }),
  };
}

export interface SecurityNews {
  tenant: string;
  zone: string;
  what: string;
  who: string;
  at: Date;
}

export function securityLetter(t: T, { tenant, zone, what, who, at }: SecurityNews, publicUrl: string): Letter {
  return {
    subject: t("mail.security.subject", { tenant, what }),
    heading: t("mail.security.heading"),
    paragraphs: [t("mail.security.text", { what })],
    details: [
      [t("mail.security.who"), who],
      [t("mail.security.when"), timeInMail(at, t.language, zone)],
    ],
    button: { label: t("mail.security.button"), url: links.console(publicUrl) },
    reason: t("mail.reason.admin", { tenant }),
  };
}
