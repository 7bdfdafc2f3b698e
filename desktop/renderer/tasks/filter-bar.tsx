import { taskPriorities, taskStatuses } from "@switchboard/shared/model/tasks.ts";
import type { ReactNode, Ref } from "react";
import { useTranslation } from "react-i18next";
import { useLivePages } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { Button } from "../ui/button.tsx";
import { Avatar, TenantTile } from "../ui/marks.tsx";
import { Select, type Choice } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { isNarrowed, noFilter, type AssigneeChoice, type TaskFilter } from "./task-filter.ts";
import { useMembersOf } from "./use-people.tsx";
import styles from "./filter-bar.module.css";

export interface FilterBarProps {
  readonly tenantIds: readonly string[];
  readonly filter: TaskFilter;
  readonly onFilter: (filter: TaskFilter) => void;
  /** The board shows every status in its column. */
  readonly withStatus: boolean;
  readonly search: Ref<HTMLInputElement>;
  readonly end?: ReactNode;
}

const keyOf = (choice: AssigneeChoice) => (choice.kind === "member" ? `${choice.tenantId} ${choice.memberId}` : choice.kind);

export function FilterBar({ tenantIds, filter, onFilter, withStatus, search, end }: FilterBarProps) {
  const { t } = useTranslation();
  const session = useSession();
  const set = (change: Partial<TaskFilter>) => onFilter({ ...filter, ...change });
  const members = useMembersOf(tenantIds);
  const labels = useLivePages(
    "labels.list",
    tenantIds.map((tenantId) => ({ tenantId })),
  ).flatMap((answer) => answer.data?.items ?? []);

  const assignees: readonly { readonly choice: AssigneeChoice; readonly shown: Omit<Choice<string>, "value"> }[] = [
    { choice: { kind: "everyone" }, shown: { label: t("tasks.filter.everyone") } },
    { choice: { kind: "me" }, shown: { label: t("tasks.filter.you") } },
    { choice: { kind: "nobody" }, shown: { label: t("common.nobody") } },
    ...members
      .filter(({ tenantId, member }) => session.tenant(tenantId)?.memberId !== member.id)
      .map(({ tenantId, member }) => {
        const tenant = session.tenant(tenantId);
        return {
          choice: { kind: "member" as const, tenantId, memberId: member.id },
          shown: {
            label: member.name,
            mark:
              tenantIds.length > 1 && tenant !== undefined ? (
                <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />
              ) : (
                <Avatar name={member.name} size="xs" />
              ),
          },
        };
      }),
  ];
  const due: readonly Choice<TaskFilter["due"]>[] = [
    { value: null, label: t("tasks.filter.any_time") },
    { value: "overdue", label: t("tasks.due.overdue") },
    { value: "today", label: t("tasks.due.today") },
    { value: "week", label: t("tasks.filter.this_week") },
    { value: "none", label: t("tasks.filter.no_date") },
  ];
  return (
    <search className={styles.bar} aria-label={t("tasks.page.filters")}>
      <TextInput
        ref={search}
        icon="search"
        small={true}
        className={styles.text}
        value={filter.text}
        onValue={(text) => set({ text })}
        maxLength={200}
        aria-label={t("tasks.page.search")}
        placeholder={t("tasks.page.search")}
      />
      <Select
        small={true}
        className={styles.choice}
        lead={t("tasks.filter.assignee")}
        aria-label={t("tasks.filter.assignee")}
        value={keyOf(filter.assignee)}
        onValue={(key) => set({ assignee: assignees.find(({ choice }) => keyOf(choice) === key)?.choice ?? noFilter.assignee })}
        choices={assignees.map(({ choice, shown }) => ({ value: keyOf(choice), ...shown }))}
      />
      {withStatus && (
        <Select<TaskFilter["status"]>
          small={true}
          className={styles.choice}
          lead={t("tasks.filter.status")}
          aria-label={t("tasks.filter.status")}
          value={filter.status}
          onValue={(status) => set({ status })}
          choices={[
            { value: "unfinished", label: t("tasks.filter.unfinished") },
            ...taskStatuses.map((status) => ({ value: status, label: t(`tasks.status.${status}`) })),
            { value: "any", label: t("tasks.filter.any") },
          ]}
        />
      )}
      <Select
        small={true}
        className={styles.choice}
        lead={t("tasks.filter.due")}
        aria-label={t("tasks.filter.due")}
        value={filter.due}
        onValue={(next) => set({ due: next })}
        choices={due}
      />
      <Select<TaskFilter["priority"]>
        small={true}
        className={styles.choice}
        lead={t("tasks.filter.priority")}
        aria-label={t("tasks.filter.priority")}
        value={filter.priority}
        onValue={(priority) => set({ priority })}
        choices={[
          { value: null, label: t("tasks.filter.any") },
          ...taskPriorities.toReversed().map((priority) => ({ value: priority, label: t(`tasks.priority.${priority}`) })),
        ]}
      />
      {labels.length > 0 && (
        <Select<string | null>
          small={true}
          className={styles.choice}
          lead={t("tasks.filter.label")}
          aria-label={t("tasks.filter.label")}
          value={filter.labelId}
          onValue={(labelId) => set({ labelId })}
          choices={[
            { value: null, label: t("tasks.filter.any") },
            ...new Map(labels.map((label) => [label.id, { value: label.id, label: label.name }])).values(),
          ]}
        />
      )}
      {isNarrowed(filter) && (
        <Button size="s" kind="quiet" icon="close" onClick={() => onFilter(noFilter)}>
          {t("tasks.filter.clear")}
        </Button>
      )}
      <span className="grow" />
      {end}
    </search>
  );
}
