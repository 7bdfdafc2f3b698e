/** A morning in the audit trail, with somebody of the platform in it. */
import type { AuditEntry } from "@switchboard/shared/api/audit.ts";
import { fakeId } from "./ids.ts";
import { minutes } from "./world.ts";

const role = fakeId("role lead");
const aiko = fakeId("member aiko");
const visitor = fakeId("contact maximiliane");
const mali: AuditEntry["actor"] = {
  kind: "member",
  id: fakeId("member mali"),
  name: "Mali Srisuk",
  reason: null,
  device: "Console on Windows",
  address: "203.0.113.7",
};
const support = {
  ...mali,
  kind: "support",
  id: fakeId("account root"),
  name: null,
  reason: "The widget shows no texts",
  device: null,
  address: null,
};
const names = { [role]: "Shift lead", [aiko]: "Aiko Lindqvist", [visitor]: "Maximiliane von Hohenfels-Wittgenstein zu Berleburg" };

const entry = (ago: number, type: string, payload: Record<string, unknown>, actor = mali): AuditEntry => ({
  seq: 4_000 - ago,
  type,
  actor,
  conversationId: null,
  subjectId: null,
  payload,
  names,
  at: minutes(ago),
});

export const auditEntries: readonly AuditEntry[] = [
  entry(3, "settings.changed", { kind: "branding", version: 12, restoredFrom: 9 }),
  entry(9, "member.role_changed", { memberId: aiko, from: "operator", to: role }),
  entry(14, "conversation.assigned", { conversationId: visitor, from: null, to: aiko, reason: null }),
  entry(31, "support.entered", { grantId: fakeId("grant"), reason: "The widget shows no texts", until: minutes(1) }, support),
  entry(55, "team.removed", { teamId: fakeId("team gone") }),
  entry(80, "task.created", { taskId: fakeId("task"), title: "Send the catalogue to the hotel in Chiang Mai", assigneeId: null }),
];

export const auditTypes = [...new Set(auditEntries.map(({ type }) => type))];
