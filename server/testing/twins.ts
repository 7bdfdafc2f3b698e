/**
 * Two tenants that have the same of everything and nothing in common. Each carries its own canary in whatever text it owns, so that a
 * word of one in an answer to the other gives a leak away.
 */
import { contactsApi, identityApi } from "../../shared/api/contacts.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { repliesApi } from "../../shared/api/replies.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { protocolVersion, schemaVersion } from "../../shared/sync/protocol.ts";
import {
  enterAlone,
  enterAs,
  makeAccount,
  makeMember,
  makeTenant,
  type MadeMember,
  type MadePerson,
  type MadeSession,
  type MadeTenant,
} from "../accounts/make.ts";
import { makeVisitor, type MadeVisitor } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { secretIn } from "./answers.ts";
import type { World } from "./world.ts";
import { pngOf } from "../tenants/make.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";

export interface SignedInMember extends MadeMember, MadeSession {}
export interface SignedInPerson extends MadePerson, MadeSession {}
export interface ChattingVisitor extends MadeVisitor {
  contactId: string;
  conversationId: string;
  messageId: string;
}

export const due = { at: "2026-12-01T02:00:00.000Z", zone: "Asia/Bangkok" };

export type Twin = Awaited<ReturnType<typeof makeTwin>>;

export async function makeTwins(world: World): Promise<{ ours: Twin; theirs: Twin }> {
  return { ours: await makeTwin(world, "kumquat"), theirs: await makeTwin(world, "zibeline") };
}

async function makeTwin(world: World, canary: string) {
  const { core } = world;
  const site = `${canary}.example`;
  const tenant: MadeTenant & { site: string } = {
    ...(await makeTenant(core, { name: `House of ${canary}`, site, admin: { name: `Ada ${canary}` } })),
    site,
  };
  world.canaries.plant(tenant.id, canary);
  const admin: SignedInMember = { ...tenant.admin, ...(await enterAs(core, tenant.admin)) };
  const api: Client = world.api(admin.token);

  /** Each call makes one more. */
  const fresh = {
    account: async (): Promise<SignedInPerson> => {
      const person = await makeAccount(core, { name: `Pim ${canary}` });
      return { ...person, ...(await enterAlone(core, person)) };
    },
    member: async (role = "operator"): Promise<SignedInMember> => {
      const made = await makeMember(core, tenant.id, { role, name: `Opal ${canary}` });
      return { ...made, ...(await enterAs(core, made)) };
    },
    role: async (permissions: readonly Permission[] = ["conversations.read"]) =>
      (await api.call(teamApi.createRole, { body: { id: newId(), name: `Role ${newId()} ${canary}`, permissions: [...permissions] } })).id,
    team: async (memberIds: string[] = []) =>
      (await api.call(teamApi.createTeam, { body: { id: newId(), name: `Team ${newId()} ${canary}`, memberIds } })).id,
    /** With the secret of its link, as the mail brought it. */
    invitation: async (email = `i${newId().slice(-12)}@people.example`) => {
      const { id } = await api.call(teamApi.invite, { body: { id: newId(), email, role: "operator" } });
      await world.settle();
      return { id, email, secret: secretIn(world.mailbox.latest(email)) };
    },
    contact: async () => (await api.call(contactsApi.create, { body: { id: newId(), name: `Contact ${canary}`, email: `c@${site}` } })).id,
    visitor: async (): Promise<ChattingVisitor> => {
      const visitor = await makeVisitor(world.url, tenant);
      const text = `Hello from ${canary}`;
      const { conversation, message } = await visitor.api.call(visitApi.send, { body: { id: newId(), conversation: null, text } });
      const { contactId } = await api.call(conversationsApi.get, { params: { conversationId: conversation.id } });
      return { ...visitor, contactId: contactId ?? "", conversationId: conversation.id, messageId: message.id };
    },
    label: async () =>
      (await api.call(labelsApi.create, { body: { id: newId(), name: `L ${newId().slice(-8)} ${canary}`, colour: "#336699" } })).id,
    reply: async () =>
      (await api.call(repliesApi.create, { body: { id: newId(), scope: "tenant", title: `Reply ${newId()} ${canary}`, text: canary } })).id,
    task: async () => (await api.call(tasksApi.create, { body: { id: newId(), title: `Task ${canary}`, due } })).id,
    followup: async () =>
      (await api.call(followupsApi.create, { body: { id: newId(), due, type: `Call ${canary}`, channel: "phone" } })).id,
    logo: async () => (await api.call(tenantsApi.addLogo, { body: { data: pngOf(2, 2).toString("base64") } })).id,
    identitySecret: async () => {
      const { items } = await api.call(identityApi.secrets);
      const [oldest] = items;
      if (items.length > 1 && oldest) await api.call(identityApi.revokeSecret, { params: { secretId: oldest.id } });
      return (await api.call(identityApi.makeSecret)).id;
    },
    /** A device of the admin, with what its calls carry. */
    device: async () => {
      const caller = { protocol: protocolVersion, schema: schemaVersion, app: "1.0.0" };
      const hello = await api.call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
      return { ...caller, device: hello.device, epoch: hello.epoch, seq: hello.seq };
    },
  };

  /** One of each that every call may name; made when first asked for. */
  const some = {
    member: once(() => fresh.member()),
    role: once(() => fresh.role()),
    team: once(() => fresh.team()),
    contact: once(() => fresh.contact()),
    visitor: once(() => fresh.visitor()),
    label: once(() => fresh.label()),
    reply: once(() => fresh.reply()),
    task: once(() => fresh.task()),
    followup: once(() => fresh.followup()),
    device: once(() => fresh.device()),
    superAdmin: once(async () => {
      const person = await makeAccount(core, { name: "Sol", superAdmin: true });
      return { ...person, ...(await enterAlone(core, person, "platform")) };
    }),
  };

  return { world, core, canary, tenant, admin, api, fresh, some };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
