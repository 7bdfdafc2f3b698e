/** Conversations that a new tenant can look at before its first visitor writes. */
import { tenantCreated } from "../../shared/events/tenants.ts";
import { sampleConversations } from "../../shared/model/templates.ts";
import { createContact } from "../contacts/index.ts";
import { Conversation, newConversation, writeMessage } from "../conversations/index.ts";
import { service } from "../core/actor.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { reaction } from "../core/jobs/define.ts";
import { Member } from "../team/index.ts";
import { Tenant } from "../tenants/index.ts";

/** The first began so long ago, and each next one is as much younger. */
const apartMs = 5 * 60_000;
const lineMs = 40_000;

export const addSamples = reaction("samples.add", tenantCreated, async ({ work }, { tenantId, payload: { by } }) => {
  if (by === "demo") return;
  await work(service(tenantId, "sample conversations"), async (unit) => {
    const { em, now } = unit;
    const tenant = await em.findOne(Tenant, { tenantId, id: tenantId });
    // Repeated after a crash, or a visitor was faster: then there is something to look at.
    if (!tenant || (await em.count(Conversation, { tenantId })) > 0) return;
    // Whoever founded it has them in "Mine"; without a member yet they are in nobody's.
    const admin = await em.findOne(Member, { tenantId, role: "admin", status: "active" }, { orderBy: { createdAt: "asc" } });
    const samples = sampleConversations(tenant.businessType, tenant.language).map((words, index, all) => ({
      ...words,
      id: newId(),
      contact: createContact(unit, { name: words.name, language: tenant.language }, "sample"),
      at: now.getTime() - (all.length - index) * apartMs,
    }));
    // A conversation refers to its contact, and the unit of work does not know in which order to write them.
    await unit.flush();
    for (const { id, contact, at } of samples) {
      em.create(Conversation, {
        tenantId,
        id,
        contactId: contact.id,
        ...newConversation(new Date(at)),
        assigneeId: admin?.id ?? null,
      });
    }
    await unit.flush();
    for (const { id, at, question, note, answer } of samples) {
      const lines = [
        { kind: "visitor", body: question },
        { kind: "note", body: note },
        { kind: "operator", body: answer },
      ] as const;
      for (const [index, { kind, body }] of lines.entries()) {
        const authorId = kind === "visitor" ? null : (admin?.id ?? null);
        const line = { id: newId(), conversationId: id, kind, authorId, senderDevice: null, body, mentions: [] };
        await writeMessage({ ...unit, now: new Date(at + index * lineMs) }, line);
      }
    }
    // Only now: a visitor's message makes any conversation an open one. Nobody sees them before the commit.
    await unit.rows(sql`
      update conversation set status = 'sample' where tenant_id = ${tenantId} and id = any(${uuidArray(samples.map(({ id }) => id))})`);
  });
});
