/** What two operators see of what happened in a conversation, with the server and without it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { conversationsApi, labelsApi } from "@switchboard/shared/api/conversations.ts";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { newId } from "../../../server/core/ids.ts";
import type { TimelineLine } from "../../bridge/inbox.ts";
import { startProxy } from "../testing/proxy.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const said = ({ kind, by, to, from, fromTeam }: TimelineLine) => ({ kind, by, to, from, fromTeam });

it("tells both operators the same in words of their own, between the messages, and keeps it offline", async () => {
  const proxy = await startProxy(shop.world.url);
  const [opal, mali] = [await shop.member("operator", [], "Opal"), await shop.member("operator", [], "Mali")];
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  const team = await admin.call(teamApi.createTeam, { body: { id: newId(), name: "Warranty", memberIds: [opal.memberId, mali.memberId] } });
  const visit = await shop.visitor("The lid does not fit");
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  const [hers, other] = [await shop.console(mali), await shop.console(opal, {}, proxy.url)];
  const mutate = (made: typeof hers, name: string, args: Record<string, unknown>) =>
    made.page.do("mutate", { tenantId: shop.tenant.id, name, args: { conversationId: visit.conversationId, ...args } });

  await other.page.until("conversation.open", one, (value) => value !== null);
  await mutate(other, "assignConversation", { assigneeId: opal.memberId });
  await hers.page.until("conversation.open", one, (value) => value?.assignee?.id === opal.memberId);
  await mutate(hers, "assignConversation", { assigneeId: mali.memberId });
  await other.page.until("conversation.open", one, (value) => value?.assignee?.id === mali.memberId);
  await visit.say("Are you there?");
  await mutate(hers, "handOver", { teamId: team.id, assigneeId: opal.memberId, comment: { id: newId(), body: "She has a photo." } });
  await other.page.until("conversation.open", one, (value) => value?.teamName === "Warranty");
  await mutate(other, "setStatus", { to: "closed" });
  await hers.page.until("conversation.open", one, (value) => value?.status === "closed");

  const person = (name: string, me: boolean) => ({ name, me });
  const empty = { by: null, to: null, from: null, fromTeam: null };
  const asSeen = (byMali: boolean) => {
    const [maliSeen, opalSeen] = [person("Mali", byMali), person("Opal", !byMali)];
    return [
      { ...empty, kind: "started" },
      { ...empty, kind: "taken", by: opalSeen },
      { ...empty, kind: "taken_over", by: maliSeen, from: opalSeen },
      { ...empty, kind: "handed_over", by: maliSeen, to: opalSeen },
      { ...empty, kind: "closed", by: opalSeen },
    ];
  };
  const there = await hers.page.until("conversation.messages", one, ({ timeline }) => timeline.some(({ kind }) => kind === "closed"));
  expect(there.timeline.map(said)).toEqual(asSeen(true));
  expect(there.timeline.find(({ kind }) => kind === "handed_over")?.comment).toBe(true);
  // Taken and taken over behind the first message; passed on behind the note that goes with it.
  expect(there.timeline.map(({ afterNumber }) => afterNumber)).toEqual([0, 1, 1, 3, 3]);
  const here = await other.page.until("conversation.messages", one, ({ timeline }) => timeline.some(({ kind }) => kind === "closed"));
  expect(here.timeline.map(said)).toEqual(asSeen(false));

  proxy.down(true);
  const again = await other.restart();
  const offline = await again.page.until("conversation.messages", one, ({ messages }) => messages.length > 0);
  expect(offline.timeline.map(said)).toEqual(asSeen(false));
  await again.stop();
  await proxy.close();
}, 60_000);

it("brings what happened with the messages of a conversation that is fetched, each window its own", async () => {
  const mali = await shop.member("operator", [], "Mali");
  const api = shop.world.api((await enterAs(shop.world.core, mali)).token);
  const visit = await shop.visitor("1");
  const params = { conversationId: visit.conversationId };
  for (let round = 2; round <= 8; round += 1) {
    await api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await visit.say(String(round));
  }
  const made = await shop.console(mali);
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  const windows = [];
  for (let before: number | undefined; ;) {
    const page = await made.page.until(
      "conversation.messages",
      { ...one, limit: 3, ...(before === undefined ? {} : { before }) },
      (value) => value.messages.length > 0,
    );
    windows.unshift(page.timeline.map(({ kind }) => kind));
    before = page.messages[0]?.number;
    if (page.earlier !== "local") break;
  }
  const pair = ["closed", "reopened_visitor"];
  expect(windows).toHaveLength(3);
  expect(windows.flat()).toEqual(["started", ...Array.from({ length: 7 }, () => pair).flat()]);
}, 60_000);

it("says that a rule put the labels, not somebody", async () => {
  const mali = await shop.member("operator", [], "Mali");
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  const label = await admin.call(labelsApi.create, { body: { id: newId(), name: "Shoes", colour: "#336699" } });
  const params = { kind: "routing" as const };
  const { version, document } = await admin.call(tenantsApi.getSettings, { params });
  const rule = { id: newId(), labelId: label.id, when: "page", compare: "contains", text: "/shoes" };
  await admin.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, labelRules: [rule] } } });
  const { conversationId } = await shop.visitor("Do they come in 44?");
  const made = await shop.console(mali);
  const one = { tenantId: shop.tenant.id, conversationId };
  const { timeline } = await made.page.until("conversation.messages", one, ({ messages }) => messages.length > 0);
  expect(timeline.map(({ kind, by, labels }) => ({ kind, by, labels }))).toEqual([
    { kind: "started", by: null, labels: [] },
    { kind: "labels_by_rule", by: null, labels: ["Shoes"] },
  ]);
}, 60_000);
