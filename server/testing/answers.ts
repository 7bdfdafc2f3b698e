/** Small questions that tests ask about answers and mails. */
import { ApiProblem } from "../../shared/client/client.ts";
import type { ReceivedMail } from "./mailbox.ts";

/** The problem code of a call that failed; null when it succeeded. */
export async function problemOf(call: Promise<unknown>): Promise<string | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof ApiProblem) return error.code;
    throw error;
  }
}

/** The secret behind `#` in the link of a mail. */
export function secretIn(mail: ReceivedMail | undefined): string {
  const secret = /https?:\/\/\S+#([\w.-]+)/.exec(mail?.text ?? "")?.[1];
  if (secret === undefined) throw new Error(`There is no link with a secret in the mail "${mail?.subject ?? "that never came"}".`);
  return secret;
}
