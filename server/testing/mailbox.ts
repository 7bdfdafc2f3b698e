/** A mail server that keeps what it gets: for tests, and behind /demo/mail under `npm start`. */
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface ReceivedMail {
  id: number;
  at: Date;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

export interface Mailbox {
  url: string;
  mails: readonly ReceivedMail[];
  /** The newest mail to this address, with this text in its subject if given. */
  latest(to: string, subject?: string): ReceivedMail | undefined;
  clear(): void;
  /** The next mails are refused this often, as a mail server that is out of order. */
  refuse(times: number): void;
  close(): Promise<void>;
}

const keep = 200;

export async function startMailbox(): Promise<Mailbox> {
  const mails: ReceivedMail[] = [];
  let nextId = 1;
  let refusing = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    size: 5_000_000,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (refusing > 0) {
          refusing -= 1;
          done(new Error("451 Try again later"));
          return;
        }
        PostalMime.parse(Buffer.concat(chunks)).then(
          (mail) => {
            mails.push({
              id: nextId++,
              at: new Date(),
              to: session.envelope.rcptTo.map(({ address }) => address).join(", "),
              from: mail.from?.address ?? "",
              subject: mail.subject ?? "",
              text: mail.text ?? "",
              html: mail.html ?? "",
              messageId: mail.messageId ?? "",
            });
            if (mails.length > keep) mails.shift();
            done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
  server.on("error", () => undefined); // a client that went away in the middle of a mail is no error of ours
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    latest: (to, subject = "") => mails.findLast((mail) => mail.to === to && mail.subject.includes(subject)),
    clear: () => void mails.splice(0),
    refuse: (times) => {
      refusing = times;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
