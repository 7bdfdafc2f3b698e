/** A tenant at work, for tests of tasks, follow-ups and what follows from them. */
import { contactsApi } from "../../shared/api/contacts.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import type { BodyIn } from "../../shared/api/contract.ts";
import type { Client } from "../../shared/client/client.ts";
import type { Settings } from "../../shared/model/settings.ts";
import { enterAs, makeMember, makeTenant, type MadeMember } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import type { World } from "../testing/world.ts";

export interface Worker extends MadeMember {
  /** Signed in anew: tokens live ten minutes, and tests move the clock. */
  api(): Promise<Client>;
}

export async function makeWorkplace(world: World, zone = "Asia/Bangkok") {
  const tenant = await makeTenant(world.core, { site: `s${newId().slice(-12)}.example`, zone });
  const worker = (made: MadeMember): Worker => ({ ...made, api: async () => world.api((await enterAs(world.core, made)).token) });
  const admin = worker(tenant.admin);
  return {
    ...tenant,
    admin,
    worker: async (role = "admin", name = "Mali") => worker(await makeMember(world.core, tenant.id, { role, name })),
    async settings<K extends "work" | "hours">(kind: K, changes: Partial<Settings[K]>): Promise<void> {
      const api = await admin.api();
      const { version, document } = await api.call(tenantsApi.getSettings, { params: { kind } });
      // Settings are JSON by their rules.
      const body = { base: version, document: { ...document, ...(changes as unknown as Record<string, never>) } };
      await api.call(tenantsApi.saveSettings, { params: { kind }, body });
      await world.settle();
    },
    async contact(fields: { name: string; phone?: string; email?: string }): Promise<string> {
      return (await (await admin.api()).call(contactsApi.create, { body: { id: newId(), ...fields } })).id;
    },
    async followup(fields: Partial<BodyIn<typeof followupsApi.create>> = {}): Promise<string> {
      const due = { at: new Date(world.clock.now().getTime() + 24 * 3_600_000).toISOString(), zone };
      const body = { id: newId(), due, type: "call", channel: "phone" as const, ...fields };
      return (await (await admin.api()).call(followupsApi.create, { body })).id;
    },
  };
}
export type Workplace = Awaited<ReturnType<typeof makeWorkplace>>;
