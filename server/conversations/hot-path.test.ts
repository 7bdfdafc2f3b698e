import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";
import { sendStatement, sendValues, senderOf, type Outgoing, type ResultRow } from "./sender.ts";
import { makeVisitor, word } from "./make.ts";

let world: World;
let superuser: pg.Client;
const tenants: { tenant: MadeTenant; site: string; conversationId: string; visitorId: string }[] = [];

beforeAll(async () => {
  world = await createWorld();
  superuser = new pg.Client({ connectionString: world.database.superuser });
  await superuser.connect();
  for (const site of ["one.example", "two.example", "three.example"]) {
    const tenant = await makeTenant(world.core, { site });
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const { conversation } = await visitor.api.call(visitApi.send, { body: word("first") });
    tenants.push({ tenant, site, conversationId: conversation.id, visitorId: visitor.id });
  }
});
afterAll(async () => {
  await superuser.end();
  await world.stop();
});

const at = (index: number) => {
  const found = tenants[index];
  if (!found) throw new Error("no such tenant");
  return found;
};

function outgoing(index: number, body: string, more: Partial<Outgoing> = {}): Outgoing {
  const { tenant, conversationId, visitorId } = at(index);
  return {
    tenantId: tenant.id,
    conversationId,
    id: newId(),
    kind: "visitor",
    authorId: visitorId,
    senderDevice: null,
    body,
    mentions: [],
    gate: null,
    ...more,
  };
}

/** Every number that a tenant's clock has given out, from all three places where numbers stand. */
async function numbersOf(tenantId: string): Promise<{ given: number[]; clock: number }> {
  const { rows } = await superuser.query<{ seq: string }>(
    `select seq from message where tenant_id = $1 union all select seq from change_log where tenant_id = $1
     union all select seq from event_log where tenant_id = $1 order by seq`,
    [tenantId],
  );
  const clock = await superuser.query<{ seq: string }>("select seq from tenant_clock where tenant_id = $1", [tenantId]);
  return { given: rows.map(({ seq }) => Number(seq)), clock: Number(clock.rows[0]?.seq) };
}

describe("the batched send", () => {
  it("stores messages of several tenants in one statement, each once, in order, with dense numbers", async () => {
    const sender = senderOf(world.core);
    const batches = () => world.core.metrics.registry.getSingleMetricAsString("switchboard_send_batches_total");
    const before = await batches();
    const sends = Array.from({ length: 600 }, (_, n) => outgoing(n % 3, `message ${n}`));
    const changes = Array.from({ length: 6 }, async (_, n) => {
      const { tenant, conversationId } = at(n % 3);
      const api = world.api((await enterAs(world.core, tenant.admin)).token);
      await api.call(conversationsApi.setSubject, { params: { conversationId }, body: { subject: `subject ${n}` } });
    });
    const stored = await Promise.all(sends.map((item) => sender.send(item)));
    await Promise.all(changes);
    expect(stored.every(({ outcome }) => outcome === "sent")).toBe(true);
    const count = (text: string) => Number(/_total (\d+)/.exec(text)?.[1]);
    expect(count(await batches()) - count(before)).toBeLessThan(60);
    for (const index of [0, 1, 2]) {
      const mine = stored.filter((_, n) => n % 3 === index);
      // In the order in which they were given, without a hole: one was there before.
      expect(mine.map(({ number }) => number)).toEqual(mine.map((_, n) => n + 2));
      const { given, clock } = await numbersOf(at(index).tenant.id);
      expect(given).toEqual(Array.from({ length: clock }, (_, n) => n + 1));
    }
  });

  it("joins conversation and tenant: another tenant's conversation does not exist", async () => {
    const sender = senderOf(world.core);
    const before = await numbersOf(at(1).tenant.id);
    await expect(sender.send(outgoing(0, "stray", { conversationId: at(1).conversationId }))).rejects.toThrow("not_found");
    await expect(sender.send(outgoing(0, "nowhere", { conversationId: newId() }))).rejects.toThrow("not_found");
    expect(await numbersOf(at(1).tenant.id)).toEqual(before);
  });

  it("checks what the sender may reach, also when the caller did not", async () => {
    const sender = senderOf(world.core);
    await expect(sender.send(outgoing(0, "no", { gate: `v ${newId()} ${newId()}` }))).rejects.toThrow("not_found");
    await expect(sender.send(outgoing(0, "no", { gate: "x" }))).rejects.toThrow("not_found");
    await expect(sender.send(outgoing(0, "yes", { gate: `v ${at(0).visitorId} ${newId()}` }))).resolves.toMatchObject({ outcome: "sent" });
    // Without a team every member of the tenant may.
    await expect(sender.send(outgoing(0, "yes", { gate: "m ", kind: "operator" }))).resolves.toMatchObject({ outcome: "sent" });
  });

  it("fails one bad message without the others of its batch", async () => {
    const sender = senderOf(world.core);
    const good = Array.from({ length: 20 }, (_, n) => outgoing(n % 3, `good ${n}`));
    const bad = outgoing(1, "bad", { kind: "nonsense" as never });
    const results = await Promise.allSettled([...good.slice(0, 10), bad, ...good.slice(10)].map((item) => sender.send(item)));
    expect(results.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(results[10]?.status).toBe("rejected");
  });

  it("does not wait for a conversation that somebody else holds, and stores the message when it is free", async () => {
    const sender = senderOf(world.core);
    const { tenant, conversationId } = at(2);
    await superuser.query("begin");
    await superuser.query("select 1 from conversation where tenant_id = $1 and id = $2 for no key update", [tenant.id, conversationId]);
    const held = sender.send(outgoing(2, "held"));
    // Others go on meanwhile, of the same lane or not.
    await Promise.all([0, 1, 0, 1].map((index) => sender.send(outgoing(index, "free"))));
    await superuser.query("commit");
    expect(await held).toMatchObject({ outcome: "sent" });
  });

  it("keeps the order of a conversation that somebody takes again and again", async () => {
    const sender = senderOf(world.core);
    const { tenant, conversationId } = at(2);
    let done = false;
    const taking = (async () => {
      while (!done) {
        await superuser.query("begin");
        await superuser.query("select 1 from conversation where tenant_id = $1 and id = $2 for no key update", [tenant.id, conversationId]);
        await superuser.query("select pg_sleep(0.003)");
        await superuser.query("commit");
      }
    })();
    const sends: Promise<{ number: number }>[] = [];
    for (let n = 0; n < 60; n += 1) {
      sends.push(sender.send(outgoing(2, `word ${n}`)));
      if (n % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const numbers = (await Promise.all(sends)).map(({ number }) => number);
    done = true;
    await taking;
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  });

  it("takes all messages of a conversation or none, also when it is let go while the statement runs", async () => {
    const { tenant, conversationId } = at(2);
    const mixed: string[] = [];
    const seen = new Set<string>();
    let done = false;
    const taking = (async () => {
      while (!done) {
        await superuser.query("begin");
        await superuser.query("select 1 from conversation where tenant_id = $1 and id = $2 for no key update", [tenant.id, conversationId]);
        await superuser.query("commit");
      }
    })();
    for (let round = 0; round < 60; round += 1) {
      const items = Array.from({ length: 200 }, (_, n) => outgoing(2, `round ${round}, ${n}`));
      const { rows } = await world.core.pools.app.query<ResultRow>(sendStatement, sendValues(items, world.core.clock.now()));
      const outcomes = new Set(rows.map((row) => row.o_outcome));
      for (const outcome of outcomes) seen.add(outcome);
      if (outcomes.size > 1) mixed.push(`round ${round}: ${rows.findIndex((row) => row.o_outcome === "sent")} left behind`);
    }
    done = true;
    await taking;
    expect(mixed).toEqual([]);
    // Both happened, else nothing was tried.
    expect([...seen].toSorted()).toEqual(["busy", "sent"]);
  });

  it("wakes a closed conversation when the visitor writes, and says so in the timeline", async () => {
    const { tenant, conversationId } = at(0);
    const api = world.api((await enterAs(world.core, tenant.admin)).token);
    const params = { conversationId };
    expect((await api.call(conversationsApi.setStatus, { params, body: { to: "closed" } })).status).toBe("closed");
    await senderOf(world.core).send(outgoing(0, "a note changes nothing", { kind: "note", authorId: tenant.admin.memberId }));
    expect((await api.call(conversationsApi.get, { params })).status).toBe("closed");
    await senderOf(world.core).send(outgoing(0, "one more thing"));
    const after = await api.call(conversationsApi.get, { params });
    expect(after).toMatchObject({ status: "open", closedAt: null, preview: "one more thing", lastKind: "visitor" });
    const { rows } = await superuser.query("select payload from event_log where tenant_id = $1 and type = 'conversation.reopened'", [
      tenant.id,
    ]);
    expect(rows.map(({ payload }) => payload as unknown)).toEqual([{ conversationId, from: "closed", by: "visitor" }]);
    const { given, clock } = await numbersOf(tenant.id);
    expect(given).toEqual(Array.from({ length: clock }, (_, n) => n + 1));
  });

  it("keeps the wait from the first message that nobody answered", async () => {
    const { tenant, site } = at(1);
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const api = world.api((await enterAs(world.core, tenant.admin)).token);
    const { conversation } = await visitor.api.call(visitApi.send, { body: word("first") });
    const params = { conversationId: conversation.id };
    const since = (await api.call(conversationsApi.get, { params })).waitingSince;
    world.clock.advance(30_000);
    await visitor.api.call(visitApi.send, { body: word("second") });
    await api.call(conversationsApi.note, { params, body: { id: newId(), body: "hm", mentions: [] } });
    expect((await api.call(conversationsApi.get, { params })).waitingSince).toBe(since);
    await api.call(conversationsApi.send, { params, body: { id: newId(), body: "answer" } });
    expect((await api.call(conversationsApi.get, { params })).waitingSince).toBeNull();
  });
});
