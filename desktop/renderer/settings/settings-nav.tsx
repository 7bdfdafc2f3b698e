import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenTenant } from "../../bridge/session.ts";
import { useCommands } from "../commands/context.tsx";
import { rankCommands } from "../commands/rank.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { settingsGroups, type SettingsPage, type SettingsPageId } from "./settings-pages.ts";
import styles from "./settings.module.css";

export interface SettingsNavProps {
  readonly pages: readonly (SettingsPage & { readonly id: SettingsPageId })[];
  readonly page: SettingsPageId;
  readonly onPage: (id: SettingsPageId) => void;
  readonly tenants: readonly OpenTenant[];
  readonly tenantId: string;
  readonly onTenant: (tenantId: string) => void;
}

/** The pages by group, and a search over what they are called and what can be set on them. */
export function SettingsNav({ pages, page, onPage, tenants, tenantId, onTenant }: SettingsNavProps) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState("");
  const search = useRef<HTMLInputElement>(null);
  useCommands({ "list.search": () => search.current?.focus() });
  const english = i18n.getFixedT("en");
  const named = pages.map((one) => ({
    ...one,
    title: t(`settings.page.${one.id}.title`),
    also: [
      t(`settings.page.${one.id}.words`),
      t(`settings.page.${one.id}.line`),
      english(`settings.page.${one.id}.title`),
      english(`settings.page.${one.id}.words`),
    ],
  }));
  const found = typed.trim() === "" ? named : rankCommands(named, typed, []);
  const link = (one: (typeof named)[number]) => (
    <li key={one.id}>
      <button
        type="button"
        className={cx(styles.link, one.id === page && styles.here)}
        {...(one.id === page ? { "aria-current": "page" as const } : {})}
        onClick={() => onPage(one.id)}
      >
        <Icon name={one.icon} />
        <span className="clip">{one.title}</span>
      </button>
    </li>
  );
  return (
    <nav className={styles.nav} aria-label={t("console.section.settings")} data-region="list">
      {tenants.length > 1 && (
        <Select
          aria-label={t("settings.nav.tenant")}
          value={tenantId}
          onValue={onTenant}
          small={true}
          choices={tenants.map((tenant) => ({
            value: tenant.tenantId,
            label: tenant.name,
            mark: <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />,
          }))}
        />
      )}
      <TextInput
        ref={search}
        icon="search"
        small={true}
        value={typed}
        onValue={setTyped}
        aria-label={t("settings.nav.find")}
        placeholder={t("settings.nav.find")}
        onKeyDown={(event) => {
          const [best] = found;
          if (event.key === "Enter" && best !== undefined && typed.trim() !== "") onPage(best.id);
          if (event.key === "Escape" && typed !== "") {
            event.stopPropagation();
            setTyped("");
          }
        }}
      />
      {typed.trim() === "" ? (
        settingsGroups.map((group) => {
          const inside = named.filter((one) => one.group === group);
          return inside.length === 0 ? null : (
            <section key={group} aria-labelledby={`settings-group-${group}`}>
              <h2 id={`settings-group-${group}`} className={styles.group}>
                {t(`settings.group.${group}`)}
              </h2>
              <ul>{inside.map(link)}</ul>
            </section>
          );
        })
      ) : found.length === 0 ? (
        <p className={styles.nothing}>{t("settings.nav.nothing", { query: typed.trim() })}</p>
      ) : (
        <ul>{found.map(link)}</ul>
      )}
    </nav>
  );
}
