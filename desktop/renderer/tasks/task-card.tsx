import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useTenant } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { scriptLanguage } from "../text/script.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Avatar } from "../ui/marks.tsx";
import type { TaskLine } from "./task-filter.ts";
import { DueChip, MissingChip, PriorityFlag, WaitingChip } from "./task-marks.tsx";
import styles from "./task-card.module.css";

export interface TaskCardProps {
  readonly task: TaskLine;
  readonly open: boolean;
  readonly dragged: boolean;
  /** One card of the board is reached by Tab; arrows go on from there. */
  readonly reachable: boolean;
  readonly onOpen: (task: TaskLine) => void;
  readonly onFocus: (task: TaskLine) => void;
}

export const TaskCard = memo(function TaskCard({ task, open, dragged, reachable, onOpen, onFocus }: TaskCardProps) {
  return (
    <button
      type="button"
      className={cx(
        styles.card,
        open && styles.open,
        dragged && styles.dragged,
        task.pending && styles.pending,
        task.status === "completed" && styles.done,
      )}
      data-command-row={task.id}
      tabIndex={reachable ? 0 : -1}
      aria-current={open ? "true" : undefined}
      onClick={() => onOpen(task)}
      onFocus={() => onFocus(task)}
    >
      <CardFace task={task} />
    </button>
  );
});

export function CardFace({ task }: { readonly task: TaskLine }) {
  const { t } = useTranslation();
  const me = useTenant(task.tenantId)?.memberId;
  const done = task.status === "completed";
  const assignee =
    task.assignee === null
      ? t("common.nobody")
      : t("tasks.card.assigned_to", { name: task.assignee.id === me ? t("tasks.filter.you") : task.assignee.name });
  return (
    <>
      <span className={styles.title} lang={scriptLanguage(task.title)}>
        {task.title}
      </span>
      <span className={styles.contact}>
        <TenantMark tenantId={task.tenantId} />
        <span className="clip" lang={task.contact === null ? undefined : scriptLanguage(task.contact.name)}>
          {task.contact?.name ?? t("tasks.card.no_contact")}
        </span>
      </span>
      <span className={styles.marks}>
        <DueChip task={task} />
        {!done && <PriorityFlag priority={task.priority} />}
        {!done && <MissingChip contact={task.contact} />}
        {task.pending && <WaitingChip />}
        {task.comments > 0 && (
          <span className={styles.comments}>
            <Icon name="chat" size="xs" />
            <span aria-hidden="true">{task.comments}</span>
            <span className="vh">{t("tasks.card.comments", { count: task.comments })}</span>
          </span>
        )}
        <span className={styles.assignee} title={assignee}>
          {task.assignee === null ? <Icon name="user" size="s" /> : <Avatar name={task.assignee.name} size="xs" />}
          <span className="vh">{assignee}</span>
        </span>
      </span>
    </>
  );
}
