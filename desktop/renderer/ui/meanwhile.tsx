import { useEffect, useRef, useState } from "react";
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
  /** How often saving was tried before it was decided: it is led to then, and says why nothing was saved. Until then nothing moves while somebody types. */
  readonly tried?: number;
  readonly onMine: () => void;
  readonly onTheirs: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const [atFirst] = useState(tried);
  const asked = tried - atFirst;
  useEffect(() => {
    if (asked === 0) return;
    place.current?.scrollIntoView({ block: "nearest" });
    // Not one of the buttons: an Enter too many would decide.
    place.current?.focus({ preventScroll: true });
  }, [asked]);
  const line = t(asked > 0 ? "settings.newer.decide_first" : "settings.newer.fields_line");
  return (
    <div ref={place} tabIndex={-1}>
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
        {(theirs === undefined || theirs === "" || asked > 0) && <p>{line}</p>}
        {theirs !== undefined && theirs !== "" && (
          <blockquote dir="auto" lang={scriptLanguage(theirs)}>
            {theirs}
          </blockquote>
        )}
      </Alert>
    </div>
  );
}
