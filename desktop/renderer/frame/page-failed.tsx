import { useTranslation } from "react-i18next";
import { useTicker } from "../text/now.tsx";
import { ErrorState } from "../ui/states.tsx";

/**
 * A page that cannot be drawn, or of which a part is no longer where this console came from, as after an update of it. The frame around
 * it goes on; what is loaded anew is all of it, since a part that could not be loaded is not asked for twice.
 */
export function PageFailed({ error }: { readonly error: unknown }) {
  const { t } = useTranslation();
  const ticker = useTicker();
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return (
    <ErrorState
      title={t("console.page_failed.title")}
      onRetry={() => location.reload()}
      details={{ code: name, at: ticker.now(), message }}
    >
      {t("console.page_failed.line")}
    </ErrorState>
  );
}
