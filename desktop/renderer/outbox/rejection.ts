/** What a rejection says and what can be done about it: the table of INTERFACE 3.5, by the code of the server. */
import type { IconName } from "../ui/icon-shapes.ts";

export interface Rejection {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Title =
  | "expired"
  | "newer"
  | "colleague_answered"
  | "conversation_closed"
  | "conversation_closed_plain"
  | "not_visible"
  | "stale_state"
  | "forbidden"
  | "over_limit"
  | "other";
type Line =
  | "expired_line"
  | "colleague_answered_line"
  | "conversation_closed_line"
  | "not_visible_line"
  | "stale_state_line"
  | "forbidden_line"
  | "over_limit_line"
  | "other_line";
type Again = "read_and_send" | "send" | "reopen_and_send" | "keep_mine";

export interface RejectionWords {
  readonly title: Title;
  readonly line: Line;
  readonly sign: IconName;
  readonly count: number;
  readonly values: { readonly name: string | undefined };
  readonly closedAt: number | undefined;
  /** What doing it all the same is called; undefined when it cannot work. */
  readonly again: Again | undefined;
  readonly canEdit: boolean;
  /** Both changes are good ones; then letting mine go is a choice for theirs. */
  readonly letGo: "discard" | "keep_theirs";
}

export function rejectionOf({ code, data }: Rejection, kind: "reply" | "note" | "other"): RejectionWords {
  const newer = typeof data["newer"] === "number" ? data["newer"] : 0;
  const name = typeof data["name"] === "string" ? data["name"] : undefined;
  const closedAt = typeof data["closedAt"] === "string" ? Date.parse(data["closedAt"]) : undefined;
  const base = { sign: "alert", count: newer, values: { name }, closedAt, canEdit: kind !== "other", letGo: "discard" } as const;
  switch (code) {
    case "expired":
      return { ...base, title: newer > 0 ? "newer" : "expired", line: "expired_line", again: "read_and_send" };
    case "colleague_answered":
      return { ...base, title: "colleague_answered", line: "colleague_answered_line", again: "send" };
    case "conversation_closed":
      return {
        ...base,
        title: closedAt === undefined ? "conversation_closed_plain" : "conversation_closed",
        line: "conversation_closed_line",
        again: "reopen_and_send",
      };
    case "not_visible":
      return { ...base, title: "not_visible", line: "not_visible_line", sign: "lock", again: undefined, canEdit: false };
    case "stale_state":
    case "conflict":
      return { ...base, title: "stale_state", line: "stale_state_line", again: "keep_mine", letGo: "keep_theirs" };
    case "forbidden":
      return { ...base, title: "forbidden", line: "forbidden_line", sign: "lock", again: undefined };
    case "over_limit":
      return { ...base, title: "over_limit", line: "over_limit_line", again: undefined };
    default:
      return { ...base, title: "other", line: "other_line", again: undefined };
  }
}
