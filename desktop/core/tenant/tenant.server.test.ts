/** A person in several tenants and teams against the real server: what comes, what goes, what is fetched on demand. */
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { followupsApi } from "@switchboard/shared/api/followups.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { enterAs, makeMember, makeTenant, madePassword, type MadeMember } from "../../../server/accounts/make.ts";
import { newId } from "../../../server/core/ids.ts";
import { service } from "../../../server/core/actor.ts";
import { sql } from "../../../server/core/database/sql.ts";
import { filesOf } from "../store/file.ts";
import { tenantFolder } from "../store/tenant-store.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
let admin: MadeMember;
beforeAll(async () => {
  shop = await openShop();
  admin = shop.tenant.admin;
});
afterAll(() => shop.stop());

const apiOf = async (member: MadeMember) => shop.world.api((await enterAs(shop.world.core, member)).token);

async function until(what: string, fits: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await fits())) {
    if (performance.now() > end) throw new Error(`${what} did not happen`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe("a team that is lost", () => {
  it("takes its conversations with it, from the screen, the search and the disk", async () => {
    const canary = "zanzibarkanarie";
    const api = await apiOf(admin);
    const opal = await shop.member();
    const team = await api.call(teamApi.createTeam, { body: { id: newId(), name: "Warranty", memberIds: [opal.memberId] } });
    const visit = await shop.visitor(`my ${canary} is broken`);
    await api.call(conversationsApi.handOver, {
      params: { conversationId: visit.conversationId },
      body: { teamId: team.id, assigneeId: null },
    });
    const made = await shop.console(opal);
    const { page } = made;
    const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
    await page.until("conversation.open", one, (value) => value?.teamName === "Warranty");
    await page.until("search.find", { tenants: "all", text: canary }, ({ hits }) => hits.length > 0);
    const folder = tenantFolder(made.folder.path, shop.tenant.id, opal.accountId);
    const withCanary = () =>
      [...filesOf(join(folder, "cache.db")), ...filesOf(join(folder, "outbox.db"))].filter((file) => readFileSync(file).includes(canary));
    expect(withCanary().length).toBeGreaterThan(0);

    await api.call(teamApi.removeTeamMember, { params: { teamId: team.id, memberId: opal.memberId } });
    await page.until("conversation.open", one, (value) => value === null);
    expect((await page.ask("search.find", { tenants: "all", text: canary })).hits).toEqual([]);
    await until("the files are clean", () => withCanary().length === 0, 10_000);

    await api.call(teamApi.addTeamMember, { params: { teamId: team.id, memberId: opal.memberId } });
    await page.until("conversation.open", one, (value) => value?.teamName === "Warranty");
    await page.until("conversation.messages", one, ({ messages }) => messages.length === 1);
  }, 60_000);
});

describe("tasks", () => {
  it("are on an admin's computer, with their reminders, and not on an operator's", async () => {
    const boss = await shop.console(admin);
    const operator = await shop.console(await shop.member());
    const tenantId = shop.tenant.id;
    const id = newId();
    const at = new Date(Date.now() + 3_600_000).toISOString();
    await boss.page.do("mutate", {
      tenantId,
      name: "createTask",
      args: {
        id,
        title: "Reserve one celadon set",
        description: "",
        due: { at, zone: "Asia/Bangkok" },
        dueAllDay: false,
        priority: "high",
        assigneeId: admin.memberId,
        contactId: null,
        labelIds: [],
        remindBefore: [30],
        conversationId: null,
        messageId: null,
      },
    });
    const listed = await boss.page.until("tasks.list", { tenants: "all" }, ({ items }) =>
      items.some((task) => task.id === id && !task.pending),
    );
    expect(listed.items.find((task) => task.id === id)).toMatchObject({
      title: "Reserve one celadon set",
      priority: "high",
      overdue: false,
      assignee: { id: admin.memberId },
    });
    const [tenant] = boss.core.desk.tenants();
    await until("the reminder is here", () => [...(tenant?.store.cache.list("reminder") ?? [])].some((one) => one.aboutId === id));
    const other = operator.core.desk.tenants()[0];
    expect([...(other?.store.cache.list("task") ?? [])]).toEqual([]);
    await operator.page.do("mutate", { tenantId, name: "addTaskComment", args: { id: newId(), taskId: id, body: "sneaky", mentions: [] } });
    const { items } = await operator.page.until("outbox.list", {}, (value) => value.items.some(({ state }) => state === "rejected"));
    expect(items[0]?.rejection?.code).toMatch(/^(?:forbidden|not_visible)$/u);
  }, 60_000);
});

describe("work of an admin", () => {
  const canary = "zanzibarkanarie";
  const onDisk = (made: { folder: { path: string } }, member: MadeMember) => {
    const folder = tenantFolder(made.folder.path, shop.tenant.id, member.accountId);
    return [...filesOf(join(folder, "cache.db")), ...filesOf(join(folder, "outbox.db"))].filter((file) =>
      readFileSync(file).includes(canary),
    );
  };

  it("leaves no word on an operator's computer, and goes from the one of somebody who loses the right", async () => {
    const api = await apiOf(admin);
    const [opal, mali] = [await shop.member(), await shop.member("admin")];
    const [operator, second] = [await shop.console(opal), await shop.console(mali)];
    const due = { at: new Date(Date.now() + 90 * 60_000).toISOString(), zone: "Asia/Bangkok" };
    const conversation = { conversationId: (await shop.visitor("Hello")).conversationId };
    const task = await api.call(tasksApi.create, {
      body: { id: newId(), title: `${canary} task`, description: canary, due, assigneeId: mali.memberId, ...conversation },
    });
    // Who may not see it is mentioned, and is even given one: neither tells them of it.
    const body = { id: newId(), body: `${canary} comment`, mentions: [opal.memberId, mali.memberId] };
    await api.call(tasksApi.comment, { params: { taskId: task.id }, body });
    await api.call(followupsApi.create, {
      body: { id: newId(), due, type: `${canary} type`, channel: "phone", notes: canary, assigneeId: opal.memberId, ...conversation },
    });
    await second.page.until("tasks.list", { tenants: "all" }, ({ items }) =>
      items.some(({ id, comments }) => id === task.id && comments > 0),
    );
    const [theirs] = second.core.desk.tenants();
    const reminders = (tenant: typeof theirs) =>
      [...(tenant?.store.cache.list("reminder") ?? [])].filter(({ memberId }) => memberId !== admin.memberId);
    await until(
      "the reminder and the notice are here",
      () => reminders(theirs).length > 0 && [...(theirs?.store.cache.list("notice") ?? [])].length > 1,
    );
    expect(onDisk(second, mali)).not.toEqual([]);

    const [own] = operator.core.desk.tenants();
    own?.engine.now();
    await operator.page.until("inbox.list", { tenants: "all", queue: "queue" }, ({ items }) =>
      items.some(({ id }) => id === conversation.conversationId),
    );
    expect(onDisk(operator, opal)).toEqual([]);
    for (const entity of ["task", "taskComment", "followup", "reminder", "notice"] as const)
      expect([entity, [...(own?.store.cache.list(entity) ?? [])]]).toEqual([entity, []]);
    expect((await operator.page.ask("search.find", { tenants: "all", text: canary })).hits).toEqual([]);
    expect(await operator.page.ask("work.counts", { tenants: "all" })).toMatchObject({ tasksMine: 0, followupsToday: 0 });
    expect(JSON.stringify(operator.outside.shown)).not.toContain(canary);
    for (const name of ["tasks.list", "followups.list", "reports.tasks", "reports.followups", "calendar.list"])
      await expect(
        operator.page.do("api", {
          tenantId: shop.tenant.id,
          name,
          query: name.startsWith("reports") ? { from: "2026-01-01", to: "2026-01-02" } : {},
        }),
      ).rejects.toMatchObject({ code: "forbidden" });

    await api.call(teamApi.updateMember, { params: { memberId: mali.memberId }, body: { role: "operator" } });
    await until("the rows are gone", () => reminders(theirs).length === 0 && [...(theirs?.store.cache.list("task") ?? [])].length === 0);
    await until("the words are gone from the disk", () => onDisk(second, mali).length === 0);
  }, 60_000);
});

describe("a long conversation", () => {
  it("is here with its newest, brings earlier ones on demand, and finds the oldest at the server", async () => {
    const visit = await shop.visitor("the very first words");
    const api = await apiOf(admin);
    const params = { conversationId: visit.conversationId };
    for (let count = 2; count <= 260; count += 1)
      await api.call(conversationsApi.send, { params, body: { id: newId(), body: `message ${count}` } });
    const { page } = await shop.console(await shop.member());
    const one = { tenantId: shop.tenant.id, ...params };
    const newest = await page.until("conversation.messages", one, ({ messages }) => messages.at(-1)?.number === 260);
    expect(newest.messages).toHaveLength(50);
    expect(newest.messages[0]?.number).toBe(211);
    expect(newest.earlier).toBe("local");
    const edge = await page.until(
      "conversation.messages",
      { ...one, before: 100 },
      ({ messages, earlier }) => messages.length > 0 && earlier === "server",
    );
    const from = edge.messages[0]?.number ?? 0;
    expect(from).toBe(61);
    expect((await page.ask("conversation.messages", { ...one, before: from })).earlier).toBe("server");
    expect(await page.do("conversation.loadEarlier", { ...one, before: from })).toEqual({ complete: true });
    const first = await page.until("conversation.messages", { ...one, before: 51 }, ({ messages }) => messages[0]?.number === 1);
    expect(first).toMatchObject({ earlier: "none", messages: { 0: { body: "the very first words" } } });
    const older = await page.do("search.older", { tenantId: shop.tenant.id, text: "very first" });
    expect(older.hits).toMatchObject([{ conversationId: visit.conversationId, number: 1, snippet: "the very first words" }]);

    const other = await shop.visitor("the very first words of somebody else");
    const within = async (conversationId: string) => {
      const { hits } = await page.do("search.older", { tenantId: shop.tenant.id, text: "very first", conversationId });
      return hits.map((hit) => hit.conversationId);
    };
    await expect.poll(() => within(other.conversationId), { interval: 500 }).toEqual([other.conversationId]);
    expect(await within(visit.conversationId)).toEqual([visit.conversationId]);
  }, 120_000);
});

describe("a device that is revoked", () => {
  it("destroys its database", async () => {
    const opal = await shop.member();
    const made = await shop.console(opal);
    const folder = tenantFolder(made.folder.path, shop.tenant.id, opal.accountId);
    await shop.world.core.work(service(shop.tenant.id, "test"), (unit) =>
      unit.rows(sql`update device set revoked_at = ${unit.now} where tenant_id = ${shop.tenant.id} and member_id = ${opal.memberId}`),
    );
    const [tenant] = made.core.desk.tenants();
    tenant?.engine.now();
    await until("the files are gone", () => !existsSync(folder));
    await made.page.until("session.state", {}, ({ tenants }) => tenants.every(({ state }) => state === "choose"));
  }, 60_000);
});

describe("two tenants at once", () => {
  it("stand in one inbox, each row with its tenant, and lose nothing of each other", async () => {
    const site = `s${newId().slice(-12)}.example`;
    const second = await makeTenant(shop.world.core, { name: "Second Shop", site });
    const opal = await shop.member();
    const there = await makeMember(shop.world.core, second.id, { account: opal });
    const visit = await shop.visitor("in the first");
    const made = await shop.console(opal);
    const { page } = made;
    await page.do("session.openTenant", { tenantId: second.id });
    const state = await page.until("session.state", {}, ({ tenants }) => tenants.filter((one) => one.state === "ready").length === 2);
    expect(state.tenants.map(({ tag, colour }) => `${tag} ${colour}`)).toEqual(["BB teal", "SS rust"]);
    expect(state.tenants[1]).toMatchObject({ memberId: there.memberId, name: "Second Shop" });
    const list = await page.until("inbox.list", { tenants: "all", queue: "queue" }, ({ items }) =>
      items.some(({ id }) => id === visit.conversationId),
    );
    expect(new Set(list.items.map(({ tenantId }) => tenantId))).toEqual(new Set([shop.tenant.id]));
    expect((await page.ask("inbox.list", { tenants: [second.id], queue: "queue" })).items).toEqual([]);
    await page.do("session.closeTenant", { tenantId: second.id });
    expect(existsSync(tenantFolder(made.folder.path, second.id, opal.accountId))).toBe(false);
    expect((await page.ask("inbox.list", { tenants: "all", queue: "queue" })).items.length).toBe(list.items.length);
  }, 60_000);
});

describe("the session", () => {
  it("survives a restart, ends on both sides at sign-out, and is not remembered after it", async () => {
    const opal = await shop.member();
    const made = await shop.console(opal);
    const again = await made.restart();
    await again.page.until("sync.state", {}, ({ link }) => link === "online");
    expect(await again.page.ask("session.state", {})).toMatchObject({
      state: "signed-in",
      account: { accountId: opal.accountId },
      tenants: [{ state: "ready" }],
    });
    expect(await again.page.do("session.signOut", {})).toEqual({ unsent: 0 });
    const third = await again.restart();
    expect(await third.page.ask("session.state", {})).toMatchObject({ state: "signed-out", account: null, tenants: [] });
    const sessions = await shop.world.core.work(service(shop.tenant.id, "test"), (unit) =>
      unit.rows<{ n: string }>(
        sql`select count(*) as n from member_session where tenant_id = ${shop.tenant.id} and member_id = ${opal.memberId}`,
      ),
    );
    expect(Number(sessions[0]?.n)).toBeGreaterThan(0);
    await expect(third.page.do("session.signIn", { email: opal.email, password: "wrong" })).rejects.toMatchObject({
      code: "wrong_credentials",
    });
    expect((await third.page.do("session.signIn", { email: opal.email, password: madePassword })).tenants).toMatchObject([
      { tenantId: shop.tenant.id, role: "operator" },
    ]);
    await third.remove();
  }, 60_000);

  it("never lets a token reach the page", async () => {
    const opal = await shop.member();
    const made = await shop.console(opal);
    const seen: unknown[] = [];
    for (const name of ["session.state", "sync.state", "outbox.list", "alarms.state", "shell.facts"] as const)
      seen.push(await made.page.ask(name, {}));
    seen.push(await made.page.do("api", { tenantId: shop.tenant.id, name: "me.sessions" }));
    const refresh = await made.core.desk.ports.keyring.read();
    const access = await made.core.desk.session.tokens.access(shop.tenant.id);
    expect(refresh).not.toBeNull();
    const text = JSON.stringify(seen);
    for (const secret of [refresh ?? "", access]) expect(text.includes(secret)).toBe(false);
    for (const name of ["session.refresh", "session.openTenant", "invitations.accept", "accounts.signIn", "sync.pull", "platform.signIn"]) {
      await expect(made.page.do("api", { tenantId: shop.tenant.id, name })).rejects.toMatchObject({ code: "unknown" });
    }
  }, 60_000);
});
