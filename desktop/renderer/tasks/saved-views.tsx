import { limits } from "@switchboard/shared/model/limits.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLivePages } from "../live.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Menu, type MenuEntry } from "../ui/menu.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { isNarrowed, readFilter, type TaskFilter } from "./task-filter.ts";
import { useWorkActs } from "./use-work-acts.ts";

/** Filters under a name, the same on all of the person's computers. One is kept with the first tenant that it was made for. */
export function SavedViews({
  tenantIds,
  filter,
  onFilter,
}: {
  readonly tenantIds: readonly string[];
  readonly filter: TaskFilter;
  readonly onFilter: (filter: TaskFilter) => void;
}) {
  const { t } = useTranslation();
  const { act, newId } = useWorkActs();
  const [name, setName] = useState<string | undefined>(undefined);
  const first = useRef<HTMLInputElement>(null);
  const answers = useLivePages(
    "filters.list",
    tenantIds.map((tenantId) => ({ tenantId, view: "tasks" as const })),
  );
  const saved = tenantIds.flatMap((tenantId, index) => (answers[index]?.data?.items ?? []).map((item) => ({ tenantId, ...item })));
  const save = () => {
    const [tenantId] = tenantIds;
    const words = name?.trim() ?? "";
    if (tenantId === undefined || words === "") return;
    setName(undefined);
    void act(
      { tenantId, name: "saveFilter", args: { id: newId(), view: "tasks", name: words, query: { ...filter }, position: saved.length } },
      t("tasks.views.saved", { name: words }),
    );
  };
  const entries: readonly MenuEntry[] = [
    ...saved.map((view) => ({ id: view.id, label: view.name, icon: "filter" as const, run: () => onFilter(readFilter(view.query)) })),
    ...(saved.length === 0 ? [] : [{ kind: "line" as const, id: "line" }]),
    {
      id: "save",
      label: t("tasks.views.save"),
      icon: "plus",
      disabled: !isNarrowed(filter),
      help: isNarrowed(filter) ? undefined : t("tasks.views.nothing_to_save"),
      run: () => setName(""),
    },
    ...(saved.length === 0
      ? []
      : [
          {
            kind: "more" as const,
            id: "remove",
            label: t("tasks.views.remove"),
            icon: "trash" as const,
            entries: saved.map((view) => ({
              id: `remove ${view.id}`,
              label: view.name,
              run: () =>
                void act(
                  { tenantId: view.tenantId, name: "deleteFilter", args: { id: view.id } },
                  t("tasks.views.removed", { name: view.name }),
                ),
            })),
          },
        ]),
  ];
  return (
    <>
      <Menu
        align="end"
        entries={entries}
        trigger={
          <Button size="s" kind="quiet" icon="chevronDown">
            {t("tasks.views.title")}
          </Button>
        }
      />
      <Dialog
        open={name !== undefined}
        onClose={() => setName(undefined)}
        title={t("tasks.views.save")}
        width="s"
        first={first}
        footer={
          <Button size="l" kind="primary" type="submit" form="save-view">
            {t("tasks.views.save")}
          </Button>
        }
      >
        <form
          id="save-view"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <Field label={t("common.name")}>
            <TextInput ref={first} value={name ?? ""} onValue={setName} maxLength={limits.filterName} autoComplete="off" />
          </Field>
        </form>
      </Dialog>
    </>
  );
}
