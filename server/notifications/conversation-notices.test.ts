/** Who is told what about conversations and about the plan, and by which way. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { teamApi } from "../../shared/api/team.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import { conversationOffered } from "../../shared/events/routing.ts";
import { protocolVersion, schemaVersion } from "../../shared/sync/protocol.ts";
import { enterAs, makeMember, makeTenant, type MadeMember } from "../accounts/make.ts";
import { makeVisitor, word } from "../conversations/make.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { setLimits } from "../entitlements/index.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { timeOfMinutes } from "../../shared/model/dates.ts";
import { quietHoursPreference } from "../../shared/model/quiet-hours.ts";
import { createZone } from "../../shared/model/zones.ts";
import { conversationNotices } from "./conversation-notices.ts";
import { unseenMailJob } from "./unseen-mail.ts";

let world: World;
beforeAll(async () => {
  // Monday, four in the afternoon where the tenants are.
  world = await createWorld();
});
afterAll(() => world.stop());

async function shop(plan?: "free") {
  const site = `s${newId().slice(-12)}.example`;
  const tenant = await makeTenant(world.core, { site, name: `Shop ${newId().slice(-8)}`, ...(plan ? { plan } : {}) });
  const person = async (name: string, more: { teamIds?: string[]; role?: string } = {}) => {
    const made = await makeMember(world.core, tenant.id, { name, role: more.role ?? "operator", teamIds: more.teamIds ?? [] });
    return { ...made, api: world.api((await enterAs(world.core, made)).token) };
  };
  const admin = { ...tenant.admin, api: world.api((await enterAs(world.core, tenant.admin)).token) };
  const arrives = async (text = "Hello") => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    return { visitor, id: (await visitor.api.call(visitApi.send, { body: word(text) })).conversation.id };
  };
  return { ...tenant, admin, person, arrives };
}
type Shop = Awaited<ReturnType<typeof shop>>;

const noticesOf = ({ id }: Shop, { memberId }: MadeMember) =>
  world.core.work(service(id, "test"), (unit) =>
    unit.rows<{ kind: string; about_id: string; open: boolean }>(
      sql`select kind, about_id, dismissed_at is null as open from notice where tenant_id = ${id} and member_id = ${memberId} order by at, id`,
    ),
  );
const again = async (member: MadeMember) => world.api((await enterAs(world.core, member)).token);
const note = (api: Client, conversationId: string, mentions: string[]) =>
  api.call(conversationsApi.note, { params: { conversationId }, body: { id: newId(), body: "Look at this", mentions } });

describe("a mention in a note", () => {
  it("tells whoever it names once, and neither its author nor somebody who may not see the conversation", async () => {
    const tenant = await shop();
    const team = await tenant.admin.api.call(teamApi.createTeam, { body: { id: newId(), name: "Warranty" } });
    const [opal, pim, stranger] = [
      await tenant.person("Opal", { teamIds: [team.id] }),
      await tenant.person("Pim", { teamIds: [team.id] }),
      await tenant.person("Rae"),
    ];
    const { id } = await tenant.arrives();
    await tenant.admin.api.call(conversationsApi.handOver, { params: { conversationId: id }, body: { teamId: team.id, assigneeId: null } });
    await note(opal.api, id, [pim.memberId, opal.memberId, stranger.memberId]);
    await note(opal.api, id, []);
    await world.settle();
    expect(await noticesOf(tenant, pim)).toEqual([{ kind: "conversation.mentioned", about_id: id, open: true }]);
    expect(await noticesOf(tenant, opal)).toEqual([]);
    expect(await noticesOf(tenant, stranger)).toEqual([]);
  });
});

describe("a conversation that is offered because nobody answered", () => {
  it("rings for those it is offered to, until one of them takes it", async () => {
    const tenant = await shop();
    const [opal, pim] = [await tenant.person("Opal"), await tenant.person("Pim")];
    const { id } = await tenant.arrives();
    await world.core.work(service(tenant.id, "test"), async (unit) => {
      unit.happened(conversationOffered, {
        conversationId: id,
        from: null,
        level: "to_everyone",
        memberIds: [opal.memberId, pim.memberId],
        minutes: 2,
      });
    });
    await world.settle();
    const told = { kind: "conversation.escalated", about_id: id };
    for (const one of [opal, pim]) expect(await noticesOf(tenant, one)).toEqual([{ ...told, open: true }]);
    world.clock.advance(1_000);
    expect((await opal.api.call(routingApi.takeNext)).conversationId).toBe(id);
    await world.settle();
    for (const one of [opal, pim]) expect(await noticesOf(tenant, one)).toEqual([{ ...told, open: false }]);
  });

  it("rings for nobody when it is taken before that was worked off", async () => {
    const tenant = await shop();
    const [opal, pim] = [await tenant.person("Opal"), await tenant.person("Pim")];
    const { id } = await tenant.arrives();
    await world.settle();
    const offered = conversationNotices.find(({ name }) => name === "notifications.escalated");
    const payload = { conversationId: id, from: null, level: "to_everyone", memberIds: [pim.memberId], minutes: 2 };
    const event = { tenantId: tenant.id, seq: 1, type: conversationOffered.type, actor: {}, payload, at: world.clock.now() };
    const taking = await midway(world.core, "update conversation set assignee_id = $2 where id = $1", [id, opal.memberId]);
    const late = offered?.run(world.core, event);
    await Promise.race([late, taking.waitedFor()]);
    await taking.commit();
    await late;
    expect(await noticesOf(tenant, pim)).toEqual([]);
  });
});

describe("a conversation that nobody has seen", () => {
  const pass = async (tenant: Shop, minutes: number) => {
    world.clock.advance(minutes * 60_000);
    world.mailbox.clear();
    await unseenMailJob.run(world.core, {});
    // Other tenants' conversations wait as well.
    return world.mailbox.mails.filter(({ text }) => text.includes(tenant.name)).map(({ to }) => to);
  };

  it("is told by one mail to one person: whoever has it, once, and again only for another wait", async () => {
    const tenant = await shop();
    const [opal] = [await tenant.person("Opal"), await tenant.person("Pim")];
    const { id, visitor } = await tenant.arrives();
    await tenant.admin.api.call(conversationsApi.assign, { params: { conversationId: id }, body: { assigneeId: opal.memberId } });
    await world.settle();
    expect(await pass(tenant, 14)).toEqual([]);
    expect(await pass(tenant, 2)).toEqual([opal.email]);
    expect(world.mailbox.latest(opal.email)?.text).not.toContain("Hello");
    expect(await pass(tenant, 2)).toEqual([]);
    // Tokens last a quarter of an hour.
    await (await again(opal)).call(conversationsApi.send, { params: { conversationId: id }, body: { id: newId(), body: "Here" } });
    world.clock.advance(60_000);
    await visitor.api.call(visitApi.send, { body: word("And another thing", id) });
    expect(await pass(tenant, 16)).toEqual([opal.email]);
  });

  it("goes to one who may answer it and wants mails, on duty first; to nobody when somebody looked", async () => {
    const tenant = await shop();
    const team = await tenant.admin.api.call(teamApi.createTeam, { body: { id: newId(), name: "Warranty" } });
    const inTeam = { teamIds: [team.id] };
    const [off, quiet, opal] = [
      await tenant.person("Off", inTeam),
      await tenant.person("Quiet", inTeam),
      await tenant.person("Opal", inTeam),
    ];
    await tenant.person("Outside");
    await off.api.call(routingApi.setAvailability, { body: { duty: "off" } });
    await setPreference(quiet.api, "notifications.unseenMail", false);
    await setPreference(tenant.admin.api, "notifications.unseenMail", false);
    const { id } = await tenant.arrives();
    await tenant.admin.api.call(conversationsApi.handOver, { params: { conversationId: id }, body: { teamId: team.id, assigneeId: null } });
    await world.settle();
    expect(await pass(tenant, 16)).toEqual([opal.email]);

    const seen = await tenant.arrives();
    await (await again(opal)).call(conversationsApi.read, { params: { conversationId: seen.id }, body: { number: 1 } });
    await world.settle();
    expect(await pass(tenant, 16)).toEqual([]);
  });

  it("passes over whoever has quiet hours, and reaches them at their end when nobody else can be told", async () => {
    const tenant = await shop();
    const opal = await tenant.person("Opal");
    await setPreference(tenant.admin.api, "notifications.unseenMail", false);
    const zone = createZone("Asia/Bangkok");
    const wall = (minutes: number) => timeOfMinutes(zone.minuteAt(world.clock.now().getTime() + minutes * 60_000));
    const hours = { from: wall(-1), to: wall(60), zone: zone.id, urgentReminders: true };
    await setPreference(opal.api, quietHoursPreference, hours);
    await tenant.arrives();
    await world.settle();
    expect(await pass(tenant, 30)).toEqual([]);
    expect(await pass(tenant, 31)).toEqual([opal.email]);

    await setPreference(await again(opal), quietHoursPreference, { ...hours, from: wall(-1), to: wall(120) });
    const pim = await tenant.person("Pim");
    await tenant.arrives();
    await world.settle();
    expect(await pass(tenant, 16)).toEqual([pim.email]);
  });
});

async function setPreference(api: Client, key: string, value: boolean | Record<string, string | boolean>): Promise<void> {
  const caller = { protocol: protocolVersion, schema: schemaVersion, app: "0.1.0" };
  const { device, epoch } = await api.call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
  const mutation = { mid: 1, base: 0, name: "setPreference", v: 1, args: { key, value }, at: world.clock.now().toISOString() };
  const { results } = await api.call(syncApi.push, { body: { ...caller, device, epoch, mutations: [mutation] } });
  expect(results).toMatchObject([{ status: "done" }]);
}

describe("a limit of the plan", () => {
  it("is told to admins by mail at 90 and 100 percent, not at 80, and to nobody else", async () => {
    const tenant = await shop("free");
    const opal = await tenant.person("Opal");
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { teams: 10 }));
    const make = async (count: number) => {
      for (let index = 0; index < count; index += 1)
        await tenant.admin.api.call(teamApi.createTeam, { body: { id: newId(), name: newId() } });
      world.mailbox.clear();
      await world.settle();
      return world.mailbox.mails
        .filter(({ subject }) => subject.includes("Teams"))
        .map(({ to, subject }) => [to, /\d+ %/u.exec(subject)?.[0]]);
    };
    expect(await make(8)).toEqual([]);
    expect(await make(1)).toEqual([[tenant.admin.email, "90 %"]]);
    expect(await make(1)).toEqual([[tenant.admin.email, "100 %"]]);
    expect(world.mailbox.latest(opal.email)).toBeUndefined();
  });
});
