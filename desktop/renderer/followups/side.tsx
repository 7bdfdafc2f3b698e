import type { PlainDate } from "@switchboard/shared/model/dates.ts";
import { followupStatuses } from "@switchboard/shared/model/followups.ts";
import { useTranslation } from "react-i18next";
import { useZone } from "../tasks/task-marks.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Checkbox, Segmented } from "../ui/choices.tsx";
import { cx } from "../ui/cx.ts";
import { MonthGrid } from "../ui/date-picker.tsx";
import { Icon } from "../ui/icon.tsx";
import { Select } from "../ui/select.tsx";
import type { TenantColour } from "../ui/marks.tsx";
import { colourings, type Colouring } from "./colours.ts";
import { meKey } from "./followup-filter.ts";
import { useFollowupName } from "./followup-slot.tsx";
import type { FollowupLine } from "./followup-values.ts";
import type { PersonFilter } from "./followup-filter.ts";
import styles from "./side.module.css";

export interface SideProps {
  readonly date: PlainDate;
  readonly markWeek: boolean;
  readonly onDate: (date: PlainDate) => void;
  readonly decide: readonly FollowupLine[];
  readonly onOpen: (followup: FollowupLine) => void;
  readonly people: readonly {
    readonly key: string;
    readonly name: string;
    readonly count: number;
    readonly colour: TenantColour | undefined;
  }[];
  /** What the colours mean where they mean types. */
  readonly types: readonly { readonly name: string; readonly colour: TenantColour }[];
  readonly by: Colouring;
  readonly onBy: (by: Colouring) => void;
  readonly filter: PersonFilter;
  readonly onFilter: (filter: PersonFilter) => void;
  readonly overlay: boolean;
}

/** Days to go to, what waits for a decision, and what is shown. */
export function Side({ date, markWeek, onDate, decide, onOpen, people, types, by, onBy, filter, onFilter, overlay }: SideProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const zone = useZone();
  const nameOf = useFollowupName();
  const reasonOf = (followup: FollowupLine) => {
    const what = nameOf(followup);
    if (followup.status === "missed") return t("followups.decide.missed", { what });
    return followup.missingAddress ? t("followups.decide.no_address", { what }) : t("followups.decide.nobody", { what });
  };
  const toggle = (set: ReadonlySet<string>, key: string, shown: boolean): ReadonlySet<string> => {
    const next = new Set(set);
    if (shown) next.delete(key);
    else next.add(key);
    return next;
  };
  return (
    <aside className={cx(styles.side, overlay && styles.overlay)} aria-label={t("followups.page.side")} data-region="list" tabIndex={-1}>
      <MonthGrid key={date} value={date} today={zone.dateAt(now)} onValue={onDate} markWeek={markWeek} />
      <section>
        <h2>
          {t("followups.decide.title")} <span className={styles.count}>{decide.length}</span>
        </h2>
        {decide.length === 0 && <p className={styles.none}>{t("followups.decide.none")}</p>}
        <ul className={styles.cards}>
          {decide.map((followup) => (
            <li key={followup.id}>
              <button type="button" className={styles.card} onClick={() => onOpen(followup)}>
                <Icon
                  name={followup.status === "missed" ? "clock" : followup.missingAddress ? "warning" : "user"}
                  size="s"
                  className={followup.status === "missed" ? styles.bad : styles.warn}
                />
                <span className="grow">
                  <b className="clip" lang={scriptLanguage(nameOf(followup))}>
                    {reasonOf(followup)}
                  </b>
                  {followup.contact !== null && (
                    <span className="clip" lang={scriptLanguage(followup.contact.name)}>
                      {followup.contact.name}
                    </span>
                  )}
                  <span>{format.dayTime(Date.parse(followup.due.at), now)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>{t("followups.filter.assignee")}</h2>
        <Segmented
          label={t("followups.page.who")}
          full={true}
          value={filter.onlyMine ? "mine" : "everybody"}
          onValue={(who) => onFilter({ ...filter, onlyMine: who === "mine" })}
          segments={[
            { value: "everybody", label: t("followups.page.everybody") },
            { value: "mine", label: t("followups.page.mine") },
          ]}
        />
        {people.map((person) => (
          <Checkbox
            key={person.key}
            disabled={filter.onlyMine}
            checked={filter.onlyMine ? person.key === meKey : !filter.hiddenPeople.has(person.key)}
            onChecked={(shown) => onFilter({ ...filter, hiddenPeople: toggle(filter.hiddenPeople, person.key, shown) })}
            label={person.name}
            end={
              person.colour === undefined ? (
                person.count
              ) : (
                <>
                  <Swatch colour={person.colour} />
                  {person.count}
                </>
              )
            }
          />
        ))}
      </section>
      <section>
        <h2>{t("followups.filter.status")}</h2>
        {followupStatuses.map((status) => (
          <Checkbox
            key={status}
            checked={!filter.hiddenStatuses.has(status)}
            onChecked={(shown) => onFilter({ ...filter, hiddenStatuses: toggle(filter.hiddenStatuses, status, shown) })}
            label={t(`followups.status.${status}`)}
          />
        ))}
      </section>
      <section>
        <h2>{t("followups.page.colour")}</h2>
        <Select
          small={true}
          aria-label={t("followups.page.colour")}
          value={by}
          onValue={onBy}
          choices={colourings.map((value) => ({ value, label: t(`followups.page.colour_${value}`) }))}
        />
        {types.map(({ name, colour }) => (
          <p key={name} className={styles.legend}>
            <Swatch colour={colour} />
            {name}
          </p>
        ))}
      </section>
    </aside>
  );
}

const Swatch = ({ colour }: { readonly colour: TenantColour }) => (
  <span className={styles.swatch} style={{ background: `var(--ten-${colour})` }} />
);
