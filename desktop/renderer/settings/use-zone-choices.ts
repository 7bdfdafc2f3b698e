import { useMemo } from "react";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import type { Choice } from "../ui/select.tsx";

/** The zones this computer knows, each with the time it is there; the chosen one too when it is none of them. */
export function useZoneChoices(): (chosen: string) => readonly Choice<string>[] {
  const format = useFormat();
  const minute = Math.floor(useNow() / 60_000);
  return useMemo(() => {
    const all = Intl.supportedValuesOf("timeZone");
    return (chosen) =>
      (all.includes(chosen) ? all : [chosen, ...all]).map((zone) => ({
        value: zone,
        label: zone.replaceAll("_", " "),
        help: format.timeIn(minute * 60_000, zone),
      }));
  }, [format, minute]);
}
