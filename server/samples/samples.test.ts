/** A new tenant looks at samples, works as if there were none, and removes them for good. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { auditApi } from "../../shared/api/audit.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { samplesApi } from "../../shared/api/samples.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { usageApi } from "../../shared/api/usage.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { sampleConversations, type BusinessType } from "../../shared/model/templates.ts";
import { enterAs, enterAlone, makeAccount, makeMember, type MadeMember } from "../accounts/make.ts";
import { listenAsMember, makeVisitor, word } from "../conversations/make.ts";
import { service } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { unseenMailJob } from "../notifications/unseen-mail.ts";
import { escalate } from "../routing/escalate.ts";
import { route } from "../routing/route.ts";
import { readyDevice } from "../sync/testing/device.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

interface Founded {
  id: string;
  site: string;
  slug: string;
  admin: MadeMember;
  api: Client;
  token: string;
}

/** As somebody does it who has an account already: only demo data is without samples. */
async function found(businessType: BusinessType = "shop", language: Language = "en"): Promise<Founded> {
  const person = await makeAccount(world.core, { language });
  const alone = world.api((await enterAlone(world.core, person)).token);
  const id = newId();
  const site = `s${id.slice(-12)}.example`;
  const body = { id, business: "Blue Bay", site, businessType, language, zone: "Asia/Bangkok" };
  await alone.call(accountsApi.createTenant, { body });
  await world.settle();
  const row = await world.core.work(service(id, "test"), ({ one }) =>
    one<{ id: string; slug: string }>(
      sql`select member.id, tenant.slug from member, tenant where member.tenant_id = ${id} and tenant.tenant_id = ${id}`,
    ),
  );
  const admin = { ...person, tenantId: id, memberId: row?.id ?? "", role: "admin" };
  const { token } = await enterAs(world.core, admin);
  return { id, site, slug: row?.slug ?? "", admin, api: world.api(token), token };
}

const all = async ({ api }: Pick<Founded, "api">) => (await api.call(conversationsApi.list, { query: { queue: "all", limit: 50 } })).items;
const samplesOf = async (tenant: Founded) => (await all(tenant)).filter(({ status }) => status === "sample");
const countIn = async (tenantId: string, table: "contact" | "message" | "notice" | "message_words") =>
  (
    await world.core.work(service(tenantId, "test"), ({ one }) =>
      one<{ n: number }>({ text: `select count(*)::int as n from ${table}`, values: [] }),
    )
  )?.n;
const remove = async (tenant: Founded) => {
  await tenant.api.call(samplesApi.remove);
  await world.settle();
};

describe("what is there", () => {
  it.each([
    ["shop", "en"],
    ["agency", "ja"],
    ["clinic", "th"],
    ["software", "en"],
    ["other", "th"],
  ] as const)("a %s in %s finds its own kind, in its language, with its founder", async (type, language) => {
    const tenant = await found(type, language);
    const wanted = sampleConversations(type, language);
    expect(wanted.length).toBe(type === "other" ? 1 : 3);
    const samples = await samplesOf(tenant);
    expect(new Set(samples.map(({ contact }) => contact?.name))).toEqual(new Set(wanted.map(({ name }) => name)));
    for (const sample of samples) {
      expect(sample).toMatchObject({ assigneeId: tenant.admin.memberId, waitingSince: null, lastNumber: 3 });
      expect(Object.values(sample.can)).toEqual(Object.values(sample.can).map(() => false));
      const { items } = await tenant.api.call(conversationsApi.messages, { params: { conversationId: sample.id }, query: { limit: 10 } });
      expect(items.map(({ kind }) => kind)).toEqual(["visitor", "note", "operator"]);
    }
  });
});

describe("what they never do", () => {
  it("they count in no plan, load, queue, mail, notice or figure, however long they stay", async () => {
    const tenant = await found();
    const ear = await listenAsMember(world.url, { token: tenant.token });
    await ear.next("ready");
    const mails = world.mailbox.mails.length;
    expect((await tenant.api.call(usageApi.get)).items.find(({ meter }) => meter === "conversations")?.used).toBe(0);
    expect((await tenant.api.call(routingApi.queue)).items).toEqual([]);
    expect(await tenant.api.call(conversationsApi.counts)).toMatchObject({ unassigned: 0, snoozed: 0, longestWaitingSince: null });
    world.clock.advance(3 * 86_400_000);
    await route(world.core, tenant.id);
    await escalate(world.core, tenant.id);
    await unseenMailJob.run(world.core, {});
    await world.settle();
    const after = world.api((await enterAs(world.core, tenant.admin)).token);
    expect(await samplesOf({ ...tenant, api: after })).toHaveLength(3);
    expect(await countIn(tenant.id, "notice")).toBe(0);
    expect(world.mailbox.mails.length).toBe(mails);
    ear.close();
  });

  it("nobody writes in one, takes it, labels, closes or snoozes it, by HTTP or from a device", async () => {
    const tenant = await found();
    const [sample] = await samplesOf(tenant);
    const params = { conversationId: sample?.id ?? "" };
    const { api } = tenant;
    expect(await problemOf(api.call(conversationsApi.send, { params, body: { id: newId(), body: "Hello" } }))).toBe("not_found");
    expect(await problemOf(api.call(conversationsApi.note, { params, body: { id: newId(), body: "Hello", mentions: [] } }))).toBe(
      "not_found",
    );
    expect(await problemOf(api.call(conversationsApi.assign, { params, body: { assigneeId: null } }))).toBe("forbidden");
    expect(await problemOf(api.call(conversationsApi.setSubject, { params, body: { subject: "Mine" } }))).toBe("forbidden");
    expect(await problemOf(api.call(conversationsApi.setLabels, { params, body: { add: [], remove: [] } }))).toBe("forbidden");
    expect(await problemOf(api.call(conversationsApi.setStatus, { params, body: { to: "closed" } }))).toBe("stale_state");
    const until = { at: "2027-01-01T02:00:00.000Z", zone: "Asia/Bangkok" };
    expect(await problemOf(api.call(conversationsApi.snooze, { params, body: { until } }))).toBe("stale_state");

    const device = await readyDevice(api, tenant.admin.memberId, () => world.clock.now().toISOString());
    const args = { id: newId(), conversationId: params.conversationId, body: "Hello", expiresAt: null, seenNumber: 3, anyway: true };
    device.client.mutate("sendMessage", args, { online: true });
    expect((await device.push()).results).toEqual([expect.objectContaining({ status: "rejected", code: "forbidden" })]);
    expect(await countIn(tenant.id, "message")).toBe(9);
  });
});

describe("removing", () => {
  it("takes all of them from the server and from devices, and nothing else", async () => {
    const tenant = await found();
    const neighbour = await found();
    const { api } = tenant;
    const now = () => world.clock.now().toISOString();
    const device = await readyDevice(api, tenant.admin.memberId, now);
    const [sample] = await samplesOf(tenant);
    const [conversationId, contactId] = [sample?.id ?? "", sample?.contactId ?? ""];
    await api.call(conversationsApi.read, { params: { conversationId }, body: { number: 3 } });
    const visitor = await makeVisitor(world.url, tenant);
    const real = (await visitor.api.call(visitApi.send, { body: word("Do you rent longboards?") })).conversation.id;
    const task = await api.call(tasksApi.create, { body: { id: newId(), title: "Ask for the size", conversationId, contactId } });
    const due = { at: "2027-01-05T02:00:00.000Z", zone: "Asia/Bangkok" };
    const followup = await api.call(followupsApi.create, {
      body: { id: newId(), type: "call", channel: "phone", due, notes: "", conversationId, contactId },
    });
    await world.settle();
    await device.follow();
    expect([...device.cache.list("conversation")]).toHaveLength(4);
    const before = (await api.call(conversationsApi.get, { params: { conversationId: real } })).lastNumber;

    await remove(tenant);
    expect((await all(tenant)).map(({ id }) => id)).toEqual([real]);
    expect(await countIn(tenant.id, "contact")).toBe(1);
    expect(await countIn(tenant.id, "message")).toBe(before);
    expect(await countIn(tenant.id, "message_words")).toBeLessThanOrEqual(before);
    expect(await api.call(tasksApi.get, { params: { taskId: task.id } })).toMatchObject({
      title: "Ask for the size",
      conversationId: null,
      contactId: null,
    });
    expect(await api.call(followupsApi.get, { params: { followupId: followup.id } })).toMatchObject({
      conversationId: null,
      contactId: null,
    });
    await device.follow();
    expect(device.rows()).toEqual((await readyDevice(api, tenant.admin.memberId, now)).rows());
    expect([...device.cache.list("conversation")].map(({ id }) => id)).toEqual([real]);
    expect([...device.cache.list("contact")]).toHaveLength(1);
    expect(await samplesOf(neighbour)).toHaveLength(3);
  });

  it.each(["conversation", "contact"] as const)("keeps the work that is tied to a %s of theirs at the same moment", async (to) => {
    const tenant = await found();
    const [sample] = await samplesOf(tenant);
    const { id: taskId } = await tenant.api.call(tasksApi.create, { body: { id: newId(), title: "Ask for the size" } });
    const tied = to === "contact" ? sample?.contactId : sample?.id;
    const tying = await midway(world.core, `update task set ${to}_id = $2 where id = $1`, [taskId, tied]);
    const removed = remove(tenant);
    await tying.waitedFor();
    await tying.commit();
    await removed;
    expect(await samplesOf(tenant)).toEqual([]);
    expect(await tenant.api.call(tasksApi.get, { params: { taskId } })).toMatchObject({ conversationId: null, contactId: null });
  });

  it("is an admin's, once, and known by name afterwards", async () => {
    const tenant = await found();
    const operator = await makeMember(world.core, tenant.id);
    const theirs = world.api((await enterAs(world.core, operator)).token);
    expect(await problemOf(theirs.call(samplesApi.remove))).toBe("forbidden");
    expect(await samplesOf(tenant)).toHaveLength(3);
    await Promise.all([tenant.api.call(samplesApi.remove), tenant.api.call(samplesApi.remove)]);
    await remove(tenant);
    expect(await samplesOf(tenant)).toEqual([]);
    const { items } = await tenant.api.call(auditApi.list, { query: { type: "samples." } });
    expect(items).toEqual([
      expect.objectContaining({
        type: "samples.removed",
        payload: { conversations: 3 },
        actor: expect.objectContaining({ kind: "member", name: tenant.admin.name }) as unknown,
      }),
    ]);
  });
});
