/** What routing remembers beside the rows it reads: whose turn it is, and how far a conversation was raised. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { escalationLevels } from "../../shared/model/escalation.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

/** `id` is the member's. */
export const RoutingTurn = defineEntity({
  name: "RoutingTurn",
  tableName: "routing_turn",
  ...tenantScoped,
  properties: { ...tenantColumns, lastAssignedAt: instant().nullable(), idleSince: instant().nullable() },
});
export type RoutingTurn = InferEntity<typeof RoutingTurn>;

/** `id` is the conversation's. */
export const RoutingCase = defineEntity({
  name: "RoutingCase",
  tableName: "routing_case",
  ...tenantScoped,
  properties: {
    ...tenantColumns,
    /** The wait that `passedBy` and `level` are about: after an answer the next unanswered message begins a new one. */
    waitingSince: instant().nullable(),
    /** Who had it and did not answer, or gave it back. */
    passedBy: p.json<string[]>(),
    level: p.enum(escalationLevels),
    /** When it came to whom it belongs, or was raised last. */
    heldSince: instant().nullable(),
    /** Whose it was before it came back to the queue. */
    lastOperatorId: p.uuid().nullable(),
  },
});
export type RoutingCase = InferEntity<typeof RoutingCase>;

export const routingTables = [
  table(RoutingTurn, { references: { id: "member" } }),
  table(RoutingCase, { references: { id: "conversation", last_operator_id: "member" }, cascade: ["id"] }),
];
