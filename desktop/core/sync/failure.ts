/** What a call that failed means for whoever made it. */
import { ApiProblem } from "@switchboard/shared/client/client.ts";

export type Failure =
  /** Nobody answered, or somebody in between did, or the server is in trouble: try again later. */
  | { kind: "unreachable"; retryAfterMs: number | undefined }
  /** The session is over. */
  | { kind: "signed-out" }
  /** This build is too old for the server. */
  | { kind: "upgrade" }
  /** The tenant is paused, or this person is. */
  | { kind: "suspended" }
  /** The person is no longer a member. */
  | { kind: "lost" }
  /** An admin of the tenant ended this session's use of it: it needs a new sign-in. */
  | { kind: "shut-out" }
  /** The server does not know the device that calls. */
  | { kind: "hello" }
  /** The call itself was wrong. */
  | { kind: "refused"; problem: ApiProblem };

export class CallFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.name = "CallFailed";
    this.failure = failure;
  }
}

export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  if (!(error instanceof ApiProblem)) return { kind: "unreachable", retryAfterMs: undefined };
  const { retryAfterSeconds } = error;
  const { status } = error.document;
  switch (error.code) {
    case "unauthenticated":
    case "token_expired":
    case "account_suspended":
      return { kind: "signed-out" };
    case "tenant_suspended":
      return { kind: "suspended" };
    case "upgrade_needed":
      return { kind: "upgrade" };
    case "rate_limited":
    case "maintenance":
    case "unavailable":
    case "internal":
      return { kind: "unreachable", retryAfterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000 };
    default:
      return status >= 500 ? { kind: "unreachable", retryAfterMs: undefined } : { kind: "refused", problem: error };
  }
}
