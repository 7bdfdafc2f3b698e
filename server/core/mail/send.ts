/** The only file that sends mail. Called from reactions and jobs only, so that a failing mail server delays nothing but the mail. */
import { createTransport } from "nodemailer";
import type { Limiter } from "../http/limits.ts";

export interface Mail {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** The same mail is never sent twice under one key: it becomes the message id. */
  key: string;
  replyTo?: string;
  fromName?: string;
}

export interface Mailer {
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** Against bombing a stranger through us (SECURITY R-05). */
const recipientRate = { points: 20, seconds: 86_400 };

export function createMailer(options: { smtpUrl: string | undefined; from: string; limiter: Limiter }): Mailer {
  const transport = options.smtpUrl
    ? createTransport(options.smtpUrl, { disableFileAccess: true, disableUrlAccess: true, from: options.from })
    : undefined;
  return {
    async send({ to, subject, html, text, key, replyTo, fromName }) {
      if (!transport) throw new Error("No mail server is configured: set SMTP_URL.");
      await options.limiter.takeFrom("mail:recipient", to, recipientRate);
      await transport.sendMail({
        to,
        subject: subject.replaceAll(/[\r\n]+/g, " "),
        html,
        text,
        messageId: `<${key.replaceAll(/[^\w.-]/g, "-")}@switchboard>`,
        headers: { "Auto-Submitted": "auto-generated" },
        ...(replyTo ? { replyTo } : {}),
        ...(fromName ? { from: { name: fromName, address: addressOf(options.from) } } : {}),
      });
    },
    close: () => transport?.close(),
  };
}

function addressOf(from: string): string {
  return /<([^>]+)>/.exec(from)?.[1] ?? from;
}
