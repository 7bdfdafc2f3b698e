/** How often a decision looks into the database: what the log names, and what always goes along with it, is read in one go. */
import { expect, it } from "vitest";
import { childrenOf, entities, type EntityName, type Rows } from "../../shared/sync/entities.ts";
import type { LogEntry } from "../../shared/sync/log.ts";
import { operationsFor } from "../../shared/sync/server.ts";
import type { SyncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { createLookup, createSynced, everybody } from "./lookup.ts";

// What decides is all that is read.
const conversation = { id: "c1", teamId: null, status: "open" } as Rows["conversation"];
const mark: Rows["readMark"] = { id: "r1", memberId: "m1", conversationId: "c1", number: 1 };
const message = { id: "w1", conversationId: "c1" } as Rows["message"];

function looking() {
  const looks: string[] = [];
  const of = (entity: EntityName, rows: readonly { id: string }[], children: readonly { id: string }[] = []): SyncedEntity => ({
    entity,
    async load(_unit, ids) {
      looks.push(`${entity} by id`);
      return rows.filter(({ id }) => ids.includes(id)) as Rows[EntityName][]; // of this entity
    },
    page: async () => [],
    async ofParents() {
      looks.push(`${entity} of parents`);
      return children as Rows[EntityName][]; // of this entity
    },
  });
  const synced = createSynced(
    [of("conversation", [conversation]), of("readMark", [mark], [mark]), of("reminder", []), of("notice", []), of("message", [message])],
    [],
  );
  let runs = 0;
  const lookup = createLookup(synced);
  const unit = {} as Unit; // nothing above touches it
  return {
    looks,
    async operations(entries: readonly LogEntry[]) {
      await lookup.expect(unit, entries);
      const ops = await lookup.decide(unit, (rows) => {
        runs += 1;
        return operationsFor(entries, { ...everybody, lostSince: new Set() }, rows);
      });
      return { ops, runs };
    },
  };
}

it("reads changed rows and what always goes along with them together, and decides once", async () => {
  const { looks, operations } = looking();
  const { ops, runs } = await operations([{ kind: "row", seq: 1, entity: "conversation", id: "c1", before: ["inbox"], after: "inbox" }]);
  expect(ops.map((op) => "entity" in op && op.entity)).toEqual(["conversation", "readMark"]);
  const always = childrenOf("conversation").filter((child) => entities[child].travels === "always");
  expect(looks.toSorted()).toEqual(["conversation by id", ...always.map((child) => `${child} of parents`)].toSorted());
  expect(runs).toBe(1);
});

it("asks on for what only the rows tell", async () => {
  const { looks, operations } = looking();
  const { ops, runs } = await operations([{ kind: "row", seq: 1, entity: "message", id: "w1", before: [], after: null }]);
  expect(ops.map((op) => "entity" in op && op.entity)).toEqual(["message"]);
  expect(looks).toEqual(["message by id", "conversation by id"]);
  expect(runs).toBe(2);
});
