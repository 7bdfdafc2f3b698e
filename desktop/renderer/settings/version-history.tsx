/** Which version counts, who saved which one when, and the way back to an earlier one. */
import { newsOfSettings } from "@switchboard/shared/events/news.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Skeleton } from "../ui/states.tsx";
import { tenantCalls } from "./calls.ts";
import { useSettingsPlace } from "./settings-place.ts";
import { useAnswer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useMemberName } from "./use-member-name.ts";
import type { SettingsDocument } from "./use-settings-document.ts";
import styles from "./settings.module.css";

type Versioned = Pick<SettingsDocument<unknown>, "kind" | "version" | "restore">;

export function VersionHistory({ document }: { readonly document: Versioned }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (document.version === 0) return null;
  return (
    <>
      <Button icon="undo" onClick={() => setOpen(true)}>
        {t("settings.version.label", { version: document.version })}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={t("settings.version.title")} width="m">
        <Versions document={document} onDone={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Versions({ document, onDone }: { readonly document: Versioned; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const errors = useErrors();
  const nameOf = useMemberName();
  const { readOnly } = useSettingsPlace();
  const history = useAnswer(
    tenantCalls.settingsHistory,
    { params: { kind: document.kind }, query: { limit: 50 } },
    { changes: newsOfSettings(document.kind) },
  );
  if (history.error !== undefined) return <p>{errors.sentence(history.error)}</p>;
  if (history.data === undefined) return <Skeleton rows={4} look="line" />;
  return (
    <ul className={styles.versions}>
      {history.data.items.map((one) => (
        <li key={one.version}>
          <b className="num">{one.version}</b>
          <span className="grow">
            {nameOf(one.savedBy)}
            <small>
              {format.dayTime(Date.parse(one.savedAt), now)}
              {one.restoredFrom !== null && ` · ${t("settings.version.from", { version: one.restoredFrom })}`}
            </small>
          </span>
          {one.version === document.version ? (
            <span className={styles.counts}>{t("settings.version.current")}</span>
          ) : (
            <Button
              size="s"
              blocked={readOnly === undefined ? undefined : t(`settings.read_only.${readOnly}`)}
              onClick={() =>
                void document.restore(one.version).then((done) => {
                  if (done) onDone();
                })
              }
            >
              {t("settings.version.restore", { version: one.version })}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
