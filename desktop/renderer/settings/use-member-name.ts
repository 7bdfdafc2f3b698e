import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";
import { useSettingsPlace } from "./settings-place.ts";

/** Who did something, by the rows on this computer; the template of the business when nobody did. */
export function useMemberName(): (memberId: string | null) => string {
  const { t } = useTranslation();
  const { tenantId, tenant } = useSettingsPlace();
  const people = useLive("people.list", { tenantId }).data;
  return (memberId) => {
    if (memberId === null) return t("settings.version.by_template");
    if (memberId === tenant.memberId) return t("settings.version.by_me");
    return people?.members.find(({ id }) => id === memberId)?.name ?? t("settings.version.by_somebody");
  };
}
