import { weekdays, type Weekday } from "@switchboard/shared/model/dates.ts";
import { createHours, type Interval } from "@switchboard/shared/model/hours.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { HoursSettings } from "@switchboard/shared/model/settings.ts";
import { isZone } from "@switchboard/shared/model/zones.ts";
import { languageNames, languages, type Language } from "@switchboard/shared/i18n/languages.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Switch } from "../ui/choices.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Chip } from "../ui/marks.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TextArea } from "../ui/text-input.tsx";
import { Holidays } from "./holidays.tsx";
import type { HoursPartProps } from "./hours-part.ts";
import { IntervalList } from "./interval-list.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, Row, RowError, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useDomainCount } from "./use-domain-count.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { useZoneChoices } from "./use-zone-choices.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./hours.module.css";

export function HoursPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const document = useSettingsDocument("hours");
  const domains = useDomainCount();
  const zones = useZoneChoices();
  const off = readOnly !== undefined;
  const value = document.value;
  return (
    <PageFrame
      id="hours"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} domains={domains} />}
    >
      {value !== undefined && (
        <>
          <SeenNow value={value} />
          <Rows>
            <Row label={t("common.time_zone")} help={t("settings.hours.zone_help")} error={document.errorAt("zone")} disabled={off}>
              <Combobox
                choices={zones(value.zone)}
                value={value.zone}
                onValue={(zone) => zone !== null && document.update({ zone })}
                disabled={off}
              />
            </Row>
            <GroupRow label={t("settings.hours.always")}>
              <Switch
                label={t("settings.hours.always_on")}
                checked={value.always}
                disabled={off}
                onChecked={(always) => document.update({ always })}
              />
            </GroupRow>
            {!value.always && <Week document={document} value={value} off={off} />}
          </Rows>
          {!value.always && <Holidays document={document} value={value} off={off} />}
          <AutomaticReply document={document} value={value} off={off} />
        </>
      )}
    </PageFrame>
  );
}

/** The draft's own answer to what a visitor would be told at this moment. */
function SeenNow({ value }: { readonly value: HoursSettings }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (!isZone(value.zone)) return null;
  const hours = createHours(value);
  const open = hours.isOpen(now);
  const change = hours.nextChange(now);
  const when =
    change === null
      ? undefined
      : t("when.with_zone", {
          time: format.dayTimeIn(change, now, value.zone),
          zone: format.clockOf(value.zone),
        });
  return (
    <p className={styles.seen} role="status">
      <span>{t("settings.hours.seen_now")}</span>
      <Chip tone={open ? "ok" : "plain"} icon={open ? "check" : "clock"}>
        {open
          ? when === undefined
            ? t("settings.hours.now_always")
            : t("settings.hours.now_open", { when })
          : when === undefined
            ? t("settings.hours.now_never")
            : t("settings.hours.now_closed", { when })}
      </Chip>
    </p>
  );
}

function Week({ document, value, off }: HoursPartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const setDay = (day: Weekday, intervals: readonly Interval[]) =>
    document.update((before) => ({ ...before, week: { ...before.week, [day]: intervals } }));
  const copyMonday = () =>
    document.update((before) => ({
      ...before,
      week: { ...before.week, ...Object.fromEntries([2, 3, 4, 5].map((day) => [day, before.week[1] ?? []])) },
    }));
  return (
    <GroupRow label={t("settings.hours.week")} help={t("settings.hours.week_help")}>
      <ul className={styles.week}>
        {weekdays.map((day) => (
          <li key={day}>
            <span className={styles.day}>{format.weekday(day, "long")}</span>
            <IntervalList
              of={format.weekday(day, "long")}
              intervals={value.week[day] ?? []}
              onIntervals={(intervals) => setDay(day, intervals)}
              disabled={off}
              errorAt={(path) => document.errorAt(path === "" ? `week.${day}` : `week.${day}.${path}`)}
              onLeave={() => {
                document.leave(`week.${day}`);
                for (const [index] of (value.week[day] ?? []).entries())
                  for (const end of ["from", "to"]) document.leave(`week.${day}.${index}.${end}`);
              }}
            />
          </li>
        ))}
      </ul>
      <Button kind="quiet" size="s" icon="copy" onClick={copyMonday} disabled={off}>
        {t("settings.hours.copy_monday", {
          first: format.weekday(2, "long"),
          last: format.weekday(5, "long"),
          day: format.weekday(1, "long"),
        })}
      </Button>
    </GroupRow>
  );
}

function AutomaticReply({ document, value, off }: HoursPartProps) {
  const { t } = useTranslation();
  const [language, setLanguage] = useState<Language>("en");
  const { enabled, texts } = value.automaticReply;
  const path = `automaticReply.texts.${language}`;
  const error = document.errorAt(path);
  return (
    <Rows title={t("settings.hours.reply")}>
      <GroupRow label={t("settings.hours.reply_send")} help={t("settings.hours.reply_help")}>
        <Switch
          label={t("settings.hours.reply_on")}
          checked={enabled}
          disabled={off}
          onChecked={(on) => document.update({ automaticReply: { ...value.automaticReply, enabled: on } })}
        />
      </GroupRow>
      {enabled && (
        <GroupRow label={t("settings.hours.reply_text")} onLeave={() => document.leave(path)}>
          <Tabs
            label={t("common.language")}
            value={language}
            onValue={setLanguage}
            tabs={languages.map((one) => ({ value: one, label: languageNames[one], lang: one }))}
          >
            <TextArea
              lang={language}
              aria-label={`${t("settings.hours.reply_text")}, ${languageNames[language]}`}
              value={texts[language] ?? ""}
              onValue={(text) => document.update({ automaticReply: { ...value.automaticReply, texts: { ...texts, [language]: text } } })}
              limit={limits.automaticReply}
              disabled={off}
            />
            {error !== undefined && <RowError>{error}</RowError>}
          </Tabs>
        </GroupRow>
      )}
    </Rows>
  );
}
