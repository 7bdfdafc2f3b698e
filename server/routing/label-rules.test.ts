/** Labels that a conversation begins with, by the tenant's rules, and whom it finds by them: through the widget's calls and consoles. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { readReason } from "../../shared/model/assign-reason.ts";
import type { LabelRule } from "../../shared/model/label-rules.ts";
import type { Settings, SettingsKind } from "../../shared/model/settings.ts";
import { enterAs, makeMember } from "../accounts/make.ts";
import { listenAsMember, makeVisitor, word, type DeskEar, type MadeVisitor } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeShop, type Shop } from "./make.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const ears: DeskEar[] = [];
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});

const shop = () => makeShop(world);

async function operator(tenant: Shop, name: string, skills: string[] = []): Promise<string> {
  const made = await makeMember(world.core, tenant.id, { name });
  if (skills.length > 0) await tenant.api.call(teamApi.updateMember, { params: { memberId: made.memberId }, body: { skills } });
  const ear = await listenAsMember(world.url, { token: (await enterAs(world.core, made)).token });
  await ear.next("ready");
  ears.push(ear);
  return made.memberId;
}

async function change<K extends SettingsKind>(tenant: Shop, kind: K, changes: Partial<Settings[K]>): Promise<number> {
  const { version, document } = await tenant.api.call(tenantsApi.getSettings, { params: { kind } });
  const saved = await tenant.api.call(tenantsApi.saveSettings, {
    params: { kind },
    body: { base: version, document: { ...document, ...changes } },
  });
  await world.settle();
  return saved.version;
}

const labelOf = async (tenant: Shop, name: string) =>
  (await tenant.api.call(labelsApi.create, { body: { id: newId(), name, colour: "#336699" } })).id;
const thaiTo = (labelId: string) => ({ id: newId(), labelId, when: "language" as const, languages: ["th"] });
const speaks = (language: string) => ({ device: { language, zone: "Asia/Bangkok", screen: "desktop" as const } });
const look = (tenant: Shop, id: string) => tenant.api.call(conversationsApi.get, { params: { conversationId: id } });
const labelsOn = async (tenant: Shop, id: string) => (await look(tenant, id)).labelIds;

async function begins(tenant: Shop, more: Record<string, unknown> = {}): Promise<{ id: string; visitor: MadeVisitor }> {
  const visitor = await makeVisitor(world.url, tenant, more);
  const { conversation } = await visitor.api.call(visitApi.send, { body: word("Hello") });
  return { id: conversation.id, visitor };
}

describe("a new conversation", () => {
  it("in Thai goes to who speaks Thai, though another has been idle for longer", async () => {
    const tenant = await shop();
    const jonas = await operator(tenant, "Jonas");
    const pim = await operator(tenant, "Pim", ["thai"]);
    const label = await labelOf(tenant, "Thai");
    await change(tenant, "routing", { strategy: "longest_idle", labelRules: [thaiTo(label)] });
    const goesTo = async (language: string) => {
      const { id } = await begins(tenant, speaks(language));
      await expect.poll(async () => (await look(tenant, id)).assigneeId, { timeout: 8_000, interval: 25 }).not.toBeNull();
      return look(tenant, id);
    };
    const first = await goesTo("th-TH");
    expect([first.assigneeId, first.labelIds]).toEqual([pim, [label]]);
    expect(readReason(first.assignReason)).toMatchObject({ code: "longest_idle", skills: ["thai"] });
    // By now Pim has one and Jonas has had none: he would be next.
    const second = await goesTo("TH");
    expect(second.assigneeId).toBe(pim);
    const other = await goesTo("en-TH");
    expect([other.assigneeId, other.labelIds]).toEqual([jonas, []]);

    const { items } = await tenant.api.call(auditApi.list, { query: { conversationId: first.id, type: "conversation.labelled" } });
    expect(items).toMatchObject([{ actor: { kind: "service", reason: "label rules" }, payload: { added: [label], removed: [] } }]);
    expect((await tenant.api.call(auditApi.list, { query: { conversationId: other.id, type: "conversation.labelled" } })).items).toEqual(
      [],
    );
  });

  it("has the labels of the page on which the visitor is, also when they went there a moment ago", async () => {
    const tenant = await shop();
    const [sale, returns] = [await labelOf(tenant, "Sale"), await labelOf(tenant, "Comes back")];
    const rule = { id: newId(), when: "page" as const };
    await change(tenant, "routing", {
      labelRules: [
        { ...rule, labelId: sale, compare: "contains", text: "SHOES" },
        { ...rule, id: newId(), labelId: returns, compare: "begins", text: `${tenant.site}/returns` },
      ],
    });
    expect(await labelsOn(tenant, (await begins(tenant)).id)).toEqual([sale]);
    const visitor = await makeVisitor(world.url, tenant);
    await visitor.api.call(visitApi.page, { body: { url: `https://${tenant.site}/Returns/form?order=shoes`, title: "Returns" } });
    const { conversation } = await visitor.api.call(visitApi.send, { body: word("It does not fit") });
    expect(await labelsOn(tenant, conversation.id)).toEqual([returns]);
  });

  it("has the labels of what was answered in the form, before the first word", async () => {
    const tenant = await shop();
    const label = await labelOf(tenant, "Comes back");
    const field = { key: "topic", kind: "choice" as const, label: { en: "Topic" }, required: true, choices: ["Order", "Return"] };
    const { document } = await tenant.api.call(tenantsApi.getSettings, { params: { kind: "branding" } });
    await change(tenant, "branding", { ...(document as object), preChat: { enabled: true, fields: [field] } });
    const rule: LabelRule = { id: newId(), labelId: label, when: "answer", question: "topic", compare: "is", text: "return" };
    await change(tenant, "routing", { labelRules: [rule] });
    const answered = async (topic: string) => {
      const visitor = await makeVisitor(world.url, tenant);
      const { id } = await visitor.api.call(visitApi.begin, { body: { id: newId(), answers: { topic }, consent: true } });
      return labelsOn(tenant, id);
    };
    expect(await answered("Return")).toEqual([label]);
    expect(await answered("Order")).toEqual([]);
  });

  it("only when it begins: what a member took off stays off, and an open one is not begun again", async () => {
    const tenant = await shop();
    const label = await labelOf(tenant, "Thai");
    await change(tenant, "routing", { labelRules: [thaiTo(label)] });
    const { id, visitor } = await begins(tenant, speaks("th"));
    await tenant.api.call(conversationsApi.setLabels, { params: { conversationId: id }, body: { add: [], remove: [label] } });
    await visitor.api.call(visitApi.begin, { body: { id: newId(), answers: {}, consent: true } });
    await visitor.api.call(visitApi.send, { body: word("Anybody?", id) });
    expect(await labelsOn(tenant, id)).toEqual([]);
  });
});

describe("the rules", () => {
  it("count from the moment they are saved, and no longer when they are taken back", async () => {
    const tenant = await shop();
    const label = await labelOf(tenant, "Thai");
    const version = await change(tenant, "routing", { labelRules: [thaiTo(label)] });
    expect(await labelsOn(tenant, (await begins(tenant, speaks("th"))).id)).toEqual([label]);
    const params = { kind: "routing" as const, version: version - 1 };
    const back = await tenant.api.call(tenantsApi.restoreSettings, { params, body: { base: version } });
    expect(back.document).toMatchObject({ labelRules: [] });
    expect(await labelsOn(tenant, (await begins(tenant, speaks("th"))).id)).toEqual([]);
  });

  it("pass over labels that are gone, that never were, and that are another tenant's", async () => {
    const [tenant, other] = [await shop(), await shop()];
    const [kept, gone, foreign] = [await labelOf(tenant, "Thai"), await labelOf(tenant, "Gone"), await labelOf(other, "Thai")];
    await change(tenant, "routing", { labelRules: [gone, foreign, newId(), kept].map(thaiTo) });
    await tenant.api.call(labelsApi.remove, { params: { labelId: gone } });
    const { id } = await begins(tenant, speaks("th"));
    expect(await labelsOn(tenant, id)).toEqual([kept]);
    expect(await labelsOn(other, (await begins(other, speaks("th"))).id)).toEqual([]);
  });

  it("give the label that theirs became, and go with a label that goes; a version tells of each", async () => {
    const tenant = await shop();
    const [thai, asia, other] = [await labelOf(tenant, "Thai"), await labelOf(tenant, "Asia"), await labelOf(tenant, "Other")];
    const rules = [thaiTo(thai), thaiTo(asia), thaiTo(other)] as const;
    const version = await change(tenant, "routing", { labelRules: rules });
    const routing = async () => {
      const saved = await tenant.api.call(tenantsApi.getSettings, { params: { kind: "routing" } });
      return { version: saved.version, rules: (saved.document as unknown as Settings["routing"]).labelRules };
    };
    await tenant.api.call(labelsApi.merge, { params: { labelId: thai }, body: { into: asia } });
    expect(await routing()).toEqual({ version: version + 1, rules: [{ ...rules[0], labelId: asia }, rules[2]] });
    await world.settle();
    expect((await labelsOn(tenant, (await begins(tenant, speaks("th"))).id)).toSorted()).toEqual([asia, other].toSorted());
    await tenant.api.call(labelsApi.remove, { params: { labelId: other } });
    expect(await routing()).toEqual({ version: version + 2, rules: [{ ...rules[0], labelId: asia }] });
    await tenant.api.call(labelsApi.remove, { params: { labelId: await labelOf(tenant, "In no rule") } });
    expect((await routing()).version).toBe(version + 2);
  });

  it("are changed by those who manage settings only, and refused with the place of what is wrong", async () => {
    const tenant = await shop();
    const made = await makeMember(world.core, tenant.id, { name: "Opal" });
    const opal = { ...tenant, api: world.api((await enterAs(world.core, made)).token) };
    const label = await labelOf(tenant, "Thai");
    expect(await problemOf(change(opal, "routing", { labelRules: [thaiTo(label)] }))).toBe("forbidden");
    const wrong = change(tenant, "routing", { labelRules: [{ ...thaiTo(label), languages: ["Thai"] }] });
    await expect(wrong).rejects.toMatchObject({
      code: "invalid_input",
      document: { errors: [{ at: "body.document.labelRules.0.languages.0", code: "unknown_choice" }] },
    });
  });
});
