/** What tests of routing begin with. */
import type { Client } from "../../shared/client/client.ts";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import type { World } from "../testing/world.ts";

export interface Shop extends MadeTenant {
  site: string;
  /** As its admin. */
  api: Client;
}

/** A tenant with a site of its own. */
export async function makeShop(world: World): Promise<Shop> {
  const site = `s${newId().slice(-12)}.example`;
  const tenant = await makeTenant(world.core, { site });
  return { ...tenant, site, api: world.api((await enterAs(world.core, tenant.admin)).token) };
}
