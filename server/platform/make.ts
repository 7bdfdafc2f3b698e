/** A super-admin for tests, signed in on the platform. */
import type { Client } from "../../shared/client/client.ts";
import { enterAlone, makeAccount, type MadePerson, type MadeSession } from "../accounts/make.ts";
import type { World } from "../testing/world.ts";

export interface MadeSuperAdmin extends MadePerson {
  session: MadeSession;
  api: Client;
}

export async function makeSuperAdmin(world: World, name = "Root"): Promise<MadeSuperAdmin> {
  const person = await makeAccount(world.core, { name, superAdmin: true });
  const session = await enterAlone(world.core, person, "platform");
  return { ...person, session, api: world.api(session.token) };
}
