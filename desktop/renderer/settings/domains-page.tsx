import { createOriginCheck, parseDomain, formatDomain } from "@switchboard/shared/model/domains.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "../session/session-context.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Chip } from "../ui/marks.tsx";
import { Alert } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { tenantCalls } from "./calls.ts";
import { CopyText } from "./copy-text.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, RowError, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { snippetOf } from "./snippet.ts";
import { useAnswer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import { SeenChip, useSightings, type Sighting } from "./widget-seen.tsx";
import styles from "./settings.module.css";

/** Where the widget may be loaded, and whether it was. */
export function DomainsPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const { state } = useSession();
  const document = useSettingsDocument("domains");
  const sightings = useSightings();
  const tenant = useAnswer(tenantCalls.get, {}, { changes: ["tenant."] }).data;
  const off = readOnly !== undefined;
  const value = document.value;
  const items = sightings.data?.items ?? [];
  const lastSeenOn = (entry: string): Sighting | undefined => {
    const covers = createOriginCheck([entry]);
    return items.find(({ site }) => covers(site));
  };
  const strangers = items.filter(({ site, refused }) => refused && !createOriginCheck(value?.entries ?? [])(site));
  const add = (entry: string) => document.update((before) => ({ entries: [...before.entries, entry] }));
  return (
    <PageFrame
      id="domains"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} domains={value?.entries.length ?? 0} />}
    >
      {value !== undefined && (
        <>
          <Rows>
            <GroupRow label={t("settings.domains.list")} help={t("settings.domains.list_help")}>
              {value.entries.length === 0 && (
                <Alert tone="warn" title={t("settings.domains.none")}>
                  {t("settings.domains.none_line")}
                </Alert>
              )}
              <ul className={styles.list}>
                {value.entries.map((entry) => {
                  const seen = lastSeenOn(entry);
                  const live = document.live?.entries.includes(entry) === true;
                  return (
                    <li key={entry}>
                      <span className="grow">
                        <b>{entry}</b>
                        {seen?.pageUrl != null && (
                          <small className={styles.small}>{t("settings.domains.page", { page: seen.pageUrl })}</small>
                        )}
                      </span>
                      {live ? <SeenChip sighting={seen} /> : <Chip tone="warn">{t("settings.domains.not_live")}</Chip>}
                      <IconButton
                        icon="close"
                        size="s"
                        label={t("ui.combobox.remove", { name: entry })}
                        disabled={off}
                        onClick={() => document.update((before) => ({ entries: before.entries.filter((other) => other !== entry) }))}
                      />
                    </li>
                  );
                })}
              </ul>
              <NewDomain entries={value.entries} onAdd={add} disabled={off} />
            </GroupRow>
            {strangers.length > 0 && (
              <GroupRow label={t("settings.domains.strangers")} help={t("settings.domains.strangers_help")}>
                <ul className={styles.list}>
                  {strangers.map((sighting) => (
                    <li key={sighting.site}>
                      <span className="grow">{sighting.site}</span>
                      <SeenChip sighting={sighting} />
                      <Button size="s" icon="plus" disabled={off} onClick={() => addSite(sighting.site, add)}>
                        {t("settings.domains.allow")}
                      </Button>
                    </li>
                  ))}
                </ul>
              </GroupRow>
            )}
          </Rows>
          <Rows>
            <GroupRow label={t("settings.domains.snippet")} help={t("settings.domains.snippet_help")}>
              {tenant !== undefined && <CopyText label={t("settings.domains.snippet")} text={snippetOf(state.server ?? "", tenant.slug)} />}
            </GroupRow>
            <GroupRow label={t("settings.domains.check")}>
              <Button
                icon="refresh"
                onClick={sightings.reload}
                blocked={readOnly === "offline" ? t("settings.read_only.offline") : undefined}
              >
                {t("settings.domains.check_now")}
              </Button>
            </GroupRow>
          </Rows>
        </>
      )}
    </PageFrame>
  );
}

function addSite(site: string, add: (entry: string) => void): void {
  const parsed = parseDomain(site);
  if (parsed.ok) add(formatDomain(parsed.domain));
}

function NewDomain({
  entries,
  onAdd,
  disabled,
}: {
  readonly entries: readonly string[];
  readonly onAdd: (entry: string) => void;
  readonly disabled: boolean;
}) {
  const { t } = useTranslation();
  const errors = useErrors();
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<string>();
  const add = () => {
    const parsed = parseDomain(typed);
    if (!parsed.ok) {
      const codes = {
        empty: "domain_empty",
        too_long: "domain_not",
        not_a_domain: "domain_not",
        wildcard: "domain_wildcard",
        scheme: "domain_scheme",
      } as const;
      return setWrong(errors.ofField({ code: codes[parsed.problem], values: {} }));
    }
    const entry = formatDomain(parsed.domain);
    if (entries.includes(entry)) return setWrong(errors.ofField({ code: "repeated", values: {} }));
    onAdd(entry);
    setTyped("");
    setWrong(undefined);
  };
  return (
    <>
      <div className={styles.adding}>
        <TextInput
          aria-label={t("settings.domains.new")}
          aria-invalid={wrong !== undefined}
          placeholder={t("settings.domains.placeholder")}
          value={typed}
          onValue={(next) => {
            setTyped(next);
            setWrong(undefined);
          }}
          maxLength={limits.domain + 32}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
          disabled={disabled || entries.length >= limits.domainsPerTenant}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            add();
          }}
        />
        <Button icon="plus" onClick={add} disabled={disabled}>
          {t("settings.domains.add")}
        </Button>
      </div>
      {wrong !== undefined && <RowError>{wrong}</RowError>}
    </>
  );
}
