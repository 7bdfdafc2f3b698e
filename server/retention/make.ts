/** A tenant with rules for keeping data and things that are finished, for tests. */
import { auditApi } from "../../shared/api/audit.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { retentionApi } from "../../shared/api/retention.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import type { RetentionSettings } from "../../shared/model/settings.ts";
import { enterAs, makeTenant } from "../accounts/make.ts";
import { makeVisitor, type MadeVisitor } from "../conversations/make.ts";
import { takeAllWords } from "../conversations/words.ts";
import { system } from "../core/actor.ts";
import type { Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { World } from "../testing/world.ts";
import { nightJob } from "./jobs.ts";

export type Keeper = Awaited<ReturnType<typeof makeKeeper>>;

export const keepAll: RetentionSettings = { conversationDays: null, workDays: null, contactDays: null };

export async function makeKeeper(world: World) {
  const site = `s${newId().slice(-12)}.example`;
  const tenant = { ...(await makeTenant(world.core, { site })), site };
  /** Signed in anew: tokens live ten minutes, and tests move the clock. */
  const api = async (): Promise<Client> => world.api((await enterAs(world.core, tenant.admin)).token);

  return {
    ...tenant,
    api,
    async rules(changes: Partial<RetentionSettings>): Promise<void> {
      const admin = await api();
      const { version, document } = await admin.call(tenantsApi.getSettings, { params: { kind: "retention" } });
      await admin.call(tenantsApi.saveSettings, {
        params: { kind: "retention" },
        body: { base: version, document: { ...document, ...changes } },
      });
    },
    /** A visitor wrote, and somebody closed it. */
    async closed(text = "Do you rent longboards?"): Promise<{ id: string; contactId: string; visitor: MadeVisitor }> {
      const visitor = await makeVisitor(world.url, tenant);
      const { id } = (await visitor.api.call(visitApi.send, { body: { id: newId(), conversation: null, text } })).conversation;
      const admin = await api();
      const { contactId } = await admin.call(conversationsApi.setStatus, { params: { conversationId: id }, body: { to: "closed" } });
      return { id, contactId: contactId ?? "", visitor };
    },
    async preview(rules: Partial<RetentionSettings> = {}) {
      const given = Object.entries(rules).filter(([, days]) => days !== null);
      return (await api()).call(retentionApi.preview, { query: Object.fromEntries(given) });
    },
    /** What runs have told, newest first. */
    async told() {
      const { items } = await (await api()).call(auditApi.list, { query: { type: "retention." } });
      return items.map(({ payload }) => payload);
    },
    async has(table: "conversation" | "task" | "followup" | "contact", id: string): Promise<boolean> {
      const found = await world.core.work(system("test"), ({ rows }) =>
        rows({ text: `select id from ${table} where tenant_id = ? and id = ?`, values: [tenant.id, id] }),
      );
      return found.length > 0;
    },
  };
}

/** Search has taken all words: while it writes them it holds their conversations, and a run passes over those. */
export const quiet = (world: World) => takeAllWords.run(world.core, {});

/** A night: every tenant has its turn. */
export async function night(world: World): Promise<void> {
  await quiet(world);
  await nightJob.run(world.core, {});
  await world.settle();
}

export const ask = (world: World, query: Sql): Promise<Record<string, unknown>[]> =>
  world.core.work(system("test"), ({ rows }) => rows<Record<string, unknown>>(query));
