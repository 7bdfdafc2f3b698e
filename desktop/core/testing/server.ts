/** The real server with a tenant, people and visitors, for the core's tests against it. */
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { enterAs, makeMember, makeTenant, madePassword, type MadeMember, type MadeTenant } from "../../../server/accounts/make.ts";
import { listenAsVisitor, makeVisitor, type VisitEar } from "../../../server/conversations/make.ts";
import { newId } from "../../../server/core/ids.ts";
import { createWorld, type World } from "../../../server/testing/world.ts";
import { createConsole, type TestConsole } from "./console.ts";
import type { Ports } from "../ports.ts";

export interface Shop {
  world: World;
  tenant: MadeTenant;
  site: string;
  member(role?: string, teamIds?: readonly string[], name?: string): Promise<MadeMember>;
  /** A visitor who has written: the conversation and the ear that hears answers. */
  visitor(text: string): Promise<Visit>;
  /** A console with this member signed in and the tenant open and received. */
  console(member: MadeMember, changes?: Partial<Ports>, server?: string): Promise<TestConsole>;
  stop(): Promise<void>;
}

export interface Visit {
  conversationId: string;
  ear: VisitEar;
  say(text: string): Promise<void>;
  /** What the team wrote, as the visitor saw it. */
  answers(): string[];
}

export async function openShop(): Promise<Shop> {
  const world = await createWorld({ realTime: true });
  const site = `s${newId().slice(-12)}.example`;
  const tenant = await makeTenant(world.core, { site });
  await giveOutByHand(world, tenant);
  const consoles: TestConsole[] = [];
  const ears: VisitEar[] = [];
  const shop: Shop = {
    world,
    tenant,
    site,
    member: (role = "operator", teamIds = [], name = "Opal") => makeMember(world.core, tenant.id, { role, teamIds, name }),
    async visitor(text) {
      const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
      const ear = await listenAsVisitor(world.url, { token: visitor.token }, { origin: `https://${site}` });
      ears.push(ear);
      let conversationId: string | null = null;
      const say = async (words: string) => {
        const ack = await ear.ask<{ conversation: { id: string } }>("send", { id: newId(), conversation: conversationId, text: words });
        if ("problem" in ack) throw new Error(`The visitor cannot write: ${JSON.stringify(ack.problem)}`);
        conversationId = ack.value.conversation.id;
      };
      await say(text);
      return {
        conversationId: conversationId ?? "",
        ear,
        say,
        answers: () => ear.all("message").flatMap(({ message }) => (message.from === "visitor" ? [] : [message.text])),
      };
    },
    async console(member, changes = {}, server = world.url) {
      const made = await createConsole(server, changes);
      consoles.push(made);
      await enter(made, member, tenant.id);
      return made;
    },
    async stop() {
      for (const ear of ears) ear.close();
      for (const one of consoles) await one.remove();
      await world.stop();
    },
  };
  return shop;
}

/** A conversation stays where the test puts it: whoever comes online is not given what waits. */
async function giveOutByHand({ core, api }: World, { admin }: MadeTenant): Promise<void> {
  const { call } = api((await enterAs(core, admin)).token);
  const { version, document } = await call(tenantsApi.getSettings, { params: { kind: "routing" } });
  const body = { base: version, document: { ...document, strategy: "manual", answerWithinSeconds: null } };
  await call(tenantsApi.saveSettings, { params: { kind: "routing" }, body });
}

export async function enter(made: TestConsole, { email }: MadeMember, tenantId: string): Promise<void> {
  const { page } = made;
  await page.do("session.signIn", { email, password: madePassword });
  await page.do("session.openTenant", { tenantId });
  await page.until("session.state", {}, ({ tenants }) => tenants.some((one) => one.tenantId === tenantId && one.state === "ready"));
  await page.until("sync.state", {}, ({ link, receiving }) => link === "online" && receiving === null);
}
