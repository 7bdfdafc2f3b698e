import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "./button.tsx";
import { Alert } from "./states.tsx";

/** Somebody else changed what is being typed over: nothing is saved over it unasked. */
export function Meanwhile({
  fields,
  theirs,
  onMine,
  onTheirs,
}: {
  readonly fields: readonly string[];
  /** Their words, where it is about words. */
  readonly theirs?: string | undefined;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      tone="warn"
      urgent={true}
      title={t("settings.newer.fields", { fields: format.list(fields) })}
      actions={
        <>
          <Button size="s" onClick={onTheirs}>
            {t("settings.newer.theirs")}
          </Button>
          <Button size="s" onClick={onMine}>
            {t("settings.newer.mine")}
          </Button>
        </>
      }
    >
      {theirs === undefined || theirs === "" ? (
        t("settings.newer.fields_line")
      ) : (
        <blockquote dir="auto" lang={scriptLanguage(theirs)}>
          {theirs}
        </blockquote>
      )}
    </Alert>
  );
}
