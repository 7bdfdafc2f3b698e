import { isTaskOver } from "@switchboard/shared/model/tasks.ts";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Menu } from "../ui/menu.tsx";
import type { TaskLine } from "./task-filter.ts";
import { useAssigneeChoices } from "./use-people.tsx";
import { useWorkActs } from "./use-work-acts.ts";
import styles from "./bulk-bar.module.css";

/** What can be done with all chosen rows at once; one notice, one undo. */
export function BulkBar({ tasks, onClear }: { readonly tasks: readonly TaskLine[]; readonly onClear: () => void }) {
  const { t } = useTranslation();
  const { actAll } = useWorkActs();
  const [first] = tasks;
  const oneTenant = first !== undefined && tasks.every((task) => task.tenantId === first.tenantId);
  const people = useAssigneeChoices(oneTenant ? first.tenantId : undefined, null);
  const unfinished = tasks.filter((task) => !isTaskOver(task.status));
  const assign = (
    <Button size="s" icon="user" blocked={oneTenant ? undefined : t("tasks.bulk.several")}>
      {t("tasks.bulk.assign")}
    </Button>
  );
  return (
    <section className={styles.bar} aria-label={t("tasks.bulk.selected", { count: tasks.length })}>
      <span>{t("tasks.bulk.selected", { count: tasks.length })}</span>
      {oneTenant ? (
        <Menu
          side="top"
          trigger={assign}
          entries={people.map((person) => ({
            id: person.value ?? "nobody",
            label: person.label,
            mark: person.mark,
            icon: person.icon,
            run: () => {
              onClear();
              void actAll(
                tasks.map((task) => ({
                  tenantId: task.tenantId,
                  name: "updateTask",
                  args: { taskId: task.id, changes: { assigneeId: person.value } },
                })),
                t("tasks.bulk.assigned", { count: tasks.length, name: person.label }),
              );
            },
          }))}
        />
      ) : (
        assign
      )}
      <Button
        size="s"
        icon="check"
        disabled={unfinished.length === 0}
        onClick={() => {
          onClear();
          void actAll(
            unfinished.map((task) => ({
              tenantId: task.tenantId,
              name: "moveTask",
              args: { taskId: task.id, to: "completed", reopen: false },
            })),
            t("tasks.bulk.completed", { count: unfinished.length }),
          );
        }}
      >
        {t("tasks.bulk.complete")}
      </Button>
      <Button size="s" kind="quiet" icon="close" onClick={onClear}>
        {t("tasks.bulk.clear")}
      </Button>
    </section>
  );
}
