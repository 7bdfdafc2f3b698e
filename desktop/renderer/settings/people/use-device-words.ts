import { useTranslation } from "react-i18next";
import { consoleOf } from "../../../bridge/device.ts";

/** What somebody was signed in with, in the reader's words. */
export function useDeviceWords(): (device: string) => string {
  const { t } = useTranslation();
  return (device) => {
    const system = consoleOf(device);
    if (system === undefined) return device;
    return system === "browser" ? t("people.sessions.console_in_browser") : t("people.sessions.console_on", { system });
  };
}
