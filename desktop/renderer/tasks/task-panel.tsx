import { limits } from "@switchboard/shared/model/limits.ts";
import { isTaskOver, taskStatuses } from "@switchboard/shared/model/tasks.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useLive } from "../live.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { MultiCombobox } from "../ui/combobox.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { cx } from "../ui/cx.ts";
import { Field } from "../ui/field.tsx";
import { Meanwhile } from "../ui/meanwhile.tsx";
import { Select } from "../ui/select.tsx";
import { Alert, EmptyState, Skeleton } from "../ui/states.tsx";
import { TextArea, TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { moveTo } from "./board-columns.ts";
import { Comments } from "./comments.tsx";
import { ContactFacts } from "./contact-facts.tsx";
import { dueOfFields, fieldsOfDue } from "./due.ts";
import { DueField } from "./due-field.tsx";
import { History } from "./history.tsx";
import { minutesOfRemind, remindChoices, remindOf } from "./reminder-choices.ts";
import { PriorityField } from "./task-dialog.tsx";
import { StatusMark, WaitingChip } from "./task-marks.tsx";
import { useAssigneeChoices, useReadOnly } from "./use-people.tsx";
import { useTaskWords, type TypedText } from "./use-task-words.ts";
import { useWorkActs } from "./use-work-acts.ts";
import { useWork } from "./work-context.ts";
import styles from "./task-panel.module.css";

type Task = NonNullable<QueryOutput<"tasks.open">>;

export interface TaskPanelProps {
  readonly tenantId: string;
  readonly taskId: string;
  readonly overlay: boolean;
  readonly offline: boolean;
  readonly onClose: () => void;
}

/** One task with everything that can be changed about it. Each field is saved when it is left. */
export function TaskPanel({ tenantId, taskId, overlay, offline, onClose }: TaskPanelProps) {
  const { t } = useTranslation();
  const task = useLive("tasks.open", { tenantId, taskId }, { keep: true }).data;
  return (
    <aside className={cx(styles.panel, overlay && styles.overlay)} aria-label={t("tasks.detail.label")} data-region="context" tabIndex={-1}>
      {task === undefined ? (
        <Skeleton rows={6} look="line" />
      ) : task === null ? (
        <EmptyState icon="tasks" title={t("tasks.detail.gone")} action={<Button onClick={onClose}>{t("tasks.detail.close")}</Button>}>
          {t("tasks.detail.gone_line")}
        </EmptyState>
      ) : (
        <Detail key={task.id} task={task} offline={offline} onClose={onClose} />
      )}
    </aside>
  );
}

function Detail({ task, offline, onClose }: { readonly task: Task } & Pick<TaskPanelProps, "offline" | "onClose">) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const work = useWork();
  const { act, actFinally } = useWorkActs();
  const reason = useReadOnly(task.tenantId, "tasks.manage");
  const readOnly = reason !== undefined;
  const people = useAssigneeChoices(task.tenantId, task.assignee);
  const labels = useLive("labels.list", { tenantId: task.tenantId }).data?.items ?? [];
  const zoneId = task.due?.zone ?? format.zone;
  const zone = useMemo(() => createZone(zoneId), [zoneId]);
  const [asking, setAsking] = useState(false);
  const wordsOf = useTaskWords(task);
  const over = isTaskOver(task.status);

  const change = (changes: Readonly<Record<string, unknown>>) =>
    void act({ tenantId: task.tenantId, name: "updateTask", args: { taskId: task.id, changes } }, t("tasks.act.changed"));
  const move = (to: Task["status"]) => {
    const args = moveTo(task, to);
    if (args === undefined) return;
    const said =
      to === "completed" ? t("tasks.act.done", { title: task.title }) : t("tasks.act.moved", { column: t(`tasks.status.${to}`) });
    void act({ tenantId: task.tenantId, name: "moveTask", args }, said);
  };
  return (
    <>
      <header className={styles.head}>
        <TenantMark tenantId={task.tenantId} />
        {task.pending && <WaitingChip />}
        <span className="grow" />
        {!readOnly && (
          <>
            <Button size="s" icon={over ? "undo" : "check"} onClick={() => move(over ? "open" : "completed")}>
              {over ? t("tasks.detail.reopen") : t("tasks.detail.complete")}
            </Button>
            <IconButton
              icon="trash"
              size="s"
              label={offline ? t("tasks.delete.offline") : t("tasks.delete.action")}
              aria-disabled={offline}
              onClick={() => !offline && setAsking(true)}
            />
          </>
        )}
        <IconButton icon="close" size="s" label={t("tasks.detail.close")} onClick={onClose} />
      </header>
      <div className={styles.body}>
        {reason !== undefined && <Alert tone="plain">{reason}</Alert>}
        <SavedText
          label={t("tasks.form.title")}
          value={task.title}
          words={wordsOf("title")}
          most={limits.taskTitle}
          needed={true}
          readOnly={readOnly}
          onSave={(title) => change({ title })}
        />
        <SavedText
          label={t("tasks.form.description")}
          value={task.description}
          words={wordsOf("description")}
          most={limits.taskDescription}
          lines={true}
          readOnly={readOnly}
          onSave={(description) => change({ description })}
        />
        {task.contact !== null && <ContactFacts tenantId={task.tenantId} contact={task.contact} readOnly={readOnly} narrow={true} />}
        <div className={styles.pair}>
          <Field label={t("tasks.filter.status")}>
            <Select
              value={task.status}
              disabled={readOnly}
              onValue={move}
              choices={taskStatuses.map((status) => ({
                value: status,
                label: t(`tasks.status.${status}`),
                mark: <StatusMark status={status} />,
              }))}
            />
          </Field>
          <Field label={t("tasks.filter.assignee")}>
            <Select
              choices={people}
              value={task.assignee?.id ?? null}
              disabled={readOnly}
              onValue={(assigneeId) => change({ assigneeId })}
            />
          </Field>
        </div>
        <fieldset disabled={readOnly}>
          <DueField
            value={fieldsOfDue(task, zone)}
            onValue={(fields) => change(dueOfFields(fields, zone))}
            zoneId={zoneId}
            readOnly={readOnly}
          />
        </fieldset>
        <div>
          <p className={styles.label}>{t("tasks.filter.priority")}</p>
          <PriorityField value={task.priority} disabled={readOnly} onValue={(priority) => change({ priority })} />
        </div>
        <div className={styles.pair}>
          <Field label={t("tasks.form.remind")}>
            <Select
              choices={remindChoices(remindOf(task.remindBefore), t)}
              value={remindOf(task.remindBefore)}
              disabled={readOnly}
              onValue={(remind) => change({ remindBefore: minutesOfRemind(remind) })}
            />
          </Field>
          <Field label={t("tasks.detail.labels")}>
            <MultiCombobox
              choices={[
                ...new Map([...labels, ...task.labels].map((label) => [label.id, { value: label.id, label: label.name }])).values(),
              ]}
              value={task.labels.map(({ id }) => id)}
              disabled={readOnly}
              placeholder={t("tasks.detail.no_labels")}
              onValue={(labelIds) => change({ labelIds: [...labelIds] })}
            />
          </Field>
        </div>
        <div className={styles.history}>
          {task.conversationId !== null && (
            <p>
              <Button
                size="s"
                icon="chat"
                onClick={() =>
                  work.openConversation({ tenantId: task.tenantId, conversationId: task.conversationId ?? "" }, task.messageId)
                }
              >
                {task.messageId === null ? t("tasks.detail.conversation") : t("tasks.detail.message")}
              </Button>
            </p>
          )}
          {task.messageId !== null && <p>{t("tasks.detail.from_message")}</p>}
          <p title={format.full(Date.parse(task.createdAt))}>
            {task.createdBy === null
              ? t("tasks.detail.created_unknown", { time: format.dayTime(Date.parse(task.createdAt), now) })
              : t("tasks.detail.created", { name: task.createdBy.name, time: format.dayTime(Date.parse(task.createdAt), now) })}
          </p>
          {task.completedAt !== null && <p>{t("tasks.detail.finished", { time: format.dayTime(Date.parse(task.completedAt), now) })}</p>}
        </div>
        <History tenantId={task.tenantId} of="task" id={task.id} stamp={`${task.updatedAt} ${task.comments}`} offline={offline} />
        <Comments task={task} readOnly={readOnly} />
      </div>
      <ConfirmDialog
        open={asking}
        title={t("tasks.delete.title", { title: task.title })}
        confirm={t("tasks.delete.action")}
        keep={t("common.keep")}
        onKeep={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          void actFinally({ tenantId: task.tenantId, name: "deleteTask", args: { taskId: task.id } }, t("tasks.act.deleted")).then(
            (taken) => taken && onClose(),
          );
        }}
      >
        {t("tasks.delete.line")}
      </ConfirmDialog>
    </>
  );
}

/**
 * Typed words are the person's until the field is left; then they are saved, and what others write shows again. Who is led away has left the
 * field. What somebody else wrote there meanwhile is not overwritten unasked: until that is decided, the words are kept and come back with the task.
 */
function SavedText(props: {
  readonly label: string;
  readonly value: string;
  readonly words: TypedText;
  readonly most: number;
  readonly needed?: boolean;
  readonly lines?: boolean;
  readonly readOnly: boolean;
  readonly onSave: (value: string) => void;
}) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { values, typed, meanwhile, type, keepMine, keepTheirs, clear } = props.words;
  const [undecided, setUndecided] = useState(0);
  const save = () => {
    if (typed.text === undefined) return;
    const next = typed.text.trim();
    if (props.needed === true && next === "") return;
    clear();
    if (next !== props.value) props.onSave(next);
  };
  const leave = useEffectEvent(() => {
    if (meanwhile.length > 0) toasts.say(t("settings.newer.undecided", { field: props.label }), { tone: "warn" });
    else if (values.text.trim() === "" && props.needed === true) clear();
    else save();
  });
  useEffect(() => () => leave(), []);
  const common = {
    value: values.text,
    onValue: (text: string) => type({ text }),
    onBlur: () => meanwhile.length === 0 && save(),
    readOnly: props.readOnly,
    maxLength: props.most,
    autoComplete: "off",
  };
  const error = props.needed === true && typed.text?.trim() === "" ? t("tasks.form.title_missing") : undefined;
  return (
    <>
      <Field label={props.label} error={error}>
        {props.lines === true ? (
          <TextArea {...common} rows={3} />
        ) : (
          <TextInput
            {...common}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              if (meanwhile.length > 0) setUndecided(undecided + 1);
              else save();
            }}
          />
        )}
      </Field>
      {meanwhile.length > 0 && (
        <Meanwhile
          fields={[props.label]}
          theirs={props.value}
          tried={undecided}
          onTheirs={keepTheirs}
          onMine={() => {
            keepMine();
            save();
          }}
        />
      )}
    </>
  );
}
