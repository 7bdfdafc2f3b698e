import { useTranslation } from "react-i18next";
import { snoozeTimes } from "../inbox/snooze-times.ts";
import { useZone } from "../tasks/task-marks.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";

/** A promise put off, to one of the usual times. */
export function SnoozeMenu({ onSnooze }: { readonly onSnooze: (at: number) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useZone();
  const ticker = useTicker();
  const times = snoozeTimes(ticker.now(), zone);
  return (
    <Menu
      side="top"
      trigger={
        <Button size="l" kind="quiet" icon="snooze">
          {t("tasks.snooze.label")}
        </Button>
      }
      entries={[
        { id: "hour", label: t("tasks.snooze.hours", { count: 1 }), run: () => onSnooze(times.hour) },
        { id: "three_hours", label: t("tasks.snooze.hours", { count: 3 }), run: () => onSnooze(times.three_hours) },
        { id: "tomorrow", label: t("tasks.snooze.tomorrow", { time: format.time(times.tomorrow) }), run: () => onSnooze(times.tomorrow) },
        { id: "monday", label: t("tasks.snooze.monday", { time: format.time(times.monday) }), run: () => onSnooze(times.monday) },
      ]}
    />
  );
}
