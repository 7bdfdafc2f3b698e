/** Very many messages on this computer, written by the store itself; the server is gone, because nothing here may ask it. */
import type { TestConsole } from "@switchboard/desktop/core/testing/console.ts";
import { contactOf, conversationOf, testId } from "@switchboard/desktop/core/testing/rows.ts";
import { placeOf } from "@switchboard/shared/sync/confirmed.ts";
import type { EntityName, Rows } from "@switchboard/shared/sync/entities.ts";
import { openOffice, received, wordsOfTheTrade } from "./office.ts";

export interface LocalDesk {
  made: TestConsole;
  tenantId: string;
  close(): Promise<void>;
}

const start = Date.parse("2026-01-01T00:00:00Z");

export const conversationId = (number: number) => testId(1_000_000 + number);

function messageOf(conversation: number, number: number, nth: number, body: string): Rows["message"] {
  return {
    id: testId(10_000_000 + nth),
    conversationId: conversationId(conversation),
    number,
    seq: nth + 1,
    kind: "visitor",
    authorId: null,
    senderDevice: null,
    body,
    at: new Date(start + nth * 5_000).toISOString(),
    editedAt: null,
  };
}

/** A console that has these conversations with so many messages each. */
export async function deskWith(sizes: readonly number[], bodyOf: (nth: number) => string): Promise<LocalDesk> {
  const office = await openOffice();
  const made = await office.newcomer();
  await made.page.do("session.openTenant", { tenantId: office.tenantId });
  await received(made, office.tenantId);
  await office.stopServer();
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is not open.");
  const { cache } = tenant.store;
  const { generation } = cache.state();
  const put = <E extends EntityName>(entity: E, row: Rows[E]) => cache.put(entity, row, placeOf(entity, row, generation));
  let nth = 0;
  for (const [conversation, size] of sizes.entries()) {
    const contactId = testId(2_000_000 + conversation);
    cache.atomic(() => {
      put("contact", contactOf(contactId, { name: `Person ${conversation}` }));
      const row = conversationOf(conversationId(conversation), {
        contactId,
        assigneeId: tenant.memberId,
        lastNumber: size,
        lastKind: "visitor",
      });
      put("conversation", { ...row, lastAt: new Date(start + (nth + size) * 5_000).toISOString() });
    });
    for (let from = 1; from <= size; from += 20_000) {
      cache.atomic(() => {
        for (let number = from; number < Math.min(size + 1, from + 20_000); number += 1) {
          put("message", messageOf(conversation, number, nth, bodyOf(nth)));
          nth += 1;
        }
      });
    }
  }
  while (cache.indexSome(5_000)) await new Promise((resolve) => setImmediate(resolve));
  return {
    made,
    tenantId: office.tenantId,
    async close() {
      await made.remove();
      await office.stop();
    },
  };
}

export const tradeBody = (nth: number) =>
  Array.from({ length: 12 }, (_, word) => wordsOfTheTrade[(nth * 7 + word * word * 3 + (nth >> 4)) % wordsOfTheTrade.length]).join(" ");
