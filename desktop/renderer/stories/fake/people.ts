/** A tenant that has outgrown one page of everything: its lists come in pages of at most a hundred, as the server gives them. */
import type { AccountShape } from "@switchboard/shared/api/accounts.ts";
import type { AuditEntry } from "@switchboard/shared/api/audit.ts";
import type { ReplyShape } from "@switchboard/shared/api/replies.ts";
import type { InvitationShape, MemberShape, TeamShape } from "@switchboard/shared/api/team.ts";
import type { LabelRule } from "@switchboard/shared/model/label-rules.ts";
import { auditEntries } from "./audit.ts";
import { fakeId } from "./ids.ts";
import { minutes } from "./world.ts";

const numbers = Array.from({ length: 120 }, (_unused, index) => index + 1);
const called = (word: string, number: number) => `${word} ${String(number).padStart(3, "0")}`;

const member = (name: string, status: MemberShape["status"]): MemberShape => ({
  id: fakeId(`member ${name}`),
  accountId: fakeId(`account ${name}`),
  name,
  email: `${name.toLowerCase().replaceAll(" ", ".")}@example.com`,
  role: "operator",
  status,
  language: "en",
  loadLimit: 8,
  skills: [],
  teamIds: [],
  createdAt: minutes(90_000),
  removedAt: status === "removed" ? minutes(900) : null,
  can: { edit: status === "active", changeRole: status === "active", remove: status === "active" },
});
const members: readonly MemberShape[] = [
  ...numbers.map((number) => member(called("Operator", number), "active")),
  member("Preecha Somsak", "removed"),
];

const me: AccountShape = {
  id: fakeId("account napat"),
  email: "napat@example.com",
  name: "Napat Wongsawat",
  language: "en",
  zone: "Asia/Bangkok",
  verified: true,
  superAdmin: false,
  createdAt: minutes(90_000),
};

export const cannedReplies: readonly ReplyShape[] = numbers.map((number) => ({
  id: fakeId(`canned ${number}`),
  memberId: null,
  teamId: null,
  title: called("Reply", number),
  text: `The text of number ${number}.`,
  shortcut: `r${number}`,
  folder: null,
  language: null,
  updatedAt: minutes(number),
  can: { edit: true },
}));

const invitations: readonly InvitationShape[] = numbers.map((number) => ({
  id: fakeId(`invitation ${number}`),
  email: `${called("guest", number).replace(" ", "")}@example.com`,
  role: "operator",
  teamIds: [],
  language: "en",
  status: "pending",
  invitedBy: null,
  createdAt: minutes(number),
  expiresAt: minutes(-4_000),
  acceptedBy: null,
  can: { resend: true, revoke: true },
}));

const delivery: TeamShape = {
  id: fakeId("team Delivery"),
  name: "Delivery",
  memberIds: [fakeId(`member ${called("Operator", 115)}`)],
  createdAt: minutes(90_000),
  can: { edit: true, remove: true },
};

const labels = [
  { id: fakeId("label Thai"), name: "Thai", colour: "#1f7a5c" },
  { id: fakeId("label Return"), name: "Return", colour: "#b3541e" },
  { id: fakeId("label Wholesale"), name: "Wholesale", colour: "#5b5fc7" },
];
/** One of each kind, and one whose label is gone. */
export const labelRules: readonly LabelRule[] = [
  { id: fakeId("rule language"), labelId: fakeId("label Thai"), when: "language", languages: ["th", "lo"] },
  { id: fakeId("rule page"), labelId: fakeId("label Return"), when: "page", compare: "begins", text: "/returns" },
  {
    id: fakeId("rule answer"),
    labelId: fakeId("label Wholesale"),
    when: "answer",
    question: "email",
    compare: "contains",
    text: "@hotel.",
  },
  { id: fakeId("rule gone"), labelId: fakeId("label gone"), when: "page", compare: "contains", text: "christmas" },
];

const csvOf = (entries: readonly AuditEntry[]) => entries.map(({ seq, type }) => `${seq},${type}`).join("\r\n");

function page<T>(items: readonly T[], query: Record<string, unknown>): { readonly items: readonly T[]; readonly next: string | null } {
  const start = Number(query["cursor"] ?? 0);
  const end = start + Number(query["limit"] ?? 50);
  return { items: items.slice(start, end), next: end < items.length ? String(end) : null };
}

/** Undefined for a call that is not about the people of a tenant. */
export function answerPeople({ name, query = {} }: Record<string, unknown>, canned: readonly ReplyShape[]): unknown {
  const asked = query as Record<string, unknown>;
  switch (name) {
    case "me.get":
      return { account: me, tenant: null, permissions: [] };
    case "members.list":
      return page(
        members.filter(({ status }) => asked["status"] === "all" || status === (asked["status"] ?? "active")),
        asked,
      );
    case "replies.list":
      return page(canned, asked);
    case "invitations.list":
      return page(invitations, asked);
    case "sync.teamDevices":
      return page([], asked);
    case "roles.list":
      return { items: [] };
    case "teams.list":
      return { items: [delivery] };
    case "labels.list":
      return { items: labels };
    case "routing.availabilities":
      return { items: [] };
    case "audit.export":
      return { fileName: "audit.csv", csv: csvOf(auditEntries), complete: false };
    default:
      return undefined;
  }
}
