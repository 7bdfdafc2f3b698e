import { languageNames, languages } from "@switchboard/shared/i18n/languages.ts";
import { missingTexts } from "@switchboard/shared/model/branding.ts";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choices.tsx";
import { Chip } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, Row, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { useDomainCount } from "./use-domain-count.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./settings.module.css";

/** Which languages the widget speaks, and which one when it speaks none of the visitor's. */
export function LanguagesPage() {
  const { t } = useTranslation();
  const { readOnly, go } = useSettingsPlace();
  const document = useSettingsDocument("languages");
  const branding = useSettingsDocument("branding").live;
  const domains = useDomainCount();
  const off = readOnly !== undefined;
  const value = document.value;
  return (
    <PageFrame
      id="languages"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} domains={domains} />}
    >
      {value !== undefined && (
        <Rows>
          <GroupRow
            label={t("settings.languages.offered")}
            help={t("settings.languages.offered_help")}
            error={document.errorAt("offered")}
            onLeave={() => document.leave("offered")}
          >
            <div className={styles.checks}>
              {languages.map((language) => {
                const missing = branding === undefined ? 0 : missingTexts(branding, language, value.first);
                return (
                  <Checkbox
                    key={language}
                    label={<span lang={language}>{languageNames[language]}</span>}
                    checked={value.offered.includes(language)}
                    // The first language is always among them.
                    disabled={off || language === value.first}
                    onChecked={(on) =>
                      document.update({ offered: languages.filter((one) => (one === language ? on : value.offered.includes(one))) })
                    }
                    end={
                      missing > 0 &&
                      value.offered.includes(language) && <Chip tone="warn">{t("settings.branding.missing", { count: missing })}</Chip>
                    }
                  />
                );
              })}
            </div>
          </GroupRow>
          <Row
            label={t("settings.languages.first")}
            help={t("settings.languages.first_help")}
            error={document.errorAt("first")}
            disabled={off}
          >
            <Select
              value={value.first}
              onValue={(first) => document.update({ first })}
              disabled={off}
              choices={value.offered.map((language) => ({ value: language, label: languageNames[language] }))}
            />
          </Row>
          <GroupRow label={t("settings.languages.texts")}>
            <Button onClick={() => go("branding")}>{t("settings.languages.write")}</Button>
          </GroupRow>
        </Rows>
      )}
    </PageFrame>
  );
}
