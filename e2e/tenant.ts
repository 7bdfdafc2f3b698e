/** What happens around an operator: visitors who write, colleagues and admins who act by the API. */
import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { createClient, type Client } from "@switchboard/shared/client/client.ts";
import type { Settings, SettingsKind } from "@switchboard/shared/model/settings.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { demoPassword } from "./console.ts";
import type { Installation } from "./installation.ts";

/** The first demo shop; its snippet names it so. */
const shop = "demo";

export interface Member {
  api: Client;
  memberId: string;
}

/** A member of the first demo shop, without a console. */
export async function memberOf({ url }: Installation, email: string): Promise<Member> {
  const { access, tenants } = await createClient({ baseUrl: url, fetch }).call(accountsApi.signIn, {
    body: { email, password: demoPassword },
  });
  const api = createClient({ baseUrl: url, fetch, token: () => access.token });
  const here = tenants.find(({ name }) => name === "Baan Mai Ceramics");
  if (!here) throw new Error(`${email} is not in the shop.`);
  return { api, memberId: here.memberId };
}

/** A conversation of the demo is this member's, whatever routing has made of it since the installation began. */
export async function giveTo({ api, memberId }: Member, visitor: string): Promise<void> {
  const { items } = await api.call(conversationsApi.list, { query: { queue: "all", limit: 100 } });
  const found = items.find(({ contact }) => contact?.name === visitor);
  if (!found) throw new Error(`${visitor} has no conversation.`);
  await api.call(conversationsApi.assign, { params: { conversationId: found.id }, body: { assigneeId: memberId } });
}

export interface Guest {
  conversationId: string;
  says(text: string): Promise<void>;
  /** What the visitor has been told, notes and all that is not for them left out by the server. */
  sees(): Promise<string[]>;
}

/** Somebody on the shop's page who begins a conversation; given to a member at once, so that no routing decides. */
export async function guestOf({ url }: Installation, name: string, text: string, to?: Member): Promise<Guest> {
  const page = { url: `${url}/demo/`, title: "Celadon bowl set, 6 pieces" };
  const client = (token?: string) => createClient({ baseUrl: url, fetch, token: () => token });
  const started = await client().call(visitApi.start, {
    body: { tenant: shop, page, device: { language: "en", zone: "Asia/Bangkok", screen: "desktop" } },
  });
  const guest = client(started.token ?? undefined);
  await guest.call(visitApi.attributes, { body: { attributes: { name } } });
  const { conversation } = await guest.call(visitApi.send, { body: { id: newId(), conversation: null, text } });
  if (to) await to.api.call(conversationsApi.assign, { params: { conversationId: conversation.id }, body: { assigneeId: to.memberId } });
  return {
    conversationId: conversation.id,
    async says(words) {
      await guest.call(visitApi.send, { body: { id: newId(), conversation: conversation.id, text: words } });
    },
    async sees() {
      const { messages } = await guest.call(visitApi.messages, { params: { conversation: conversation.id } });
      return messages.map((message) => message.text);
    },
  };
}

/** A settings document as it counts now. */
export async function settingsNow<K extends SettingsKind>({ api }: Member, kind: K): Promise<Settings[K]> {
  const { document } = await api.call(tenantsApi.getSettings, { params: { kind } });
  return document as unknown as Settings[K]; // checked and completed by the server
}

/** Changes a settings document; the answer puts back what was. */
export async function changeSettings({ api }: Member, kind: SettingsKind, changes: object): Promise<() => Promise<void>> {
  const save = async (document: object) => {
    const { version } = await api.call(tenantsApi.getSettings, { params: { kind } });
    await api.call(tenantsApi.saveSettings, { params: { kind }, body: { document: { ...document }, base: version } });
  };
  const { document } = await api.call(tenantsApi.getSettings, { params: { kind } });
  await save({ ...document, ...changes });
  return () => save(document);
}

export async function bodiesOf({ api }: Member, conversationId: string): Promise<string[]> {
  const { items } = await api.call(conversationsApi.messages, { params: { conversationId } });
  return items.map(({ body }) => body);
}
