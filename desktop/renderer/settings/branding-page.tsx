import { languageNames, type Language } from "@switchboard/shared/i18n/languages.ts";
import { launcherIcons, missingTexts, themes, type Branding, type WidgetTexts } from "@switchboard/shared/model/branding.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Segmented, Switch } from "../ui/choices.tsx";
import { ColorField } from "../ui/color-field.tsx";
import { Field } from "../ui/field.tsx";
import { Chip } from "../ui/marks.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { TextArea, TextInput } from "../ui/text-input.tsx";
import { tenantCalls } from "./calls.ts";
import { FormFields } from "./form-fields.tsx";
import { LogoRow, useLogo } from "./logo-row.tsx";
import { NumberInput } from "./number-input.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, RowError, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useAnswer } from "./use-api.ts";
import { useDomainCount } from "./use-domain-count.ts";
import { useSettingsDocument, type SettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import { WidgetPreview, WidgetPreviewPlace } from "./widget-preview.tsx";
import styles from "./branding.module.css";
import settings from "./settings.module.css";

const presets = ["#0a6259", "#8c3b0b", "#7a2c73", "#2c4a73", "#4c5a0c", "#15181e"] as const;
const shortTexts = ["title", "firstLine", "greeting", "launcherLabel"] as const;
const longTexts = ["away", "consent"] as const;
const most: Readonly<Record<keyof WidgetTexts, number>> = {
  title: limits.widgetTitle,
  firstLine: limits.widgetFirstLine,
  greeting: limits.widgetFirstLine,
  launcherLabel: limits.widgetTitle,
  away: limits.widgetAway,
  consent: limits.widgetConsent,
};
const noTexts: WidgetTexts = { title: "", firstLine: "", greeting: "", away: "", launcherLabel: "", consent: "" };

export function BrandingPage() {
  const { tenant, readOnly } = useSettingsPlace();
  const document = useSettingsDocument("branding");
  const hours = useSettingsDocument("hours");
  const conversations = useSettingsDocument("conversations");
  const identity = useSettingsDocument("identity");
  const languages = useSettingsDocument("languages");
  const facts = useAnswer(tenantCalls.get, {}, { changes: ["tenant."] }).data;
  const domains = useDomainCount();
  const [language, setLanguage] = useState<Language>();
  const off = readOnly !== undefined;
  const value = document.value;
  const shown = language ?? languages.live?.first ?? "en";
  const logo = useLogo(value?.logoId ?? null);
  const preview = useMemo(
    () =>
      value !== undefined &&
      hours.live !== undefined &&
      conversations.live !== undefined &&
      identity.live !== undefined &&
      languages.live !== undefined
        ? { branding: value, hours: hours.live, conversations: conversations.live, identity: identity.live, languages: languages.live }
        : undefined,
    [value, hours.live, conversations.live, identity.live, languages.live],
  );
  const named = useMemo(() => ({ key: facts?.slug ?? "", name: facts?.name ?? tenant.name }), [facts, tenant.name]);
  return (
    <PageFrame
      id="branding"
      loaded={value !== undefined && languages.live !== undefined}
      error={document.error ?? languages.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} domains={domains} />}
      preview={
        preview !== undefined ? (
          <WidgetPreview settings={preview} tenant={named} logo={logo} language={shown} onLanguage={setLanguage} />
        ) : (
          document.error === undefined && <WidgetPreviewPlace />
        )
      }
    >
      {value !== undefined && languages.live !== undefined && (
        <>
          <Look document={document} value={value} off={off} />
          <Texts
            document={document}
            value={value}
            off={off}
            language={shown}
            onLanguage={setLanguage}
            offered={languages.live.offered}
            first={languages.live.first}
          />
          <Forms document={document} value={value} off={off} language={shown} />
        </>
      )}
    </PageFrame>
  );
}

interface PartProps {
  readonly document: SettingsDocument<Branding>;
  readonly value: Branding;
  readonly off: boolean;
}

function Look({ document, value, off }: PartProps) {
  const { t } = useTranslation();
  const { tenant } = useSettingsPlace();
  const number = (name: "offsetSide" | "offsetBottom") => (
    <span className={styles.distance}>
      <span id={`branding-${name}`}>{t(`settings.branding.${name}`)}</span>
      <NumberInput
        aria-label={t(`settings.branding.${name}`)}
        value={value[name]}
        onValue={(next) => document.update({ [name]: next })}
        unit="px"
        disabled={off}
      />
    </span>
  );
  const offsetError = document.errorAt("offsetSide") ?? document.errorAt("offsetBottom");
  return (
    <>
      <Rows>
        <LogoRow
          logoId={value.logoId}
          onLogo={(logoId) => document.update({ logoId })}
          name={tenant.name}
          colour={value.colour}
          disabled={off}
          error={document.errorAt("logoId")}
        />
      </Rows>
      <Rows>
        <GroupRow label={t("settings.branding.colour")}>
          {off ? (
            <Chip>{value.colour}</Chip>
          ) : (
            <ColorField
              label={t("settings.branding.colour")}
              value={value.colour}
              onValue={(colour) => document.update({ colour: colour.toLowerCase() })}
              presets={presets.map((hex) => ({ hex, name: t("settings.branding.preset", { colour: hex }) }))}
            />
          )}
        </GroupRow>
      </Rows>
      <Rows>
        <GroupRow label={t("settings.branding.theme")}>
          <Segmented
            label={t("settings.branding.theme")}
            value={value.theme}
            onValue={(theme) => document.update({ theme })}
            disabled={off}
            segments={themes.map((theme) => ({ value: theme, label: t(`settings.branding.themes.${theme}`) }))}
          />
        </GroupRow>
        <GroupRow
          label={t("settings.branding.position")}
          onLeave={() => {
            document.leave("offsetSide");
            document.leave("offsetBottom");
          }}
          error={offsetError}
        >
          <div className={settings.inline}>
            <Segmented
              label={t("settings.branding.position")}
              value={value.position}
              onValue={(position) => document.update({ position })}
              disabled={off}
              segments={[
                { value: "left", label: t("settings.branding.left") },
                { value: "right", label: t("settings.branding.right") },
              ]}
            />
            {number("offsetSide")}
            {number("offsetBottom")}
          </div>
        </GroupRow>
        <GroupRow label={t("settings.branding.launcher")}>
          <Segmented
            label={t("settings.branding.launcher")}
            value={value.launcherIcon}
            onValue={(launcherIcon) => document.update({ launcherIcon })}
            disabled={off}
            segments={launcherIcons.map((icon) => ({ value: icon, label: t(`settings.branding.icons.${icon}`) }))}
          />
        </GroupRow>
      </Rows>
    </>
  );
}

interface TextsProps extends PartProps {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
  readonly offered: readonly Language[];
  readonly first: Language;
}

function Texts({ document, value, off, language, onLanguage, offered, first }: TextsProps) {
  const { t } = useTranslation();
  const texts = value.texts[language] ?? noTexts;
  const set = (name: keyof WidgetTexts, text: string) =>
    document.update((before) => ({
      ...before,
      texts: { ...before.texts, [language]: { ...noTexts, ...before.texts[language], [name]: text } },
    }));
  const field = (name: keyof WidgetTexts, long: boolean) => {
    const path = `texts.${language}.${name}`;
    const shared = {
      lang: language,
      value: texts[name],
      onValue: (text: string) => set(name, text),
      onBlur: () => document.leave(path),
      limit: most[name],
      disabled: off,
    };
    return (
      <Field
        key={name}
        label={t(`settings.branding.texts_of.${name}`)}
        help={t(`settings.branding.texts_help.${name}`)}
        error={document.errorAt(path)}
      >
        {long ? <TextArea {...shared} /> : <TextInput {...shared} autoComplete="off" />}
      </Field>
    );
  };
  return (
    <Rows>
      <GroupRow label={t("settings.branding.texts")}>
        <Tabs
          label={t("common.language")}
          value={language}
          onValue={onLanguage}
          tabs={offered.map((one) => {
            const missing = missingTexts(value, one, first);
            return {
              value: one,
              label: languageNames[one],
              lang: one,
              ...(missing > 0 ? { mark: <Chip tone="warn">{t("settings.branding.missing", { count: missing })}</Chip> } : {}),
            };
          })}
        >
          <div className={styles.texts}>
            {shortTexts.map((name) => field(name, false))}
            {longTexts.map((name) => field(name, true))}
          </div>
        </Tabs>
      </GroupRow>
    </Rows>
  );
}

function Forms({ document, value, off, language }: PartProps & { readonly language: Language }) {
  const { t } = useTranslation();
  return (
    <>
      <Rows>
        <GroupRow label={t("settings.branding.ask")} help={t("settings.branding.ask_help")}>
          <Switch
            label={t("settings.branding.ask_on")}
            checked={value.preChat.enabled}
            disabled={off}
            onChecked={(enabled) => document.update({ preChat: { ...value.preChat, enabled } })}
          />
          {value.preChat.enabled && (
            <FormFields
              name={t("settings.branding.ask")}
              fields={value.preChat.fields}
              onFields={(fields) => document.update({ preChat: { ...value.preChat, fields } })}
              language={language}
              disabled={off}
              errorAt={(path) => problemAt(document, "preChat.fields", path)}
            />
          )}
        </GroupRow>
        <GroupRow label={t("settings.branding.offline")} help={t("settings.branding.offline_help")}>
          <FormFields
            name={t("settings.branding.offline")}
            fields={value.offlineFields}
            onFields={(offlineFields) => document.update({ offlineFields })}
            language={language}
            disabled={off}
            errorAt={(path) => problemAt(document, "offlineFields", path)}
          />
        </GroupRow>
      </Rows>
      <Rows>
        <GroupRow label={t("settings.branding.product")}>
          <Switch
            label={t("settings.branding.product_on")}
            checked={value.productName}
            disabled={off}
            onChecked={(productName) => document.update({ productName })}
          />
        </GroupRow>
        {document.errorAt("") !== undefined && <RowError>{document.errorAt("") ?? ""}</RowError>}
      </Rows>
    </>
  );
}

/** A form is checked as a whole when something in it is wrong: one question may be the reason why another is missing. */
function problemAt(document: SettingsDocument<Branding>, list: string, path: string): string | undefined {
  const at = path === "" ? list : `${list}.${path}`;
  if (document.problems.some((problem) => problem.at === at)) document.leave(at);
  return document.errorAt(at);
}
