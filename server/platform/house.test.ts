/** Maintenance mode, the queue, support requests. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { platformApi, supportApi } from "../../shared/api/platform.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { ApiProblem } from "../../shared/client/client.ts";
import { defineEvent } from "../../shared/events/define.ts";
import { z } from "zod";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { codeOf, listenAsMember, makeVisitor, word } from "../conversations/make.ts";
import { feature } from "../core/feature.ts";
import { newId } from "../core/ids.ts";
import { job } from "../core/jobs/define.ts";
import { features } from "../features.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

const site = "shop.example";
const flaky = { fails: true, ran: 0 };
const sample = feature({
  name: "sample",
  events: [defineEvent("sample.happened", z.object({}))],
  jobs: [
    job({
      name: "sample.flaky",
      async run() {
        flaky.ran += 1;
        if (flaky.fails) throw new Error("the letter was lost");
      },
    }),
  ],
});

let world: World;
let root: MadeSuperAdmin;
let tenant: MadeTenant;
let admin: ReturnType<World["api"]>;

beforeAll(async () => {
  world = await createWorld({ features: [...features, sample] });
  root = await makeSuperAdmin(world);
  tenant = await makeTenant(world.core, { site });
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
});
afterAll(() => world.stop());

const until = async (fits: () => Promise<boolean>) => expect.poll(fits, { timeout: 8_000, interval: 20 }).toBe(true);

describe("maintenance mode", () => {
  const set = (on: boolean, message: string | null = null) => root.api.call(platformApi.setMaintenance, { body: { on, message } });
  afterEach(async () => {
    await set(false);
    await until(async () => (await problemOf(admin.call(tenantsApi.get))) === null);
  });

  it("answers everybody but the back office with 503 and when to come back, in every process, sockets too", async () => {
    const second = await world.another();
    const ann = await makeVisitor(world.url, { slug: tenant.slug, site });
    const { token } = await enterAs(world.core, tenant.admin);
    const ear = await listenAsMember(world.url, { token });
    const { conversation } = await ann.api.call(visitApi.send, { body: word("Hello?") });

    expect(await set(true, "Back at noon")).toEqual({ on: true, message: "Back at noon" });
    const elsewhere = async () =>
      (await fetch(`${second.url}${tenantsApi.get.path}`, { headers: { authorization: `Bearer ${token}` } })).status;
    await until(async () => (await problemOf(admin.call(tenantsApi.get))) === "maintenance");
    await until(async () => (await elsewhere()) === 503);

    const refused = await admin.call(tenantsApi.get).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(refused).toMatchObject({ code: "maintenance", retryAfterSeconds: 60, document: { data: { message: "Back at noon" } } });
    expect(await problemOf(ann.api.call(visitApi.send, { body: word("Anybody?") }))).toBe("maintenance");
    expect(codeOf(await ear.ask("send", { id: newId(), conversation: conversation.id, text: "Hi" }))).toBe("maintenance");
    await expect(listenAsMember(world.url, { token })).rejects.toMatchObject({ code: "maintenance" });
    for (const path of ["/healthz", "/readyz", "/signup"]) expect([path, (await fetch(world.url + path)).status]).toEqual([path, 200]);
    expect((await root.api.call(platformApi.health)).maintenance).toEqual({ on: true, message: "Back at noon" });

    expect(await set(false)).toEqual({ on: false, message: null });
    await until(async () => (await elsewhere()) === 200);
    await until(async () => !("problem" in (await ear.ask("send", { id: newId(), conversation: conversation.id, text: "Hi" }))));
    ear.close();
    await second.stop();
    const { items } = await root.api.call(platformApi.audit, { query: { limit: 2 } });
    expect(items.map(({ type, payload }) => [type, payload["on"]])).toEqual([
      ["platform.maintenance_set", false],
      ["platform.maintenance_set", true],
    ]);
  });

  it("holds for a process that starts in the middle of it", async () => {
    await set(true);
    const late = await world.another();
    expect((await fetch(`${late.url}${visitApi.config.path}?tenant=${tenant.slug}`)).status).toBe(503);
    await late.stop();
  });
});

describe("the queue", () => {
  it("shows what it gave up and runs it again when asked, once", async () => {
    await world.core.later("sample.flaky", {}, { key: "flaky" });
    // The last of its tries: the queue waits long between them.
    const giveUp =
      "update graphile_worker._private_jobs set attempts = max_attempts where key = 'flaky' and attempts > 0 and locked_at is null";
    await until(async () => (await world.core.pools.system.query(giveUp)).rowCount === 1);
    await until(async () => (await root.api.call(platformApi.health)).queue.failed === 1);
    const [failed] = (await root.api.call(platformApi.health)).failedJobs;
    expect(failed).toMatchObject({ task: "sample.flaky", error: expect.stringContaining("the letter was lost") });
    expect((await root.api.call(platformApi.overview)).failedJobs).toBe(1);
    flaky.fails = false;
    const ran = flaky.ran;
    const params = { jobId: failed?.id ?? "" };
    await root.api.call(platformApi.retryJob, { params });
    await until(async () => flaky.ran === ran + 1);
    await until(async () => (await root.api.call(platformApi.health)).queue.failed === 0);
    expect(await problemOf(root.api.call(platformApi.retryJob, { params }))).toBe("not_found");
    const { items } = await root.api.call(platformApi.audit, { query: { limit: 1 } });
    expect(items[0]).toMatchObject({ type: "platform.job_retried", payload: { task: "sample.flaky" } });
  });
});

describe("a support request", () => {
  it("is asked by an admin, listed open ones first, answered once by mail, and in both logs", async () => {
    const body = { id: newId(), subject: "Invoices", body: "Where do I find them?" };
    expect(await admin.call(supportApi.ask, { body })).toMatchObject({
      status: "open",
      tenantName: tenant.name,
      askedBy: tenant.admin.name,
    });
    expect(await admin.call(supportApi.ask, { body })).toMatchObject({ id: body.id });
    expect(await problemOf(admin.call(supportApi.ask, { body: { ...body, body: "Other" } }))).toBe("id_reused");
    const operator = world.api((await enterAs(world.core, await makeMember(world.core, tenant.id))).token);
    expect(await problemOf(operator.call(supportApi.ask, { body: { ...body, id: newId() } }))).toBe("forbidden");

    const params = { requestId: body.id };
    const answered = await root.api.call(platformApi.answerRequest, { params, body: { answer: "Under Settings.\n\nAt the bottom." } });
    expect(answered).toMatchObject({ status: "answered", answer: "Under Settings.\n\nAt the bottom." });
    await root.api.call(platformApi.answerRequest, { params, body: { answer: "Under Settings.\n\nAt the bottom." } });
    expect(await problemOf(root.api.call(platformApi.answerRequest, { params, body: { answer: "Elsewhere." } }))).toBe("stale_state");
    await world.settle();
    const mails = world.mailbox.mails.filter(({ to, subject }) => to === tenant.admin.email && subject.includes("Invoices"));
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain("At the bottom.");

    for (const subject of ["A", "B", "C"]) await admin.call(supportApi.ask, { body: { id: newId(), subject, body: "?" } });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await root.api.call(platformApi.listRequests, { query: { limit: 1, ...(cursor === undefined ? {} : { cursor }) } });
      seen.push(...page.items.map(({ subject }) => subject));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(seen.slice(0, 3).toSorted()).toEqual(["A", "B", "C"]);
    expect(seen[3]).toBe("Invoices");
    expect((await root.api.call(platformApi.listRequests, { query: { status: "answered" } })).items).toHaveLength(1);
    expect((await root.api.call(platformApi.overview)).openRequests).toBe(3);

    expect((await admin.call(supportApi.list, { query: { limit: 2 } })).items).toHaveLength(2);
    const stranger = world.api((await enterAs(world.core, (await makeTenant(world.core)).admin)).token);
    expect((await stranger.call(supportApi.list, {})).items).toEqual([]);
    expect((await admin.call(auditApi.list, { query: { type: "support." } })).items.map(({ type }) => type)).toContain("support.answered");
    expect((await root.api.call(platformApi.audit, { query: { limit: 1 } })).items[0]?.type).toBe("platform.request_answered");
  });
});
