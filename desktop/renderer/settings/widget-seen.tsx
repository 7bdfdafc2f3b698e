/** "We see your widget": turns green by itself when a page of the site loads it. */
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import type { widgetApi } from "@switchboard/shared/api/contacts.ts";
import { newsOfSettings } from "@switchboard/shared/events/news.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { Chip } from "../ui/marks.tsx";
import { widgetCalls } from "./calls.ts";
import { useAnswer, type Answer } from "./use-api.ts";

export type Sightings = OutputOf<typeof widgetApi.sightings>;
export type Sighting = Sightings["items"][number];

export function useSightings(): Answer<Sightings> {
  return useAnswer(widgetCalls.sightings, {}, { changes: ["widget.", ...newsOfSettings("domains")] });
}

export function SeenChip({ sighting }: { readonly sighting: Sighting | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (sighting === undefined) return <Chip icon="clock">{t("settings.domains.waiting")}</Chip>;
  const when = format.ago(Date.parse(sighting.lastAt), now);
  return sighting.refused ? (
    <Chip tone="bad" icon="alert">
      {t("settings.domains.refused", { when })}
    </Chip>
  ) : (
    <Chip tone="ok" icon="check">
      {t("settings.domains.seen", { when })}
    </Chip>
  );
}
