import { limits } from "@switchboard/shared/model/limits.ts";
import { taskPriorities } from "@switchboard/shared/model/tasks.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeysOf } from "../commands/context.tsx";
import { useLive } from "../live.tsx";
import { useTenant } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { Segmented } from "../ui/choices.tsx";
import { MultiCombobox } from "../ui/combobox.tsx";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { TextArea, TextInput } from "../ui/text-input.tsx";
import { useOnce } from "../ui/use-once.ts";
import { ContactField, type ContactChoice } from "./contact-field.tsx";
import { ContactFacts } from "./contact-facts.tsx";
import { dueOfFields, type DueFields } from "./due.ts";
import { DueField } from "./due-field.tsx";
import { quoteMessage, titleOfMessage } from "./quote.ts";
import { minutesOfRemind, remindChoices, type Remind } from "./reminder-choices.ts";
import type { TaskLine } from "./task-filter.ts";
import { useAssigneeChoices, useWorkTenants } from "./use-people.tsx";
import { useWorkActs } from "./use-work-acts.ts";
import type { NewTask } from "./work-context.ts";
import styles from "./task-dialog.module.css";

/** What was typed so far. It outlives the dialog, so that closing never costs a word. */
export interface TaskDraft {
  readonly tenantId?: string | undefined;
  readonly title?: string;
  readonly description?: string;
  readonly due?: DueFields;
  readonly priority?: TaskLine["priority"];
  readonly assigneeId?: string | null;
  readonly remind?: Remind;
  readonly labelIds?: readonly string[];
  readonly contact?: ContactChoice | null;
}

export interface TaskDialogProps extends NewTask {
  readonly draft: TaskDraft;
  readonly onDraft: (draft: TaskDraft) => void;
  readonly onDiscard: (() => void) | undefined;
  readonly onClose: () => void;
  readonly onCreated: () => void;
}

export function TaskDialog({
  conversation,
  message,
  status,
  tenantId: given,
  draft,
  onDraft,
  onDiscard,
  onClose,
  onCreated,
}: TaskDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const keysOf = useKeysOf();
  const { act, newId } = useWorkActs();
  const tenants = useWorkTenants("tasks.manage");
  const title = useRef<HTMLInputElement>(null);
  const [left, setLeft] = useState(false);
  const once = useOnce();
  const tenantId = conversation?.tenantId ?? draft.tenantId ?? given ?? tenants[0]?.tenantId;
  const open = useLive("conversation.open", conversation === undefined ? { tenantId: "", conversationId: "" } : { ...conversation }, {
    enabled: conversation !== undefined,
  }).data;
  const people = useAssigneeChoices(tenantId, null);
  const mayEditContact = useTenant(tenantId)?.permissions.includes("contacts.edit") === true;
  const labels = useLive("labels.list", { tenantId: tenantId ?? "" }, { enabled: tenantId !== undefined }).data?.items ?? [];
  const set = (change: TaskDraft) => onDraft({ ...draft, ...change });

  const words = draft.title ?? (message === undefined ? "" : titleOfMessage(message.body));
  const description = draft.description ?? (message === undefined ? "" : quoteMessage(message.body));
  const due = draft.due ?? { date: null, time: null };
  const contact =
    open == null ? (conversation === undefined ? (draft.contact ?? undefined) : undefined) : { ...open.contact, name: open.name };
  // What the message says is a proposal: typing replaces it, creating takes it.
  const proposed = message !== undefined && draft.title === undefined;
  useEffect(() => {
    if (proposed) title.current?.select();
  }, [proposed]);
  const create = () => {
    if (words.trim() === "" || tenantId === undefined) {
      setLeft(true);
      title.current?.focus();
      return;
    }
    const id = newId();
    const args = {
      id,
      title: words.trim(),
      description: description.trim(),
      ...dueOfFields(due, createZone(format.zone)),
      priority: draft.priority ?? "normal",
      assigneeId: draft.assigneeId ?? null,
      contactId: contact?.id ?? null,
      labelIds: draft.labelIds ?? [],
      remindBefore: minutesOfRemind(draft.remind ?? "usual"),
      conversationId: conversation?.conversationId ?? null,
      messageId: message?.id ?? null,
    };
    once(async () => {
      if (!(await act({ tenantId, name: "createTask", args }))) return;
      if (status !== undefined && status !== "open")
        await act({ tenantId, name: "moveTask", args: { taskId: id, to: status, reopen: false } });
      onCreated();
    });
  };

  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("tasks.page.new")}
      mark={tenantId !== undefined && <TenantMark tenantId={tenantId} />}
      first={title}
      footer={
        <DialogActs
          onCancel={onClose}
          onDiscard={onDiscard}
          line={t("tasks.form.offline")}
          type="submit"
          form="new-task"
          keys={keysOf("composer.send")}
        >
          {t("tasks.form.create")}
        </DialogActs>
      }
    >
      <form
        id="new-task"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          create();
        }}
      >
        {open != null && (
          <p className={styles.from}>
            <Icon name="chat" size="s" />
            <span className="clip">{t("tasks.form.from", { name: open.name })}</span>
          </p>
        )}
        {conversation === undefined && tenants.length > 1 && tenantId !== undefined && (
          <Field label={t("tasks.form.tenant")}>
            <Select
              value={tenantId}
              onValue={(next) => set({ tenantId: next, assigneeId: null, labelIds: [], contact: null })}
              choices={tenants.map((tenant) => ({
                value: tenant.tenantId,
                label: tenant.name,
                mark: <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />,
              }))}
            />
          </Field>
        )}
        {conversation === undefined && tenantId !== undefined && (
          <ContactField tenantId={tenantId} value={draft.contact ?? null} onValue={(next) => set({ contact: next })} />
        )}
        {contact !== undefined && tenantId !== undefined && (
          <ContactFacts tenantId={tenantId} contact={contact} readOnly={open == null ? !mayEditContact : !open.can.editContact} />
        )}
        <Field label={t("tasks.form.title")} error={left && words.trim() === "" ? t("tasks.form.title_missing") : undefined}>
          <TextInput
            ref={title}
            value={words}
            onValue={(next) => set({ title: next })}
            maxLength={limits.taskTitle}
            autoComplete="off"
            required={true}
          />
        </Field>
        <Field label={t("tasks.form.description")} optional={true}>
          <TextArea value={description} onValue={(next) => set({ description: next })} maxLength={limits.taskDescription} rows={3} />
        </Field>
        <div className={styles.pair}>
          <DueField value={due} onValue={(next) => set({ due: next })} zoneId={format.zone} contactZone={open?.contact.zone} />
          <Field label={t("tasks.filter.assignee")} help={draft.assigneeId == null ? undefined : t("tasks.form.told")}>
            <Select choices={people} value={draft.assigneeId ?? null} onValue={(next) => set({ assigneeId: next })} />
          </Field>
        </div>
        <div className={styles.pair}>
          <div>
            <p className={styles.label}>{t("tasks.filter.priority")}</p>
            <PriorityField value={draft.priority ?? "normal"} onValue={(next) => set({ priority: next })} />
          </div>
          <Field label={t("tasks.form.remind")}>
            <Select
              choices={remindChoices(draft.remind ?? "usual", t)}
              value={draft.remind ?? "usual"}
              onValue={(next) => set({ remind: next })}
            />
          </Field>
        </div>
        {labels.length > 0 && (
          <Field label={t("tasks.detail.labels")} optional={true}>
            <MultiCombobox
              choices={labels.map((label) => ({ value: label.id, label: label.name }))}
              value={[...(draft.labelIds ?? [])]}
              placeholder={t("tasks.detail.no_labels")}
              onValue={(labelIds) => set({ labelIds })}
            />
          </Field>
        )}
      </form>
    </Dialog>
  );
}

export function PriorityField({
  value,
  onValue,
  disabled,
}: {
  readonly value: TaskLine["priority"];
  readonly onValue: (value: TaskLine["priority"]) => void;
  readonly disabled?: boolean;
}) {
  const { t } = useTranslation();
  return (
    <Segmented
      label={t("tasks.filter.priority")}
      full={true}
      value={value}
      onValue={onValue}
      disabled={disabled}
      segments={taskPriorities.map((priority) => ({
        value: priority,
        label: t(`tasks.priority.${priority}`),
      }))}
    />
  );
}
