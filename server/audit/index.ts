import { auditApi } from "../../shared/api/audit.ts";
import { newsOf } from "../../shared/events/news.ts";
import { limits } from "../../shared/model/limits.ts";
import { writer } from "../core/actor.ts";
import { csv } from "../core/csv.ts";
import { feature } from "../core/feature.ts";
import { action } from "../core/http/endpoint.ts";
import { socketTail } from "../core/realtime/define.ts";
import { lines, listEntries, verifyChain } from "./read.ts";
import { sentenceWriter } from "./sentence.ts";

/** What fits into one answer; a longer range is exported in parts. */
const mostExported = limits.auditExport;

export const audit = feature({
  name: "audit",
  endpoints: [
    action(auditApi.list, (unit, { query, request }) => listEntries(unit, query, request.language)),
    action(auditApi.types, async (_unit, { core }) => ({ items: [...core.registry.events.keys()].toSorted() })),
    action(auditApi.verify, (unit) => verifyChain(unit), { mayLag: true }),
    action(
      auditApi.export,
      async (unit, { query, request }) => {
        writer(unit); // whoever only looks on takes nothing away
        const found = await lines(unit, query, { limit: mostExported + 1, language: request.language });
        const write = sentenceWriter(request.language);
        const rows = found
          .slice(0, mostExported)
          .map((entry) => [
            entry.seq,
            entry.at,
            write(entry),
            entry.type,
            entry.actor.kind,
            entry.actor.name ?? entry.actor.id,
            entry.actor.reason,
            entry.actor.device,
            entry.actor.address,
            entry.conversationId,
            entry.payload,
          ]);
        const text = csv(
          ["seq", "at", "sentence", "type", "actor", "name", "reason", "device", "address", "conversation", "details"],
          rows,
        );
        return { fileName: `audit-${unit.now.toISOString().slice(0, 10)}.csv`, csv: text, complete: found.length <= mostExported };
      },
      { mayLag: true },
    ),
  ],
  sockets: [
    // Screens that read by calls ask again. Only types and topics: what happened in words is for those who may read the trail.
    socketTail({
      namespace: "/desk",
      name: "audit",
      tell(core, { tenantId, entries }) {
        const types = new Set(
          entries.flatMap((entry) => {
            if (entry.kind !== "event" || entry.conversationId !== null) return [];
            return [newsOf(core.registry.events.get(entry.type) ?? entry, entry.payload)];
          }),
        );
        if (types.size > 0) core.live.toMembers({ tenantId, permission: "settings.read" }, "happened", { types: [...types] });
      },
    }),
  ],
});
