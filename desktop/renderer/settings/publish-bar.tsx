/** The bar of pages that visitors see: what is changed and not yet live, and the way to make it so. Also the card about a newer version. */
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Alert } from "../ui/states.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useMemberName } from "./use-member-name.ts";
import type { SettingsDocument } from "./use-settings-document.ts";
import styles from "./settings.module.css";

type AnyDocument = Pick<SettingsDocument<unknown>, "changes" | "discard" | "save" | "saving" | "problems" | "newer" | "keepMine">;

export interface PublishBarProps {
  readonly document: AnyDocument;
  /** "not yet live on 2 domains"; without it the bar only saves. */
  readonly domains?: number | undefined;
  /** Fields of a page without versions that somebody else saved after they were changed here. */
  readonly meanwhile?: readonly string[];
}

export function PublishBar({ document, domains, meanwhile = [] }: PublishBarProps) {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const { changes, newer, saving } = document;
  if (changes.length === 0) return null;
  return (
    <div className={styles.bar}>
      {newer !== undefined && <NewerVersion document={document} newer={newer} />}
      {meanwhile.length > 0 && <NewerFields document={document} fields={meanwhile} />}
      <div className={styles.barLine}>
        <span className={styles.pending} aria-hidden="true" />
        <output className="grow">
          {domains === undefined
            ? t("settings.bar.unsaved", { count: changes.length })
            : domains === 0
              ? t("settings.bar.unpublished", { count: changes.length })
              : domains === 1
                ? t("settings.bar.unpublished_one_domain", { count: changes.length })
                : t("settings.bar.unpublished_domains", { count: changes.length, domains })}
        </output>
        <Button size="l" onClick={document.discard} disabled={saving}>
          {t("common.discard")}
        </Button>
        <Button
          size="l"
          kind="primary"
          onClick={() => void document.save()}
          disabled={saving}
          blocked={
            readOnly !== undefined
              ? t(`settings.read_only.${readOnly}`)
              : newer !== undefined || meanwhile.length > 0
                ? t("settings.newer.decide")
                : undefined
          }
        >
          {domains === undefined ? t("common.save") : t("settings.bar.publish")}
        </Button>
      </div>
    </div>
  );
}

function NewerVersion({ document, newer }: { readonly document: AnyDocument; readonly newer: NonNullable<AnyDocument["newer"]> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const nameOf = useMemberName();
  return (
    <Alert
      tone="warn"
      urgent={true}
      title={t("settings.newer.title", { name: nameOf(newer.savedBy), version: newer.version })}
      actions={<Decide document={document} />}
    >
      {t("settings.newer.line", { when: format.dayTime(Date.parse(newer.savedAt), now) })}
    </Alert>
  );
}

function NewerFields({ document, fields }: { readonly document: AnyDocument; readonly fields: readonly string[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Alert
      tone="warn"
      urgent={true}
      title={t("settings.newer.fields", { fields: format.list(fields) })}
      actions={<Decide document={document} />}
    >
      {t("settings.newer.fields_line")}
    </Alert>
  );
}

function Decide({ document }: { readonly document: AnyDocument }) {
  const { t } = useTranslation();
  return (
    <>
      <Button size="s" onClick={document.discard}>
        {t("settings.newer.theirs")}
      </Button>
      <Button size="s" onClick={document.keepMine}>
        {t("settings.newer.mine")}
      </Button>
    </>
  );
}
