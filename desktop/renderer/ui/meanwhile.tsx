import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "./button.tsx";
import { Alert } from "./states.tsx";

/** Somebody else changed what is being typed over: nothing is saved over it unasked. */
export function Meanwhile({
  fields,
  theirs,
  tried = 0,
  onMine,
  onTheirs,
}: {
  readonly fields: readonly string[];
  /** Their words, where it is about words. */
  readonly theirs?: string | undefined;
  /** How often saving was tried before it was decided: it comes into sight then, so that nothing moves while somebody types. */
  readonly tried?: number;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (tried > 0) place.current?.scrollIntoView({ block: "nearest" });
  }, [tried]);
  return (
    <div ref={place}>
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
    </div>
  );
}
