import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { AlarmCards } from "../alarms/alarm-cards.tsx";
import { useLive } from "../live.tsx";
import { useRinging } from "./use-ringing.ts";

/** The cards of what rings, and how much of it in the title of the window. */
export function LiveAlarmCards() {
  const { t } = useTranslation();
  const alarms = useLive("alarms.state", {}).data;
  const { take, silence, dismiss, snooze } = useRinging();
  const badge = alarms?.badge ?? 0;
  useEffect(() => {
    const product = t("console.title.product");
    document.title = badge > 0 ? `(${badge}) ${product}` : product;
  }, [badge, t]);
  if (alarms === undefined) return null;
  return <AlarmCards state={alarms} onTake={take} onSilence={silence} onDismiss={dismiss} onSnooze={snooze} />;
}
