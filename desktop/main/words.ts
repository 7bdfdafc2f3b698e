/** The few sentences that stand outside of any page: tray and dialogs. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import { pickLanguage } from "@switchboard/shared/i18n/languages.ts";

export function shellWords(locale: string) {
  const t = translateTo(pickLanguage([locale]));
  return {
    open: t("shell.open"),
    quit: t("shell.quit"),
    waiting: (count: number) => (count === 0 ? t("shell.calm") : t("shell.waiting", { count })),
    coreDied: t("shell.coreDied"),
    coreDiedDetail: t("shell.coreDiedDetail"),
    startAgain: t("shell.startAgain"),
    hidden: t("shell.hidden"),
    hiddenDetail: t("shell.hiddenDetail"),
    pageDied: t("shell.pageDied"),
    pageDiedDetail: t("shell.pageDiedDetail"),
    loadAgain: t("shell.loadAgain"),
    leave: t("shell.leave"),
  };
}
