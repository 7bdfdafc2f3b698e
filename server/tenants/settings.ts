/** Settings documents: checked by the shared rules, saved as versions, taken back by saving an earlier one again. */
import type { OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { SettingsShape, tenantsApi } from "../../shared/api/tenants.ts";
import { securitySettingsChanged, settingsChanged } from "../../shared/events/tenants.ts";
import {
  checkSettings,
  completeSettings,
  isSettingsKind,
  settingsKinds,
  type Settings,
  type SettingsKind,
} from "../../shared/model/settings.ts";
import { defaultSettings, type NewBusiness } from "../../shared/model/templates.ts";
import { holds, service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { newId } from "../core/ids.ts";
import { found, invalid, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import type { NewTenant } from "./create-tenant.ts";
import { Tenant, TenantSettings } from "./entities.ts";
import { assertLogo } from "./logos.ts";
import { serves } from "./rules.ts";

/** Documents that decide who may embed the widget and who a visitor is: their changes are announced to all admins. */
const securityKinds: ReadonlySet<SettingsKind> = new Set<SettingsKind>(["domains", "identity"]);

const asDocument = (settings: object) => ({ ...settings }) as Record<string, unknown>;

/** The first version of everything, as the template of the business says. */
export function startSettings(unit: Unit, tenantId: string, business: NewBusiness, by: NewTenant["by"]): void {
  const settings = defaultSettings(business);
  // What its visitors write is told, at whatever hour: nothing of it is answered by itself.
  if (by === "demo") settings.hours = { ...settings.hours, automaticReply: { ...settings.hours.automaticReply, enabled: false } };
  for (const [kind, document] of Object.entries(settings)) {
    const first = { tenantId, id: newId(), kind, version: 1, document: asDocument(document), at: unit.now };
    unit.em.create(TenantSettings, first);
  }
}

function defaultsFor(tenant: Tenant): Settings {
  const { name, businessType, language, zone } = tenant;
  return defaultSettings({ name, site: "", type: businessType, language, zone });
}

/** The newest version of each kind. */
async function newest(unit: Unit, kinds: readonly SettingsKind[]): Promise<Map<string, TenantSettings>> {
  const { tenantId } = unit;
  const versions = await unit.rows<{ id: string }>(sql`
    select distinct on (kind) id from tenant_settings where kind in (${[...kinds]}) order by kind, version desc`);
  const rows = await unit.em.find(TenantSettings, { tenantId, id: { $in: versions.map(({ id }) => id) } });
  return new Map(rows.map((row) => [row.kind, row]));
}

/** What counts now, typed and complete. */
export async function settingsOf<K extends SettingsKind>(core: Core, tenantId: string, kind: K): Promise<Settings[K]> {
  return (await allSettings(core, tenantId))[kind];
}

/** Read together, because whoever comes to a tenant's site asks for nearly all; remembered by the process until a version is saved. */
function allSettings(core: Core, tenantId: string): Promise<Settings> {
  return core.cache.get(tenantId, "settings", ["settings", "tenant"], () =>
    core.work(
      service(tenantId, "settings"),
      async (unit) => {
        const tenant = found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
        const stored = await newest(unit, settingsKinds);
        const defaults = defaultsFor(tenant);
        const complete = <K extends SettingsKind>(kind: K): Settings[K] => {
          const version = stored.get(kind);
          return version ? completeSettings(kind, version.document, defaults[kind]) : defaults[kind];
        };
        return Object.fromEntries(settingsKinds.map((kind) => [kind, complete(kind)])) as unknown as Settings; // one for each kind
      },
      { readOnly: true },
    ),
  );
}

/** What counts in this transaction, whoever works in it; whoever saves a new version waits for its end. Null while the tenant is not served. */
export async function settingsNow<K extends SettingsKind>(unit: Unit, tenantId: string, kind: K): Promise<Settings[K] | null> {
  await unit.rows(sql`select pg_advisory_xact_lock_shared(hashtextextended(${lockOf(tenantId, kind)}, 0))`);
  await unit.rows(sql`select id from tenant where tenant_id = ${tenantId} and id = ${tenantId} for share`);
  const tenant = await unit.em.findOne(Tenant, { tenantId, id: tenantId });
  if (!tenant || !serves(tenant, unit.now)) return null;
  const version = await unit.em.findOne(TenantSettings, { tenantId, kind }, { orderBy: { version: "desc" } });
  const defaults = defaultsFor(tenant)[kind];
  return version ? completeSettings(kind, version.document, defaults) : defaults;
}

const lockOf = (tenantId: string, kind: SettingsKind) => `settings:${tenantId}:${kind}`;

function present(unit: Unit<Staff>, row: TenantSettings, tenant: Tenant): SettingsShape {
  const kind = found(isSettingsKind(row.kind) ? row.kind : null);
  const document = completeSettings(kind, row.document, defaultsFor(tenant)[kind]);
  return {
    ...presentVersion(row),
    document: JSON.parse(JSON.stringify(document)) as SettingsShape["document"], // settings are JSON by their rules
    can: { edit: unit.actor.kind === "member" && holds(unit.actor, "settings.manage") },
  };
}

function presentVersion(row: TenantSettings) {
  return {
    kind: row.kind as SettingsKind, // written by this file only, which knows the kinds
    version: row.version,
    savedAt: row.at.toISOString(),
    savedBy: row.memberId ?? null,
    restoredFrom: row.restoredFrom ?? null,
  };
}

const tenantOf = async (unit: Unit): Promise<Tenant> => found(await unit.em.findOne(Tenant, { id: unit.tenantId }));

export async function listSettings(unit: Unit<Staff>): Promise<SettingsShape[]> {
  const tenant = await tenantOf(unit);
  const rows = await newest(unit, settingsKinds);
  return settingsKinds.flatMap((kind) => {
    const row = rows.get(kind);
    return row ? [present(unit, row, tenant)] : [];
  });
}

export async function readSettings(unit: Unit<Staff>, kind: SettingsKind, version?: number): Promise<SettingsShape> {
  const row =
    version === undefined
      ? (await newest(unit, [kind])).get(kind)
      : await unit.em.findOne(TenantSettings, { tenantId: unit.tenantId, kind, version });
  return present(unit, found(row), await tenantOf(unit));
}

export async function settingsHistory(
  unit: Unit<Staff>,
  kind: SettingsKind,
  { cursor, limit }: QueryOf<typeof tenantsApi.settingsHistory>,
): Promise<OutputOf<typeof tenantsApi.settingsHistory>> {
  const before = cursor === undefined ? undefined : Number(cursor);
  if (before !== undefined && !Number.isSafeInteger(before)) {
    throw invalid("query.cursor", "invalid_cursor", "This cursor does not come from an earlier page.");
  }
  const rows = await unit.em.find(
    TenantSettings,
    { tenantId: unit.tenantId, kind, ...(before === undefined ? {} : { version: { $lt: before } }) },
    { orderBy: { version: "desc" }, limit: limit + 1 },
  );
  const shown = rows.slice(0, limit);
  return { items: shown.map(presentVersion), next: rows.length > limit ? String(shown.at(-1)?.version) : null };
}

export async function saveSettings(
  unit: Unit<Staff>,
  kind: SettingsKind,
  input: { document: unknown; base: number },
): Promise<SettingsShape> {
  const checked = checkSettings(kind, input.document);
  if (!checked.ok) {
    const errors = checked.problems.map(({ at, code }) => ({
      at: at === "" ? "body.document" : `body.document.${at}`,
      code,
      message: code,
    }));
    throw problem("invalid_input", { errors });
  }
  const { logoId } = checked.value as Partial<Settings["branding"]>; // only the branding has one
  if (kind === "branding" && logoId != null) await assertLogo(unit, logoId);
  return append(unit, kind, checked.value, input.base, null);
}

export async function restoreSettings(unit: Unit<Staff>, kind: SettingsKind, version: number, base: number): Promise<SettingsShape> {
  const earlier = found(await unit.em.findOne(TenantSettings, { tenantId: unit.tenantId, kind, version }));
  const document = completeSettings(kind, earlier.document, defaultsFor(await tenantOf(unit))[kind]);
  return append(unit, kind, document, base, version);
}

/** A change that follows from another one, made to whatever counts now: a new version if it changes anything, like one that was saved. */
export async function followSettings<K extends SettingsKind>(
  unit: Unit<Staff>,
  kind: K,
  change: (settings: Settings[K]) => Settings[K],
): Promise<void> {
  await lock(unit, kind);
  const current = (await newest(unit, [kind])).get(kind);
  if (!current) return;
  const settings = completeSettings(kind, current.document, defaultsFor(await tenantOf(unit))[kind]);
  const changed = change(settings);
  if (canonical(changed) !== canonical(settings)) await append(unit, kind, changed, current.version, null);
}

const lock = (unit: Unit, kind: SettingsKind) =>
  unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${lockOf(unit.tenantId, kind)}, 0))`);

/** Saving what counts already is a repeat and adds nothing; saving over something that was not seen is refused. */
async function append(
  unit: Unit<Staff>,
  kind: SettingsKind,
  settings: object,
  base: number,
  restoredFrom: number | null,
): Promise<SettingsShape> {
  const { tenantId, actor } = unit;
  if (actor.kind !== "member") throw problem("read_only");
  await lock(unit, kind);
  const tenant = await tenantOf(unit);
  const current = found((await newest(unit, [kind])).get(kind));
  const document = asDocument(settings);
  if (canonical(document) === canonical(current.document)) return present(unit, current, tenant);
  if (current.version !== base) throw problem("stale_state", { data: { version: current.version } });
  const version = current.version + 1;
  const row = unit.em.create(TenantSettings, {
    tenantId,
    id: newId(),
    kind,
    version,
    document,
    restoredFrom,
    memberId: actor.memberId,
    at: unit.now,
  });
  unit.happened(securityKinds.has(kind) ? securitySettingsChanged : settingsChanged, { kind, version, restoredFrom });
  return present(unit, row, tenant);
}

/** The database keeps no order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
