/** The mails of accounts. Each is one message and one button; the layout is `core/mail/letter.ts`. */
import { links } from "../../../shared/api/links.ts";
import type { T } from "../../../shared/i18n/index.ts";
import type { Letter } from "../../core/mail/letter.ts";
import { timeInMail } from "../../core/mail/words.ts";

export interface Reader {
  name: string;
  zone: string;
}

const hello = (t: T, { name }: Reader) => t("mail.hello", { name });
const reason = (t: T, publicUrl: string) => t("mail.reason.account", { site: new URL(publicUrl).host });

export function verifyLetter(t: T, reader: Reader, publicUrl: string, secret: string): Letter {
  return {
    subject: t("mail.verify.subject"),
    heading: t("mail.verify.heading"),
    paragraphs: [hello(t, reader), t("mail.verify.text")],
    button: { label: t("mail.verify.button"), url: links.verify(publicUrl, secret) },
    note: t("mail.verify.note"),
    reason: reason(t, publicUrl),
  };
}

export function knownLetter(t: T, reader: Reader, publicUrl: string): Letter {
  return {
    subject: t("mail.known.subject"),
    heading: t("mail.known.heading"),
    paragraphs: [hello(t, reader), t("mail.known.text")],
    button: { label: t("mail.known.button"), url: links.forgotten(publicUrl) },
    reason: reason(t, publicUrl),
  };
}

export function welcomeLetter(t: T, reader: Reader, publicUrl: string): Letter {
  return {
    subject: t("mail.welcome.subject"),
    heading: t("mail.welcome.heading"),
    paragraphs: [hello(t, reader), t("mail.welcome.text")],
    button: { label: t("mail.welcome.button"), url: links.console(publicUrl) },
    reason: reason(t, publicUrl),
  };
}

export function resetLetter(t: T, reader: Reader, publicUrl: string, secret: string): Letter {
  return {
    subject: t("mail.reset.subject"),
    heading: t("mail.reset.heading"),
    paragraphs: [hello(t, reader), t("mail.reset.text")],
    button: { label: t("mail.reset.button"), url: links.resetPassword(publicUrl, secret) },
    note: t("mail.reset.note"),
    reason: reason(t, publicUrl),
  };
}

export function passwordChangedLetter(t: T, reader: Reader, publicUrl: string, change: { at: Date; by: "owner" | "reset" }): Letter {
  const when = timeInMail(change.at, t.language, reader.zone);
  const what = change.by === "owner" ? t("mail.passwordChanged.owner", { when }) : t("mail.passwordChanged.reset", { when });
  return {
    subject: t("mail.passwordChanged.subject"),
    heading: t("mail.passwordChanged.heading"),
    paragraphs: [hello(t, reader), what, t("mail.passwordChanged.warning")],
    button: { label: t("mail.passwordChanged.button"), url: links.forgotten(publicUrl) },
    reason: reason(t, publicUrl),
  };
}

export function newSignInLetter(
  t: T,
  reader: Reader,
  publicUrl: string,
  signIn: { at: Date; device: string; userAgent: string; address: string },
): Letter {
  const unknown = t("mail.newSignIn.unknown");
  return {
    subject: t("mail.newSignIn.subject"),
    heading: t("mail.newSignIn.heading"),
    paragraphs: [hello(t, reader), t("mail.newSignIn.text"), t("mail.newSignIn.warning")],
    details: [
      [t("mail.newSignIn.when"), timeInMail(signIn.at, t.language, reader.zone)],
      [t("mail.newSignIn.device"), signIn.device || signIn.userAgent || unknown],
      [t("mail.newSignIn.address"), signIn.address || unknown],
    ],
    button: { label: t("mail.newSignIn.button"), url: links.forgotten(publicUrl) },
    reason: reason(t, publicUrl),
  };
}
