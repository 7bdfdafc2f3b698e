/**
 * A conversation became mine, and I did not take it myself: it rings until I have looked at it, also without a new message. What was
 * mine when the console started is no news.
 */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { pairId } from "@switchboard/shared/sync/ids.ts";
import { conversationPage } from "../store/conversation-list.ts";
import { argsOf } from "../queries/outbox-index.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { ringOf, type Ring } from "./rings.ts";
import { tookMyself } from "./taken.ts";

interface News {
  at: number;
  /** My read mark when it became mine: reading further, on any device, ends it. */
  read: number;
}

export interface Assigned {
  rings(tenant: Tenant, viewed: ReadonlySet<string>): Ring[];
  seen(tenantId: string, conversationId: string): void;
  forget(tenantId: string): void;
}

export function createAssigned(): Assigned {
  /** What was mine at the last look; nothing until a tenant was looked at for the first time. */
  const looked = new Map<string, ReadonlySet<string>>();
  const news = new Map<string, Map<string, News>>();

  const readOf = ({ store, memberId }: Tenant, id: string) => store.cache.get("readMark", pairId(memberId, id))?.number ?? 0;
  const newsOf = (tenantId: string) => {
    const known = news.get(tenantId) ?? new Map<string, News>();
    news.set(tenantId, known);
    return known;
  };

  return {
    rings(tenant, viewed) {
      const { store, tenantId } = tenant;
      // Before the first whole bootstrap nothing is known, so nothing is new.
      if (store.cache.state().cursor === null) return [];
      const rows = everyMine(tenant);
      const before = looked.get(tenantId);
      looked.set(tenantId, new Set(rows.map(({ id }) => id)));
      const known = newsOf(tenantId);
      for (const { id } of rows) if (before?.has(id) === false) known.set(id, { at: tenant.now(), read: readOf(tenant, id) });
      return rows.flatMap((row) => {
        const one = known.get(row.id);
        if (!one) return [];
        const seen = viewed.has(`${tenantId}/${row.id}`) || readOf(tenant, row.id) > one.read || answers(tenant, row);
        if (seen) known.delete(row.id);
        return seen || tookMyself(tenant, row)
          ? []
          : [{ ...ringOf(tenant, "assigned", row, row.lastAt), since: one.at, mark: String(one.at) }];
      });
    },
    seen(tenantId, conversationId) {
      newsOf(tenantId).delete(conversationId);
    },
    forget(tenantId) {
      looked.delete(tenantId);
      news.delete(tenantId);
    },
  };
}

const mostMine = 500;

function everyMine({ store, memberId }: Tenant): Rows["conversation"][] {
  const ask = { queue: "mine", memberId, sort: "newest", filter: {}, after: null, limit: mostMine } as const;
  return conversationPage(store.cacheFile, ask).map(({ row }) => row);
}

/** My words to the visitor are on their way: I am at it. */
function answers({ client }: Tenant, row: Rows["conversation"]): boolean {
  return client.waiting().some((entry) => entry.name === "sendMessage" && argsOf(entry)["conversationId"] === row.id);
}
