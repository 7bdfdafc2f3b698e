/** Everything the calendar draws, of the tenants in which the person may work. */
import { createHours, type Hours, type WorkingHours } from "@switchboard/shared/model/hours.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { OpenTenant } from "../../bridge/session.ts";
import { useLive, useLivePages } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { useZone } from "../tasks/task-marks.tsx";
import { useStable } from "../use-stable.ts";
import { conflictsOf, rangeOf, type CalendarView } from "./calendar.ts";
import { colouring, keyOf, type ColourOf, type Colouring } from "./colours.ts";
import { isShown, meKey, nobodyKey, peopleOf, type PersonFilter } from "./followup-filter.ts";
import { useTypeName } from "./followup-slot.tsx";

const mostShown = 200;

export interface CalendarOf {
  readonly tenants: readonly OpenTenant[];
  readonly view: CalendarView;
  readonly date: string;
  readonly filter: PersonFilter;
  readonly by: Colouring;
}

export function useCalendar({ tenants, view, date, filter, by }: CalendarOf) {
  const { t } = useTranslation();
  const session = useSession();
  const zone = useZone();
  const typeName = useTypeName();
  const tenantIds = tenants.map((tenant) => tenant.tenantId);
  const range = rangeOf(view, date);
  const enabled = tenantIds.length > 0;
  const asked = useLive(
    "followups.list",
    {
      tenants: tenantIds,
      from: new Date(zone.startOf(range.from)).toISOString(),
      to: new Date(zone.startOf(range.to)).toISOString(),
      limit: mostShown,
    },
    { enabled, keep: true },
  );
  const decide = useLive("followups.list", { tenants: tenantIds, needsDecision: true, limit: 50 }, { enabled, keep: true }).data?.items;
  const facts = useStable(
    useLivePages(
      "work.facts",
      tenantIds.map((tenantId) => ({ tenantId })),
    ).map(({ data }) => data?.hours ?? undefined),
  );
  // Parsed by the bridge; the names of the days are the model's own.
  const businesses = useMemo<readonly Hours[]>(
    () => facts.flatMap((hours) => (hours === undefined ? [] : [createHours(hours as WorkingHours)])),
    [facts],
  );
  const mine = useMemo(() => new Set(session.tenants.map((tenant) => tenant.memberId)), [session.tenants]);
  const all = asked.data?.items ?? [];
  const colours = colouring(by, all, mine);
  const nameOf = (key: string, name: string) => (key === meKey ? t("followups.filter.you") : key === nobodyKey ? t("common.nobody") : name);
  const people = peopleOf(all, mine).map((person) => ({
    ...person,
    name: nameOf(person.key, person.name),
    colour: by === "person" ? colours.get(person.key) : undefined,
  }));
  const colourOf: ColourOf = (followup) => (by === "status" ? undefined : colours.get(keyOf(by, followup, mine)));
  return {
    range,
    asked,
    shown: all.filter((followup) => isShown(followup, filter, mine)),
    truncated: asked.data?.next != null ? mostShown : undefined,
    decide: decide ?? [],
    people,
    types: by === "type" ? [...colours].map(([type, colour]) => ({ name: typeName(type), colour })) : [],
    colourOf,
    conflicts: conflictsOf(all),
    // Where one business has not told its hours yet, nothing is said about any.
    businesses: businesses.length === tenantIds.length ? businesses : [],
  };
}
