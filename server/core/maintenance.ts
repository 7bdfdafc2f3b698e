/**
 * Maintenance mode: everything but the back office is answered with 503. One row says so; every process remembers it and hears of a
 * change by the live tail, within a second. Asked without waiting, because every call and every packet asks.
 */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { instant } from "./database/columns.ts";
import { table } from "./database/table.ts";
import { installationId } from "./ids.ts";
import { problem } from "./problem.ts";
import type { Hub } from "./realtime/hub.ts";

/** Settings of the installation itself: exactly one row, whose id is the installation's. */
export const PlatformSetting = defineEntity({
  name: "PlatformSetting",
  tableName: "platform_setting",
  properties: {
    id: p.uuid().primary(),
    maintenance: p.boolean().default(false),
    maintenanceMessage: p.text().nullable(),
    changedAt: instant().nullable(),
  },
});
export type PlatformSetting = InferEntity<typeof PlatformSetting>;

const oneRow = `insert into platform_setting (id, maintenance) values ('00000000-0000-0000-0000-000000000000', false) on conflict do nothing;`;

/** Runs as whoever changes the row, which is the system role alone. */
const hear = `
create or replace function app.hear_setting() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  insert into change_log (tenant_id, entity, id) values ('00000000-0000-0000-0000-000000000000', 'platform_setting', new.id);
  return null;
end $$;
drop trigger if exists guard_hear on platform_setting;
create trigger guard_hear after update on platform_setting for each row execute function app.hear_setting();`;

export const platformSettingTable = table(PlatformSetting, { kind: "global", extra: [oneRow, hear] });

export interface MaintenanceState {
  on: boolean;
  message: string | null;
}

export interface Maintenance {
  now(): MaintenanceState;
  /** Throws `maintenance` while it is on. */
  assertOff(): void;
  start(): Promise<void>;
  stop(): void;
}

const retryAfterSeconds = 60;
const againMs = 1_000;

export function createMaintenance({ pool, hub, log }: { pool: Pool; hub: Hub; log: Logger }): Maintenance {
  let state: MaintenanceState = { on: false, message: null };
  let timer: NodeJS.Timeout | undefined;
  let unsubscribe = () => {};

  async function read(): Promise<void> {
    const { rows } = await pool.query<MaintenanceState>(
      "select maintenance as on, maintenance_message as message from platform_setting where id = $1",
      [installationId],
    );
    state = rows[0] ?? { on: false, message: null };
  }

  function readAgain(): void {
    clearTimeout(timer);
    read().catch((error: unknown) => {
      log.warn({ problem: String(error) }, "maintenance mode could not be read; it is tried again");
      timer = setTimeout(readAgain, againMs).unref();
    });
  }

  return {
    now: () => state,
    assertOff() {
      if (!state.on) return;
      throw problem("maintenance", { retryAfterSeconds, ...(state.message === null ? {} : { data: { message: state.message } }) });
    },
    async start() {
      unsubscribe = hub.subscribe(({ tenantId, entries }) => {
        if (tenantId !== installationId) return;
        if (entries.some((entry) => entry.kind === "change" && entry.entity === "platform_setting")) readAgain();
      });
      await read();
    },
    stop() {
      unsubscribe();
      clearTimeout(timer);
    },
  };
}
