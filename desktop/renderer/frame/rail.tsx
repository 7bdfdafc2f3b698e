import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar, Badge, TenantTile, type Presence, type TenantColour } from "../ui/marks.tsx";
import { cx } from "../ui/cx.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { Popover } from "../ui/popover.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { Tip } from "../ui/tooltip.tsx";
import popup from "../ui/popup.module.css";
import styles from "./rail.module.css";

export interface RailTenant {
  readonly id: string;
  readonly name: string;
  readonly letters: string;
  readonly colour: TenantColour;
  readonly needsMe: number;
}

export interface RailSection {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly count?: number | undefined;
  /** Counts that need nobody at once are grey. */
  readonly quiet?: boolean;
  readonly keys: readonly string[];
}

export interface RailProps {
  readonly tenants: readonly RailTenant[];
  /** Undefined is "all tenants". */
  readonly tenant: string | undefined;
  readonly onTenant: (id: string | undefined) => void;
  readonly sections: readonly RailSection[];
  readonly section: string;
  readonly onSection: (id: string) => void;
  readonly settings?: RailSection | undefined;
  readonly wide: boolean;
  readonly me: { readonly name: string; readonly presence: Presence; readonly presenceLabel: string };
  readonly meEntries: readonly MenuEntry[];
}

const shownTenants = 5;

/** Shows only what exists: a section without a view, or without the right to it, is not here. */
export function Rail(props: RailProps) {
  const { tenants, tenant, onTenant, sections, settings, wide, me, meEntries } = props;
  const { t } = useTranslation();
  // The chosen tenant is always among the shown ones, without moving the others.
  const first = tenants.slice(0, shownTenants);
  const chosen = tenants.find((candidate) => candidate.id === tenant);
  const shown = chosen === undefined || first.includes(chosen) ? first : [...first.slice(0, -1), chosen];
  const hidden = tenants.filter((candidate) => !shown.includes(candidate));
  return (
    <nav className={cx(styles.rail, wide && styles.wide)} aria-label={t("console.rail.label")} data-region="rail">
      {tenants.length > 1 && (
        <>
          <RailTile
            label={t("console.rail.all_tenants")}
            on={tenant === undefined}
            wide={wide}
            onClick={() => onTenant(undefined)}
            count={0}
          >
            <span className={styles.all}>
              <Icon name="allTenants" />
            </span>
          </RailTile>
          {shown.map((candidate) => (
            <RailTile
              key={candidate.id}
              label={candidate.name}
              on={tenant === candidate.id}
              wide={wide}
              onClick={() => onTenant(candidate.id)}
              count={candidate.needsMe}
            >
              <TenantTile letters={candidate.letters} colour={candidate.colour} />
            </RailTile>
          ))}
          {hidden.length > 0 && <MoreTenants tenants={hidden} wide={wide} onTenant={onTenant} />}
          <hr className={styles.line} />
        </>
      )}
      {sections.map((section) => (
        <RailLink
          key={section.id}
          section={section}
          on={props.section === section.id}
          wide={wide}
          onClick={() => props.onSection(section.id)}
        />
      ))}
      <span className="grow" />
      {settings !== undefined && (
        <RailLink section={settings} on={props.section === settings.id} wide={wide} onClick={() => props.onSection(settings.id)} />
      )}
      <Menu
        side="right"
        align="end"
        entries={meEntries}
        trigger={
          <button type="button" className={styles.me}>
            <Avatar name={me.name} presence={me.presence} colour="steel" />
            {wide && <span className="clip">{me.name}</span>}
            <span className="vh">{t("console.rail.me", { name: me.name, presence: me.presenceLabel })}</span>
          </button>
        }
      />
    </nav>
  );
}

function RailTile(props: {
  readonly label: string;
  readonly on: boolean;
  readonly wide: boolean;
  readonly count: number;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const words = props.count > 0 ? t("console.rail.tenant_needs", { name: props.label, count: props.count }) : props.label;
  const button = (
    <button type="button" className={cx(styles.tile, props.on && styles.tileOn)} aria-pressed={props.on} onClick={props.onClick}>
      <span className={styles.face}>
        {props.children}
        {props.count > 0 && <Badge count={props.count} className={styles.corner} />}
      </span>
      {props.wide ? <span className="clip">{props.label}</span> : <span className="vh">{words}</span>}
    </button>
  );
  return props.wide ? button : <Tip label={words}>{button}</Tip>;
}

function RailLink({
  section,
  on,
  wide,
  onClick,
}: {
  readonly section: RailSection;
  readonly on: boolean;
  readonly wide: boolean;
  readonly onClick: () => void;
}) {
  return (
    <Tip label={section.label} keys={section.keys}>
      <button
        type="button"
        className={cx(styles.section, on && styles.on)}
        {...(on ? { "aria-current": "page" as const } : {})}
        onClick={onClick}
      >
        <Icon name={section.icon} size="l" />
        <span className={wide ? "clip" : styles.word}>{section.label}</span>
        {section.count !== undefined && section.count > 0 && (
          <Badge count={section.count} tone={section.quiet === true ? "mute" : "accent"} className={styles.sectionBadge} />
        )}
      </button>
    </Tip>
  );
}

function MoreTenants({
  tenants,
  wide,
  onTenant,
}: {
  readonly tenants: readonly RailTenant[];
  readonly wide: boolean;
  readonly onTenant: (id: string) => void;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const needs = tenants.reduce((sum, tenant) => sum + tenant.needsMe, 0);
  const label = t("console.rail.more_tenants", { count: tenants.length });
  const found = tenants.filter((tenant) => tenant.name.toLocaleLowerCase().includes(text.toLocaleLowerCase()));
  return (
    <Popover
      open={open}
      onOpen={(next) => {
        setOpen(next);
        setText("");
      }}
      label={label}
      side="right"
      trigger={
        <button type="button" className={styles.tile}>
          <span className={styles.face}>
            <span className={cx(styles.all, styles.more)}>
              <Icon name="more" />
            </span>
            {needs > 0 && <Badge count={needs} className={styles.corner} />}
          </span>
          <span className={wide ? "clip" : "vh"}>{label}</span>
        </button>
      }
    >
      {(close) => (
        <>
          <TextInput
            icon="search"
            small={true}
            value={text}
            onValue={setText}
            aria-label={t("console.rail.find_tenant")}
            placeholder={t("console.rail.find_tenant")}
          />
          <ul className={styles.found}>
            {found.map((tenant) => (
              <li key={tenant.id}>
                <button
                  type="button"
                  className={cx(popup.item, styles.foundItem)}
                  onClick={() => {
                    onTenant(tenant.id);
                    close();
                  }}
                >
                  <TenantTile letters={tenant.letters} colour={tenant.colour} small={true} />
                  <span className="grow clip">{tenant.name}</span>
                  {tenant.needsMe > 0 && <Badge count={tenant.needsMe} />}
                </button>
              </li>
            ))}
          </ul>
          {found.length === 0 && <p className={popup.empty}>{t("ui.combobox.nothing")}</p>}
        </>
      )}
    </Popover>
  );
}
