import { z } from "zod";
import { deleteReply, saveReply } from "../../shared/sync/mutators/people.ts";
import type { ReplyRow } from "../../shared/sync/rows/people.ts";
import { sql } from "../core/database/sql.ts";
import { mutation, type Mutation } from "../core/sync/mutation.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import { mayMake, tellUse } from "../entitlements/index.ts";
import { Reply } from "./entities.ts";

export const toReplyRow = (reply: Reply): ReplyRow => ({
  id: reply.id,
  teamId: reply.teamId ?? null,
  memberId: reply.memberId ?? null,
  title: reply.title,
  text: reply.text,
  shortcut: reply.shortcut ?? null,
  folder: reply.folder ?? null,
  language: reply.language ?? null,
  updatedAt: reply.updatedAt.toISOString(),
});

export const syncedReply = syncedEntity<"reply">({
  entity: "reply",
  ...rowsOf(Reply, toReplyRow),
  async save({ em, tenantId }, row, isNew) {
    const values = { ...row, updatedAt: new Date(row.updatedAt) };
    if (isNew) em.create(Reply, { tenantId, ...values });
    else em.assign(await em.findOneOrFail(Reply, { tenantId, id: row.id }), values);
  },
  async remove(unit, id) {
    await unit.rows(sql`delete from reply where tenant_id = ${unit.tenantId} and id = ${id}`);
  },
});

const save = mutation(saveReply, { may: "conversations.reply" });

/** A device may have written its reply before the plan was full: then it is refused there like anywhere. */
const saveWithinLimits: Mutation = {
  ...save,
  async run(core, unit, args, context) {
    const named = z.object({ id: z.uuid() }).safeParse(args);
    const known = named.success && (await unit.em.findOne(Reply, { tenantId: unit.tenantId, id: named.data.id }));
    if (known) return save.run(core, unit, args, context);
    const place = await mayMake(unit, "cannedReplies");
    if (!place.may) return { ok: false, code: "over_limit" };
    const result = await save.run(core, unit, args, context);
    if (result.ok) tellUse(unit, "cannedReplies", place);
    return result;
  },
};

export const replyMutations = [saveWithinLimits, mutation(deleteReply, { may: "conversations.reply" })];
