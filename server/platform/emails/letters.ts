/** The mails of the platform. */
import { links } from "../../../shared/api/links.ts";
import type { T } from "../../../shared/i18n/index.ts";
import type { Letter } from "../../core/mail/letter.ts";

export interface AnswerFacts {
  name: string;
  tenant: string;
  subject: string;
  question: string;
  answer: string;
}

export function answerLetter(t: T, { name, tenant, subject, question, answer }: AnswerFacts, publicUrl: string): Letter {
  return {
    subject: t("mail.supportAnswer.subject", { subject }),
    heading: t("mail.supportAnswer.heading"),
    paragraphs: [t("mail.hello", { name }), ...answer.split(/\n{2,}/)],
    details: [[t("mail.supportAnswer.asked"), question]],
    button: { label: t("mail.supportAnswer.button"), url: links.console(publicUrl) },
    reason: t("mail.reason.asked", { tenant }),
  };
}
