import { useMemo } from "react";
import type { Format } from "../text/format.ts";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import type { Choice } from "../ui/select.tsx";

/** The zones this computer knows, as the reader calls them, each with the time it is there; the chosen one too when it is none of them. */
export function useZoneChoices(): (chosen: string) => readonly Choice<string>[] {
  const format = useFormat();
  const minute = Math.floor(useNow() / 60_000);
  return useMemo(() => {
    const all = Intl.supportedValuesOf("timeZone");
    return (chosen) =>
      (all.includes(chosen) ? all : [chosen, ...all]).map((zone) => ({
        value: zone,
        label: labelOf(zone, format),
        help: format.timeIn(minute * 60_000, zone),
      }));
  }, [format, minute]);
}

/** English names a town as the zone does; others find theirs by either name. */
function labelOf(zone: string, format: Format): string {
  const town = zone.replaceAll("_", " ");
  return format.language === "en" ? town : `${format.clockOf(zone)} · ${town}`;
}
