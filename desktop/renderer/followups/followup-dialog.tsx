import { addDays, dateOf, timeOf, wallTime } from "@switchboard/shared/model/dates.ts";
import { defaultFollowupMinutes, followupChannels, type FollowupChannel } from "@switchboard/shared/model/followups.ts";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeysOf } from "../commands/context.tsx";
import { useLive } from "../live.tsx";
import { useTenant } from "../session/session-context.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { ContactField, type ContactChoice } from "../tasks/contact-field.tsx";
import { quoteMessage, titleOfMessage } from "../tasks/quote.ts";
import { useZone } from "../tasks/task-marks.tsx";
import { useWorkTenants } from "../tasks/use-people.tsx";
import { useWorkActs } from "../tasks/use-work-acts.ts";
import type { NewFollowup } from "../tasks/work-context.ts";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Avatar, TenantTile } from "../ui/marks.tsx";
import { Select } from "../ui/select.tsx";
import { useOnce } from "../ui/use-once.ts";
import { FollowupFields, type FollowupValues } from "./followup-fields.tsx";
import { fieldsOfInstant, fieldsThatTravel, instantOfFields, plannedAt } from "./followup-values.ts";
import { NextField } from "./next-field.tsx";
import { tellApart } from "./what-to-do.ts";
import styles from "./followup-fields.module.css";

/** What was typed so far; it outlives the dialog. */
export type FollowupDraft = Partial<FollowupValues> & {
  readonly tenantId?: string | undefined;
  readonly contact?: ContactChoice | null;
  /** The one after it, in so many days. */
  readonly nextDays?: number | undefined;
};

export interface FollowupDialogProps extends NewFollowup {
  readonly draft: FollowupDraft;
  readonly onDraft: (draft: FollowupDraft) => void;
  readonly onDiscard: (() => void) | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

export function FollowupDialog(props: FollowupDialogProps) {
  const { conversation, message, at, previous, draft, onDraft, onDiscard, onClose, onSaved } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const keysOf = useKeysOf();
  const zone = useZone();
  const now = useMinute();
  const { act, newId } = useWorkActs();
  const tenants = useWorkTenants("followups.manage");
  const first = useRef<HTMLInputElement>(null);
  const [tried, setTried] = useState(false);
  const once = useOnce();
  const tenantId = conversation?.tenantId ?? draft.tenantId ?? props.tenantId ?? tenants[0]?.tenantId ?? "";
  const me = useTenant(tenantId)?.memberId;
  const open = useLive("conversation.open", conversation === undefined ? { tenantId: "", conversationId: "" } : { ...conversation }, {
    enabled: conversation !== undefined,
  }).data;
  const before = useLive("followups.open", { tenantId, followupId: previous?.id ?? "" }, { enabled: previous !== undefined }).data;
  const free = conversation === undefined && previous === undefined;
  const contact =
    open == null ? (before?.contact ?? (free ? (draft.contact ?? undefined) : undefined)) : { ...open.contact, name: open.name };
  const told = tellApart(previous?.notes ?? "");
  const usual = (): FollowupChannel => {
    const given = followupChannels.find((channel) => channel === previous?.channel);
    if (given !== undefined) return given;
    if (contact === undefined) return "none";
    return contact.phone !== null ? "phone" : contact.email !== null ? "email" : "chat";
  };
  const values: FollowupValues = {
    channel: draft.channel ?? usual(),
    type: draft.type ?? null,
    what: draft.what ?? (message === undefined ? told.what : titleOfMessage(message.body)),
    more: draft.more ?? (message === undefined ? "" : quoteMessage(message.body).trim()),
    due: draft.due ?? (at === undefined ? { date: addDays(zone.dateAt(now), 1), time: "10:00" } : fieldsOfInstant(at, zone)),
    minutes: draft.minutes ?? defaultFollowupMinutes,
    assigneeId: draft.assigneeId === undefined ? (me ?? null) : draft.assigneeId,
    remind: draft.remind ?? "usual",
    recurrence: draft.recurrence ?? null,
  };
  const proposed = message !== undefined && draft.what === undefined;
  useEffect(() => {
    if (proposed) first.current?.select();
  }, [proposed]);
  const schedule = () => {
    const dueAt = instantOfFields(values.due, zone);
    if (values.what.trim() === "" || dueAt === undefined) {
      setTried(true);
      if (values.what.trim() === "") first.current?.focus();
      return;
    }
    const create = (id: string, at: number, previousId: string | null) => ({
      tenantId,
      name: "createFollowup",
      args: {
        id,
        ...fieldsThatTravel(values, undefined),
        due: plannedAt(at, zone.id),
        contactId: contact?.id ?? previous?.contactId ?? null,
        conversationId: conversation?.conversationId ?? before?.conversationId ?? null,
        previousId,
      },
    });
    const id = newId();
    const said = t("followups.act.scheduled", { time: format.dayTime(dueAt, now) });
    once(async () => {
      if (!(await act(create(id, dueAt, previous?.id ?? null), said))) return;
      // At the same time of day, also across a change of clocks.
      const wall = zone.wallAt(dueAt);
      if (draft.nextDays !== undefined)
        await act(create(newId(), zone.instantOf(wallTime(addDays(dateOf(wall), draft.nextDays), timeOf(wall))), id));
      onSaved();
    });
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("followups.page.new")}
      mark={<TenantMark tenantId={tenantId} />}
      first={first}
      footer={
        <DialogActs
          onCancel={onClose}
          onDiscard={onDiscard}
          line={t("tasks.form.offline")}
          type="submit"
          form="new-followup"
          keys={keysOf("composer.send")}
        >
          {t("followups.form.schedule")}
        </DialogActs>
      }
    >
      <form
        id="new-followup"
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          schedule();
        }}
      >
        {contact !== undefined && (
          <div className={styles.who}>
            <Avatar name={contact.name} size="l" lang={scriptLanguage(contact.name)} />
            <div className="grow">
              <p className={`${styles.name} clip`} lang={scriptLanguage(contact.name)}>
                {contact.name}
              </p>
              {open != null && <p className={styles.quiet}>{t("tasks.card.from_conversation")}</p>}
              {previous !== undefined && <p className={styles.quiet}>{t("followups.form.after")}</p>}
            </div>
          </div>
        )}
        {conversation === undefined && previous === undefined && tenants.length > 1 && (
          <Field label={t("tasks.form.tenant")}>
            <Select
              value={tenantId}
              onValue={(next) =>
                onDraft({
                  ...draft,
                  tenantId: next,
                  assigneeId: tenants.find((one) => one.tenantId === next)?.memberId ?? null,
                  contact: null,
                  type: null,
                })
              }
              choices={tenants.map((tenant) => ({
                value: tenant.tenantId,
                label: tenant.name,
                mark: <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />,
              }))}
            />
          </Field>
        )}
        {free && tenantId !== "" && (
          <ContactField tenantId={tenantId} value={draft.contact ?? null} onValue={(next) => onDraft({ ...draft, contact: next })} />
        )}
        <FollowupFields
          tenantId={tenantId}
          zoneId={zone.id}
          values={values}
          onValues={(change) => onDraft({ ...draft, ...change })}
          contact={contact}
          contactZone={open?.contact.zone}
          chat={conversation !== undefined || before?.conversationId != null}
          assignee={null}
          readOnly={false}
          tried={tried}
          first={first}
        />
        {values.recurrence === null && (
          <NextField label={t("followups.form.then_next")} value={draft.nextDays} onValue={(nextDays) => onDraft({ ...draft, nextDays })} />
        )}
      </form>
    </Dialog>
  );
}
