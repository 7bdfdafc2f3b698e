import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states.tsx";

/** A page one may not open is no page, also for whoever types its address. */
export function NothingHere({ onInbox }: { readonly onInbox: () => void }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon="inbox"
      title={t("console.nothing_here.title")}
      action={<Button onClick={onInbox}>{t("console.nothing_here.inbox")}</Button>}
    >
      {t("console.nothing_here.line")}
    </EmptyState>
  );
}
