/** Pure decisions about passwords, failed tries and how long things live. */
import { commonPasswords } from "./common-passwords.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

export const lifetimes = {
  accessMs: 10 * minute,
  verifyLinkMs: 24 * hour,
  resetLinkMs: 30 * minute,
  /** An identical retry of a token exchange gets the same successor this long. */
  retryGraceMs: 30 * second,
  knownDeviceMs: 180 * day,
  session: {
    console: { idleMs: 30 * day, longestMs: 180 * day },
    platform: { idleMs: hour, longestMs: 12 * hour },
  },
} as const;

/** Mails with links to one account in a day. */
export const linksPerDay = 5;

export type PasswordProblem = "too_common" | "contains_email" | "too_simple";

/** No composition rules: long is good, known and guessable is not. The length itself is the contract's matter. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  const plain = password.normalize("NFKC").toLowerCase();
  const bare = plain.replaceAll(/[^\p{L}\p{N}]/gu, "");
  if (commonPasswords.has(plain) || commonPasswords.has(bare.replace(/\d{1,4}$/, ""))) return "too_common";
  const [local = "", domain = ""] = email.toLowerCase().split("@");
  const site = domain.split(".")[0] ?? "";
  if (plain.includes(email.toLowerCase()) || (local.length >= 4 && plain.includes(local))) return "contains_email";
  if (site.length >= 4 && bare.replace(/\d+$/, "") === site) return "contains_email";
  if (new Set(plain).size < 4 || isSequence(plain)) return "too_simple";
  return null;
}

/** `abcdefghij`, `9876543210`: each character beside the one before it. */
function isSequence(text: string): boolean {
  const steps = Array.from(text, (char) => char.codePointAt(0) ?? 0).map((code, index, codes) => code - (codes[index - 1] ?? code));
  const rest = steps.slice(1);
  return rest.every((step) => step === 1) || rest.every((step) => step === -1);
}

/** After `free` failures each further try waits twice as long as the one before, up to `longestMs`; a quiet `forgetMs` forgives all. */
export interface AttemptPolicy {
  free: number;
  firstMs: number;
  longestMs: number;
  forgetMs: number;
}

/** At most about 90 guesses a day at one account, whatever the number of addresses they come from. */
export const accountPolicy: AttemptPolicy = { free: 5, firstMs: second, longestMs: 20 * minute, forgetMs: day };
/** Many people may stand behind one address, and one person may try many accounts. */
export const addressPolicy: AttemptPolicy = { free: 30, firstMs: second, longestMs: 15 * minute, forgetMs: day };
/** A device that its owner has used: a count of its own, which strangers cannot touch. */
export const devicePolicy: AttemptPolicy = { free: 10, firstMs: second, longestMs: 15 * minute, forgetMs: day };

export interface Attempts {
  failures: number;
  blockedUntil: Date;
  lastAt: Date;
}

export type Verdict = { allowed: true; next: Attempts } | { allowed: false; waitMs: number };

/** Counts the try before it is made, as if it failed: so a thousand tries at the same moment are still counted one by one. */
export function charge(before: Attempts, now: Date, policy: AttemptPolicy): Verdict {
  const at = now.getTime();
  if (before.blockedUntil.getTime() > at) return { allowed: false, waitMs: before.blockedUntil.getTime() - at };
  const quiet = at - before.lastAt.getTime() >= policy.forgetMs;
  const failures = (quiet ? 0 : before.failures) + 1;
  const over = failures - policy.free;
  const waitMs = over <= 0 ? 0 : Math.min(policy.longestMs, policy.firstMs * 2 ** Math.min(over - 1, 30));
  return { allowed: true, next: { failures, blockedUntil: new Date(at + waitMs), lastAt: now } };
}

/** The try was the right one after all: as if it had not been counted. What was counted before stays. */
export function refund(state: Attempts, now: Date): Attempts {
  return { failures: Math.max(0, state.failures - 1), blockedUntil: now, lastAt: state.lastAt };
}

export interface Suspension {
  suspendedAt?: Date | null | undefined;
  suspendedUntil?: Date | null | undefined;
}

export function isSuspended({ suspendedAt, suspendedUntil }: Suspension, now: Date): boolean {
  return suspendedAt != null && (suspendedUntil == null || suspendedUntil > now);
}

/** A network, not a single address, where one customer gets a whole network: the first half of an IPv6 address. */
export function networkOf(ip: string): string {
  const plain = ip.startsWith("::ffff:") && ip.includes(".") ? ip.slice(7) : ip;
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: gap }, () => "0"), ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
