import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languageNames, languages, type Language } from "@switchboard/shared/i18n/languages.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { businessTypes, type BusinessType } from "@switchboard/shared/model/business-types.ts";
import { Combobox } from "../ui/combobox.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { tenantCalls } from "./calls.ts";
import { RemoveSamples } from "../first-run/remove-samples.tsx";
import { useLive } from "../live.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, Row, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { asBridgeError, fieldErrors, useAnswer, useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useKept } from "./use-kept.ts";
import { useZoneChoices } from "./use-zone-choices.ts";

interface Details {
  readonly name: string;
  readonly businessType: BusinessType;
  readonly language: Language;
  readonly zone: string;
}
const fields = ["name", "businessType", "language", "zone"] as const;

/** Who the business is. The slug stays: it stands in other people's pages. */
export function BusinessPage() {
  const { t } = useTranslation();
  const { tenantId, readOnly } = useSettingsPlace();
  const samples = useLive("inbox.counts", { tenants: [tenantId] }).data?.samples ?? 0;
  const ask = useAskServer();
  const errors = useErrors();
  const toasts = useToasts();
  const zones = useZoneChoices();
  const tenant = useAnswer(tenantCalls.get, {}, { changes: ["tenant."] });
  const [draft, setDraft] = useKept<Partial<Details>>("business", {});
  // What each field was when somebody began to change it here.
  const [begun, setBegun] = useKept<Partial<Details>>("business as begun", {});
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [saving, setSaving] = useState(false);
  const live = tenant.data;
  const changes = fields.filter((field) => draft[field] !== undefined && draft[field] !== live?.[field]);
  const meanwhile = changes.filter((field) => begun[field] !== undefined && begun[field] !== live?.[field]);
  const value = live === undefined ? undefined : { ...live, ...draft };
  const set = (change: Partial<Details>) => {
    setDraft({ ...draft, ...change });
    setBegun({ ...(live && Object.fromEntries(Object.keys(change).map((field) => [field, live[field as keyof Details]]))), ...begun });
    setRefused(Object.fromEntries(Object.entries(refused).filter(([field]) => !(field in change))));
  };
  const forget = () => {
    setDraft({});
    setBegun({});
  };
  const send = async (body: Partial<Details>) => tenant.put(await ask(tenantCalls.update, { body }));
  const save = async (): Promise<boolean> => {
    if (live === undefined || value === undefined) return false;
    const body = Object.fromEntries(changes.map((field) => [field, field === "name" ? value.name.trim() : value[field]]));
    if (value.name.trim() === "") {
      setRefused({ name: t("errors.field.required") });
      return false;
    }
    setSaving(true);
    try {
      await send(body);
      forget();
      const before = Object.fromEntries(changes.map((field) => [field, live[field]]));
      toasts.say(t("settings.business.saved"), { undo: () => void send(before).catch(errors.say) });
      return true;
    } catch (error) {
      const named = fieldErrors(asBridgeError(error));
      setRefused(Object.fromEntries(named.map(({ at, code }) => [at, errors.ofField({ code, values: { count: limits.tenantName } })])));
      if (named.length === 0) errors.say(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  const off = readOnly !== undefined;
  const labelOf: Readonly<Record<keyof Details, string>> = {
    name: t("settings.business.name"),
    businessType: t("settings.business.type"),
    language: t("common.language"),
    zone: t("common.time_zone"),
  };
  return (
    <PageFrame
      id="business"
      loaded={value !== undefined}
      error={tenant.error}
      onRetry={tenant.reload}
      bar={
        <PublishBar
          document={{
            changes,
            discard: () => {
              forget();
              setRefused({});
            },
            save,
            saving,
            problems: [],
            newer: undefined,
            keepMine: () => setBegun({}),
          }}
          meanwhile={meanwhile.map((field) => labelOf[field])}
        />
      }
    >
      {value !== undefined && (
        <Rows>
          <Row label={labelOf.name} help={t("settings.business.name_help")} error={refused["name"]} disabled={off}>
            <TextInput value={value.name} onValue={(name) => set({ name })} limit={limits.tenantName} autoComplete="organization" />
          </Row>
          <Row label={labelOf.businessType} help={t("settings.business.type_help")} disabled={off}>
            <Select
              value={value.businessType}
              onValue={(businessType) => set({ businessType })}
              disabled={off}
              choices={businessTypes.map((type) => ({ value: type, label: t(`settings.business.types.${type}`) }))}
            />
          </Row>
          <Row label={labelOf.language} help={t("settings.business.language_help")} disabled={off}>
            <Select
              value={value.language}
              onValue={(language) => set({ language })}
              disabled={off}
              choices={languages.map((language) => ({ value: language, label: languageNames[language] }))}
            />
          </Row>
          <Row label={labelOf.zone} help={t("settings.business.zone_help")} error={refused["zone"]} disabled={off}>
            <Combobox choices={zones(value.zone)} value={value.zone} onValue={(zone) => zone !== null && set({ zone })} disabled={off} />
          </Row>
          <Row label={t("settings.business.key")} help={t("settings.business.key_help")}>
            <TextInput value={value.slug} onValue={() => undefined} readOnly={true} mono={true} />
          </Row>
          {samples > 0 && (
            <GroupRow label={t("settings.business.samples")} help={t("settings.business.samples_help", { count: samples })}>
              <RemoveSamples tenantId={tenantId} blocked={off ? t(`settings.read_only.${readOnly}`) : undefined} />
            </GroupRow>
          )}
        </Rows>
      )}
    </PageFrame>
  );
}
