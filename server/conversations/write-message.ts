/**
 * A message inside a unit of work, by the same statement as the batched send: for notes with a hand-over, for what a device pushes, for
 * system lines. It takes the tenant's clock, so it comes after every other change of rows in its transaction.
 */
import { previewOf } from "../../shared/sync/summary.ts";
import type { MessageRowKind } from "../../shared/sync/rows/conversations.ts";
import { sql } from "../core/database/sql.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { gateOf, lockConversation } from "./access.ts";
import { Conversation } from "./entities.ts";
import { assertStored, storedOf, type ResultRow, type Stored } from "./sender.ts";

export interface NewMessage {
  id: string;
  conversationId: string;
  kind: MessageRowKind;
  authorId: string | null;
  senderDevice: string | null;
  body: string;
  mentions: string[];
}

export async function writeMessage(unit: Unit, message: NewMessage): Promise<Stored> {
  // The send function passes over a conversation that somebody else holds; here there is nobody to try again.
  await lockConversation(unit, message.conversationId);
  const { id, conversationId, kind, authorId, senderDevice, body, mentions } = message;
  const mentioned = mentions.length > 0 ? JSON.stringify(mentions) : null;
  const row = await unit.one<ResultRow>(sql`
    select * from app.send_messages(array[${unit.tenantId}]::uuid[], array[${conversationId}]::uuid[], array[${id}]::uuid[], array[${kind}]::text[],
      array[${authorId}]::uuid[], array[${senderDevice}]::uuid[], array[${body}]::text[], array[${previewOf(body)}]::text[],
      array[${mentioned}]::text[], array[${gateOf(unit.actor)}]::text[], ${unit.now}::timestamptz)`);
  // What the function wrote is not known to rows that were loaded before.
  await unit.flush();
  await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id: conversationId }, { refresh: true });
  if (!row || row.o_outcome === "busy") throw problem("unavailable");
  return assertStored(storedOf(row, unit.now));
}
