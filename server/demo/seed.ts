/** Demo data, once: made through the product's own actions and HTTP calls, so that it is as true as what people make. */
import { conversationsApi } from "../../shared/api/conversations.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { createClient, type Client } from "../../shared/client/client.ts";
import { enterAs, makeAccount, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { demoPassword, demoTenants, napat, superAdmin, type DemoTenant, type DemoVisitor } from "./people.ts";
import { promise } from "./promise.ts";
import { demoWork } from "./work.ts";

/** Does nothing when any tenant exists: a person may have deleted what we made. */
export async function seedDemo(core: Core, url: string): Promise<boolean> {
  const known = await core.work(system("demo data"), ({ one }) => one<{ id: string }>(sql`select id from tenant limit 1`));
  if (known) return false;
  await makeAccount(core, { ...superAdmin, password: demoPassword, superAdmin: true });
  const person = await makeAccount(core, { ...napat, password: demoPassword });
  for (const demo of demoTenants) {
    const tenant = await makeTenant(core, {
      name: demo.name,
      site: core.config.PUBLIC_URL,
      businessType: demo.type,
      language: demo.language,
      zone: demo.zone,
      plan: "professional",
      admin: { ...demo.admin, language: "en", zone: demo.zone, password: demoPassword },
    });
    for (const operator of demo.operators) await makeMember(core, tenant.id, { ...operator, password: demoPassword });
    await makeMember(core, tenant.id, { account: person, role: "operator" });
    const colleague =
      demo.colleague &&
      (await makeMember(core, tenant.id, { ...demo.colleague, language: "en", zone: demo.zone, password: demoPassword, role: "admin" }));
    const slug = demo === demoTenants[0] ? await takeDemoSlug(core, tenant.id) : tenant.slug;
    const made = { ...tenant, slug };
    const { admin, conversations } = await fill(core, url, demo, made);
    const first = { client: admin, memberId: made.admin.memberId };
    const second = colleague ? { client: clientOf(url, (await enterAs(core, colleague)).token), memberId: colleague.memberId } : first;
    const place = { zone: demo.zone, now: core.clock.now(), conversations, admins: { admin: first, colleague: second } };
    await promise(place, demoWork[demoTenants.indexOf(demo)] ?? { tasks: [], followups: [] });
  }
  return true;
}

/** The shop page's snippet names `demo`; the first tenant answers to it. */
async function takeDemoSlug(core: Core, tenantId: string): Promise<string> {
  await core.work(system("demo data"), async ({ rows }) => {
    await rows(sql`update tenant_slug set slug = 'demo' where tenant_id = ${tenantId}`);
    await rows(sql`update tenant set slug = 'demo' where tenant_id = ${tenantId}`);
  });
  return "demo";
}

async function fill(
  core: Core,
  url: string,
  demo: DemoTenant,
  tenant: MadeTenant,
): Promise<{ admin: Client; conversations: readonly string[] }> {
  const admin = clientOf(url, (await enterAs(core, tenant.admin)).token);
  if (demo.always) await openAlways(admin);
  for (const name of demo.teams) await admin.call(teamApi.createTeam, { body: { id: newId(), name } });
  const conversations: string[] = [];
  for (const visitor of demo.visitors) conversations.push(await talk(url, core.config.PUBLIC_URL, tenant, admin, visitor));
  return { admin, conversations };
}

async function openAlways(admin: Client): Promise<void> {
  const params = { kind: "hours" } as const;
  const { document, version } = await admin.call(tenantsApi.getSettings, { params });
  await admin.call(tenantsApi.saveSettings, { params, body: { document: { ...document, always: true }, base: version } });
}

const clientOf = (url: string, token?: string): Client => createClient({ baseUrl: url, fetch, token: () => token });

/** One visitor's conversation, as it would come through the widget and the API. */
async function talk(url: string, site: string, tenant: MadeTenant, admin: Client, visitor: DemoVisitor): Promise<string> {
  const page = { url: `${site}/demo/`, title: visitor.page };
  const started = await clientOf(url).call(visitApi.start, {
    body: { tenant: tenant.slug, page, device: { language: visitor.language, zone: visitor.zone, screen: "desktop" } },
  });
  const guest = clientOf(url, started.token ?? undefined);
  const { name, email, phone } = visitor;
  const attributes = { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(phone ? { phone } : {}) };
  if (Object.keys(attributes).length > 0) await guest.call(visitApi.attributes, { body: { attributes } });
  const [[, first], ...rest] = visitor.lines;
  const begun = await guest.call(visitApi.send, { body: { id: newId(), conversation: null, text: first } });
  const conversationId = begun.conversation.id;
  const params = { conversationId };
  if (visitor.assigned) await admin.call(conversationsApi.assign, { params, body: { assigneeId: tenant.admin.memberId } });
  for (const [from, text] of rest) {
    if (from === "visitor") await guest.call(visitApi.send, { body: { id: newId(), conversation: conversationId, text } });
    if (from === "operator") await admin.call(conversationsApi.send, { params, body: { id: newId(), body: text } });
    if (from === "note") await admin.call(conversationsApi.note, { params, body: { id: newId(), body: text } });
  }
  if (visitor.closed) await admin.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
  return conversationId;
}
