import { invalid } from "../core/problem.ts";
import { passwordProblem, type PasswordProblem } from "./rules.ts";

/** One code for all three, because the advice is the same: choose another. */
const sentences: Record<PasswordProblem, string> = {
  too_common: "This password is among the first that anybody would guess.",
  contains_email: "A password that contains the e-mail address is easy to guess.",
  too_simple: "A password of a few repeated or neighbouring characters is easy to guess.",
};

export function assertGoodPassword(password: string, email: string): void {
  const wrong = passwordProblem(password, email);
  if (wrong) throw invalid("body.password", "password_common", sentences[wrong]);
}
