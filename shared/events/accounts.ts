/**
 * What happens to accounts and sessions. Those without a tenant are logged under the installation. Payloads hold ids only:
 * the log is never rewritten, so no address and no name may get into it.
 */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const account = { accountId: z.uuid() };
const session = { ...account, sessionId: z.uuid() };

export const accountCreated = defineEvent("account.created", z.object({ ...account, by: z.enum(["sign-up", "invitation", "platform"]) }));
/** Somebody signed up with an address that has an account; its owner is told by mail. */
export const accountSignUpRepeated = defineEvent("account.sign_up_repeated", z.object(account));
/** Also for an address that nobody has, with a link of nobody's: so that asking takes the same path for everybody. */
export const accountVerificationAsked = defineEvent("account.verification_asked", z.object({ linkId: z.uuid() }));
export const accountVerified = defineEvent("account.verified", z.object(account));
export const accountChanged = defineEvent("account.changed", z.object({ ...account, fields: z.array(z.string()) }));
/** Like `account.verification_asked`. */
export const accountResetAsked = defineEvent("account.reset_asked", z.object({ linkId: z.uuid() }));
export const accountPasswordChanged = defineEvent("account.password_changed", z.object({ ...account, by: z.enum(["owner", "reset"]) }));
export const accountSuspended = defineEvent(
  "account.suspended",
  z.object({ ...account, reason: z.string(), until: z.iso.datetime().nullable() }),
);
export const accountResumed = defineEvent("account.resumed", z.object(account));

/** `newDevice` when nothing showed that this account was used there before. */
export const sessionStarted = defineEvent("session.started", z.object({ ...session, newDevice: z.boolean() }));
export const sessionEnded = defineEvent(
  "session.ended",
  z.object({ ...session, reason: z.enum(["sign-out", "by-owner", "password", "replay", "suspended", "by-platform"]) }),
);

/** In the tenant's own log. */
export const memberEntered = defineEvent("member.entered", z.object({ memberId: z.uuid(), sessionId: z.uuid() }));
export const memberSessionEnded = defineEvent("member.session_ended", z.object({ memberId: z.uuid(), sessionId: z.uuid() }), {
  security: true,
});

export const accountEvents = [
  accountCreated,
  accountSignUpRepeated,
  accountVerificationAsked,
  accountVerified,
  accountChanged,
  accountResetAsked,
  accountPasswordChanged,
  accountSuspended,
  accountResumed,
  sessionStarted,
  sessionEnded,
  memberEntered,
  memberSessionEnded,
];
