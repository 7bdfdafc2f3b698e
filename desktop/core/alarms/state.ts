/** What a page is told of the alarms. */
import type { z } from "zod";
import type { alarmState } from "../../bridge/alarms.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { isoOf } from "../clock.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { authorOf, nameOf } from "./about.ts";
import type { Quiet } from "./quiet.ts";
import { isReminder } from "./reminder-rings.ts";
import type { Ringing } from "./ringing.ts";
import { needsMe, type Ring } from "./rings.ts";
import type { Chosen } from "./telling/chosen.ts";
import type { Silence } from "./telling/silence.ts";

export type AlarmState = z.output<typeof alarmState>;

export const badgeOf = (tenants: readonly Tenant[]) =>
  unlocked(tenants).reduce((sum, tenant) => sum + (tenant.health.written(() => needsMe(tenant)) ?? 0), 0);

export interface StateOptions {
  tenants: readonly Tenant[];
  ringing: Ringing;
  chosen: Chosen;
  silence: Silence;
  quiet: Quiet;
  language: Language;
  nextRingAt: number | null;
  isSoundBlocked: boolean;
}

export function stateOf(options: StateOptions): AlarmState {
  const { tenants, ringing, chosen, silence, quiet, language, nextRingAt, isSoundBlocked } = options;
  const told = new Set(ringing.tenantIds().flatMap((tenantId) => [...chosen.toldBySystem(tenantId)]));
  const silentUntil = silence.until() ?? quietEverywhere(tenants, quiet);
  const doNotDisturb = silence.doNotDisturb();
  const card = (ring: Ring): AlarmState["ringing"] => {
    const tenant = ringing.tenantOf(ring.tenantId);
    if (!tenant) return [];
    const { id, kind, tenantId, about, since, text } = ring;
    const name = isReminder(ring) ? ring.title : nameOf(tenant, about, language);
    const by = authorOf(tenant, ring.byId);
    return [{ id, kind, tenantId, about: { ...about, name }, since: isoOf(since), text, by, system: told.has(id) }];
  };
  return {
    ringing: ringing
      .all()
      .toSorted((a, b) => a.since - b.since)
      .flatMap(card),
    badge: badgeOf(tenants),
    doNotDisturb,
    silentUntil: silentUntil === null ? null : isoOf(silentUntil),
    nextRingAt: nextRingAt === null ? null : isoOf(nextRingAt),
    repeatSeconds: Math.min(60, ...tenants.map((tenant) => tenant.settings().alarmRepeatSeconds)),
    sound: doNotDisturb ? "off" : isSoundBlocked ? "blocked" : "on",
  };
}

/** When it is quiet in every tenant: until the first of them is not. */
function quietEverywhere(tenants: readonly Tenant[], quiet: Quiet): number | null {
  const ends = unlocked(tenants).map((tenant) => quiet.until(tenant));
  const until = ends.flatMap((end) => end ?? []);
  return until.length === 0 || until.length < ends.length ? null : Math.min(...until);
}

const unlocked = (tenants: readonly Tenant[]) => tenants.filter((tenant) => !tenant.isLocked());
