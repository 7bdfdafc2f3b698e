import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryInput } from "../../bridge/index.ts";
import { useLive } from "../live.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox, Segmented } from "../ui/choices.tsx";
import { Field } from "../ui/field.tsx";
import { Popover } from "../ui/popover.tsx";
import { Select, type Choice } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import popup from "../ui/popup.module.css";
import { useActs } from "./use-acts.ts";
import styles from "./list-filter.module.css";

export type ListFilter = NonNullable<QueryInput<"inbox.list">["filter"]>;

export const isFiltered = (filter: ListFilter): boolean => Object.values(filter).some((value) => value !== undefined && value !== false);

/** Leaves out what is not chosen, so that the same filter is the same question. */
export function cleanFilter(filter: { readonly [Key in keyof ListFilter]: ListFilter[Key] | undefined }): ListFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== false));
}

export interface ListFilterProps {
  readonly filter: ListFilter;
  readonly onFilter: (filter: ListFilter) => void;
  /** Labels, teams and people belong to one tenant; over several only the two questions for everybody are asked. */
  readonly tenantId: string | undefined;
  /** Undefined where the order is not a choice. */
  readonly sort: { readonly value: "waiting" | "newest"; readonly onSort: (sort: "waiting" | "newest") => void } | undefined;
}

export function ListFilterButton(props: ListFilterProps) {
  const [open, setOpen] = useState(false);
  const { t } = useTranslation();
  const on = isFiltered(props.filter);
  return (
    <Popover
      open={open}
      onOpen={setOpen}
      align="end"
      label={t("inbox.filter.title")}
      trigger={<IconButton icon="filter" label={on ? t("inbox.filter.active") : t("inbox.filter.title")} on={on} />}
    >
      <div className={styles.form}>
        <Checkbox
          checked={props.filter.unread === true}
          onChecked={(unread) => props.onFilter(cleanFilter({ ...props.filter, unread }))}
          label={t("inbox.filter.unread")}
        />
        <Checkbox
          checked={props.filter.waiting === true}
          onChecked={(waiting) => props.onFilter(cleanFilter({ ...props.filter, waiting }))}
          label={t("inbox.filter.waiting")}
        />
        {props.sort !== undefined && (
          <Segmented
            label={t("inbox.list.sort")}
            full={true}
            value={props.sort.value}
            onValue={props.sort.onSort}
            segments={[
              { value: "waiting", label: t("inbox.section.longest") },
              { value: "newest", label: t("inbox.section.newest") },
            ]}
          />
        )}
        {props.tenantId === undefined ? (
          <p className={styles.help}>{t("inbox.filter.one_tenant")}</p>
        ) : (
          <TenantFilter {...props} tenantId={props.tenantId} />
        )}
        {on && (
          <Button size="s" onClick={() => props.onFilter({})}>
            {t("inbox.filter.clear")}
          </Button>
        )}
      </div>
    </Popover>
  );
}

function TenantFilter({ filter, onFilter, tenantId }: ListFilterProps & { readonly tenantId: string }) {
  const { t } = useTranslation();
  const { mutate, newId } = useActs();
  const [name, setName] = useState("");
  const labels = useLive("labels.list", { tenantId }).data?.items ?? [];
  const people = useLive("people.list", { tenantId }).data;
  const saved = useLive("filters.list", { tenantId, view: "inbox" }).data?.items ?? [];
  const any: Choice<string | undefined> = { value: undefined, label: t("inbox.filter.any") };
  const choices = (items: readonly { readonly id: string; readonly name: string }[]): readonly Choice<string | undefined>[] => [
    any,
    ...items.map((item) => ({ value: item.id, label: item.name })),
  ];
  return (
    <>
      <Field label={t("inbox.filter.label")}>
        <Select
          choices={choices(labels)}
          value={filter.labelId}
          onValue={(labelId) => onFilter(cleanFilter({ ...filter, labelId }))}
          small={true}
        />
      </Field>
      <Field label={t("inbox.filter.team")}>
        <Select
          choices={choices(people?.teams ?? [])}
          value={filter.teamId}
          onValue={(teamId) => onFilter(cleanFilter({ ...filter, teamId }))}
          small={true}
        />
      </Field>
      <Field label={t("inbox.filter.assignee")}>
        <Select
          choices={choices(people?.members ?? [])}
          value={filter.assigneeId}
          onValue={(assigneeId) => onFilter(cleanFilter({ ...filter, assigneeId }))}
          small={true}
        />
      </Field>
      {saved.length > 0 && (
        <section>
          <h3 className={popup.groupLabel}>{t("inbox.filter.saved")}</h3>
          <ul>
            {saved.map((view) => (
              <li key={view.id} className={styles.saved}>
                {/* A view is what the same page saved; unknown keys are dropped. */}
                <button type="button" className={popup.item} onClick={() => onFilter(readFilter(view.query))}>
                  <span className="clip">{view.name}</span>
                </button>
                <IconButton
                  icon="close"
                  size="s"
                  label={t("inbox.filter.remove", { name: view.name })}
                  onClick={() => void mutate(tenantId, "deleteFilter", { id: view.id })}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {isFiltered(filter) && (
        <form
          className={styles.save}
          onSubmit={(event) => {
            event.preventDefault();
            if (name.trim() === "") return;
            void mutate(tenantId, "saveFilter", { id: newId(), view: "inbox", name: name.trim(), query: filter, position: saved.length });
            setName("");
          }}
        >
          <Field label={t("inbox.filter.name")} labelHidden={true}>
            <TextInput small={true} value={name} onValue={setName} placeholder={t("inbox.filter.name")} />
          </Field>
          <Button size="s" type="submit">
            {t("inbox.filter.save")}
          </Button>
        </form>
      )}
    </>
  );
}

export function readFilter(value: unknown): ListFilter {
  if (typeof value !== "object" || value === null) return {};
  const given = value as Readonly<Record<string, unknown>>;
  const id = (key: string) => (typeof given[key] === "string" ? given[key] : undefined);
  return cleanFilter({
    labelId: id("labelId"),
    teamId: id("teamId"),
    assigneeId: id("assigneeId"),
    unread: given["unread"] === true,
    waiting: given["waiting"] === true,
  });
}
