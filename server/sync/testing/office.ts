/** A tenant with three people who each hold a device and see different things, for comparing what was followed with what is fresh. */
import { conversationsApi } from "../../../shared/api/conversations.ts";
import { teamApi } from "../../../shared/api/team.ts";
import { visitApi } from "../../../shared/api/visit.ts";
import { createClient, type Client } from "../../../shared/client/client.ts";
import { enterAs, makeMember, makeTenant, type MadeMember, type MadeTenant } from "../../accounts/make.ts";
import { makeVisitor } from "../../conversations/make.ts";
import { newId } from "../../core/ids.ts";
import type { World } from "../../testing/world.ts";
import { readyDevice, type Device } from "./device.ts";

export interface Reader {
  name: "admin" | "inside" | "outside";
  member: MadeMember;
  api: Client;
  device: Device;
  /** A new session, after the one before was ended. */
  enter(): Promise<void>;
}

export type Office = Awaited<ReturnType<typeof makeOffice>>;

export async function makeOffice(world: World, site: string) {
  const tenant: MadeTenant & { site: string } = { ...(await makeTenant(world.core, { site })), site };
  const now = () => world.clock.now().toISOString();

  async function reader(name: Reader["name"], member: MadeMember): Promise<Reader> {
    let { token } = await enterAs(world.core, member);
    const api = createClient({ baseUrl: world.url, fetch, token: () => token });
    const device = await readyDevice(api, member.memberId, now);
    return {
      name,
      member,
      api,
      device,
      enter: async () => {
        ({ token } = await enterAs(world.core, member));
      },
    };
  }

  const admin = await reader("admin", tenant.admin);
  const make = {
    team: async (memberIds: string[] = []) =>
      (await admin.api.call(teamApi.createTeam, { body: { id: newId(), name: `Team ${newId()}`, memberIds } })).id,
    /** A visitor who wrote, in the common inbox or in a team. */
    conversation: async (teamId: string | null = null) => {
      const visitor = await makeVisitor(world.url, tenant);
      const write = (text: string, conversation: string | null) =>
        visitor.api.call(visitApi.send, { body: { id: newId(), conversation, text } });
      const { id } = (await write("Hello", null)).conversation;
      if (teamId !== null)
        await admin.api.call(conversationsApi.handOver, { params: { conversationId: id }, body: { teamId, assigneeId: null } });
      const { contactId } = await admin.api.call(conversationsApi.get, { params: { conversationId: id } });
      return { id, contactId: contactId ?? "", visitor, write: (text: string) => write(text, id) };
    },
  };
  const inside = await reader("inside", await makeMember(world.core, tenant.id, { name: "Ina" }));
  const outside = await reader("outside", await makeMember(world.core, tenant.id, { name: "Otto" }));
  const teamId = await make.team([inside.member.memberId]);
  return { world, tenant, now, make, teamId, admin, inside, outside, readers: [admin, inside, outside] };
}
