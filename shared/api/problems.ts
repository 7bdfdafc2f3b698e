/** Every stable problem code of the API, its HTTP status, and what a caller should do about it. */
export const problems = {
  invalid_input: { status: 400, todo: "Correct the fields listed in `errors` and send the request again." },
  malformed: { status: 400, todo: "Send well-formed JSON with content type application/json." },
  unauthenticated: { status: 401, todo: "Sign in, or refresh the access token, and repeat the request." },
  token_expired: { status: 401, todo: "Refresh the access token and repeat the request once." },
  wrong_credentials: { status: 401, todo: "Check e-mail and password." },
  forbidden: { status: 403, todo: "Ask an admin for the permission; do not repeat the request." },
  verification_needed: { status: 403, todo: "Open the link in the verification mail, or ask for a new one." },
  tenant_suspended: { status: 403, todo: "Contact the platform; reading and writing are paused." },
  account_suspended: { status: 403, todo: "Contact the platform." },
  visitor_blocked: { status: 403, todo: "Stop; the tenant does not accept messages from this visitor." },
  origin_refused: { status: 403, todo: "Load the widget from one of the tenant's listed domains." },
  identity_required: { status: 403, todo: "Identify the visitor with a signed token." },
  read_only: { status: 403, todo: "Nothing can be changed in this session." },
  not_found: { status: 404, todo: "The object does not exist or is not visible to you." },
  method_not_allowed: { status: 405, todo: "Use one of the methods in the Allow header." },
  conflict: { status: 409, todo: "Load the object again and decide anew." },
  id_reused: { status: 409, todo: "Use a fresh id; this one belongs to a request with another body." },
  last_admin: { status: 409, todo: "Make somebody else an admin first." },
  stale_state: { status: 409, todo: "The state has changed meanwhile; load it and decide anew." },
  already_member: { status: 409, todo: "The person is in the team already." },
  link_expired: { status: 410, todo: "Ask for a new link." },
  too_large: { status: 413, todo: "Send less data." },
  unsupported_media: { status: 415, todo: "Send application/json." },
  upgrade_needed: { status: 426, todo: "Install the current version of the console; unsent work is kept." },
  rate_limited: { status: 429, todo: "Wait for the number of seconds in Retry-After." },
  over_limit: { status: 402, todo: "The plan's limit is reached; an admin can change the plan." },
  internal: { status: 500, todo: "Try again; quote the request id if it stays." },
  maintenance: { status: 503, todo: "Try again after the time in Retry-After." },
  unavailable: { status: 503, todo: "Try again in a moment." },
} as const satisfies Record<string, { status: number; todo: string }>;

export type ProblemCode = keyof typeof problems;

export interface FieldError {
  /** Where: `body.title`, `query.limit`, `params.id`, `header.authorization`. */
  at: string;
  /** What is wrong, machine readable: zod's issue code or ours. */
  code: string;
  message: string;
  /** Numbers in the sentence; not sent. */
  values?: Record<string, number>;
}

/** RFC 9457 problem document. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
  errors?: FieldError[];
  data?: Record<string, unknown>;
  requestId?: string;
}
