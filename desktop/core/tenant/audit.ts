/** Compares, while nothing happens, what is here with what the server says should be here. A difference is a defect: it is repaired and reported. */
import { auditDifference, auditLines, isAudited, printOfLines } from "@switchboard/shared/sync/audit.ts";
import type { Client } from "@switchboard/shared/sync/client.ts";
import { entityNames } from "@switchboard/shared/sync/entities.ts";
import type { NamedRow } from "@switchboard/shared/sync/entities.ts";
import type { AuditLine } from "@switchboard/shared/sync/protocol.ts";
import type { Scope } from "@switchboard/shared/sync/scopes.ts";
import type { Log } from "../ports.ts";
import type { Cache } from "../store/cache.ts";
import type { Outbox } from "../store/outbox.ts";
import type { Calls } from "../sync/calls.ts";

export function localLines(cache: Cache, scopes: ReadonlySet<Scope>): AuditLine[] {
  function* rows(): Generator<NamedRow> {
    for (const entity of entityNames) {
      // Messages hang on their conversations and are compared by them; there may be very many.
      if (entity === "message") continue;
      for (const row of cache.list(entity)) {
        const named = { entity, row } as NamedRow; // listed by its entity
        if (isAudited(named)) yield named;
      }
    }
  }
  return auditLines(rows(), scopes);
}

export interface AuditOptions {
  cache: Cache;
  outbox: Outbox;
  client: Client;
  calls: Calls;
  scopes: () => ReadonlySet<Scope>;
  log: Log;
}

/** `differs`: the rows are being fetched anew. `unclear`: something moved meanwhile. */
export async function audit({ cache, outbox, client, calls, scopes, log }: AuditOptions): Promise<"equal" | "differs" | "unclear"> {
  const { cursor, epoch } = cache.state();
  const { device } = outbox.device();
  if (cursor === null || epoch === null || device === null || client.waiting().length > 0) return "unclear";
  const wanted = scopes();
  const print = printOfLines(localLines(cache, wanted));
  const answer = await calls.audit(device, [...wanted], cursor, print);
  if (answer.epoch !== epoch || answer.seq !== client.cursor() || client.waiting().length > 0) return "unclear";
  const difference = auditDifference(localLines(cache, wanted), answer.lines);
  if (difference.length === 0) return "equal";
  log("error", "rows differ from the server's", { at: cursor, difference });
  // What is shown stays until the bootstrap has replaced it.
  client.pulled({ kind: "reset", epoch, base: cursor, serverTime: "" });
  return "differs";
}
