import { channelWarning, type FollowupChannel } from "@switchboard/shared/model/followups.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { Recurrence } from "@switchboard/shared/model/recurrence.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";
import { AddAddress, type KnownContact } from "../tasks/contact-facts.tsx";
import type { DueFields } from "../tasks/due.ts";
import { DueField } from "../tasks/due-field.tsx";
import { remindChoices, type Remind } from "../tasks/reminder-choices.ts";
import { useAssigneeChoices } from "../tasks/use-people.tsx";
import { Button } from "../ui/button.tsx";
import { RadioCards, type Card } from "../ui/choices.tsx";
import { Field } from "../ui/field.tsx";
import { Select } from "../ui/select.tsx";
import { Alert } from "../ui/states.tsx";
import { TextArea, TextInput } from "../ui/text-input.tsx";
import { instantOfFields, typeOf } from "./followup-values.ts";
import { RepeatField } from "./repeat-field.tsx";
import { TimeHints } from "./time-hints.tsx";
import styles from "./followup-fields.module.css";

export interface FollowupValues {
  readonly channel: FollowupChannel;
  /** Null follows the channel; the tenant's own types are chosen. */
  readonly type: string | null;
  readonly what: string;
  readonly more: string;
  readonly due: DueFields;
  readonly minutes: number;
  readonly assigneeId: string | null;
  readonly remind: Remind;
  readonly recurrence: Recurrence | null;
}

export interface FollowupFieldsProps {
  readonly tenantId: string;
  readonly zoneId: string;
  readonly values: FollowupValues;
  readonly onValues: (change: Partial<FollowupValues>) => void;
  readonly contact: KnownContact | undefined;
  readonly contactZone?: string | null | undefined;
  /** There is a conversation in which the contact can be written to. */
  readonly chat: boolean;
  readonly assignee: { readonly id: string; readonly name: string } | null;
  readonly readOnly: boolean;
  readonly tried: boolean;
  /** The follow-up that is edited. */
  readonly followupId?: string | undefined;
  readonly first?: RefObject<HTMLInputElement | null>;
}

const lengths = [15, 30, 45, 60, 90, 120] as const;

export function FollowupFields({
  tenantId,
  zoneId,
  values,
  onValues,
  contact,
  contactZone,
  chat,
  assignee,
  readOnly,
  tried,
  followupId,
  first,
}: FollowupFieldsProps) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const people = useAssigneeChoices(tenantId, assignee);
  const own = useLive("work.facts", { tenantId }, { enabled: tenantId !== "" }).data?.followupTypes ?? [];
  const types = values.type === null || own.includes(values.type) ? own : [...own, values.type];
  const dueAt = instantOfFields(values.due, createZone(zoneId));
  const has = { phone: (contact?.phone ?? "") !== "", email: (contact?.email ?? "") !== "" };
  const warning = contact === undefined ? null : channelWarning(values.channel, { phone: contact.phone, email: contact.email, chat });
  const none = contact === undefined ? t("tasks.card.no_contact") : undefined;
  const cards: readonly Card<FollowupChannel>[] = [
    {
      value: "phone",
      label: t("followups.channel.phone"),
      icon: "phone",
      detail: none ?? (has.phone ? contact?.phone : t("followups.form.no_number")),
      detailTone: none === undefined && !has.phone ? "warn" : undefined,
    },
    {
      value: "email",
      label: t("followups.channel.email"),
      icon: "mail",
      detail: none ?? (has.email ? contact?.email : t("followups.form.no_email")),
      detailTone: none === undefined && !has.email ? "warn" : undefined,
    },
    {
      value: "chat",
      label: t("followups.channel.chat"),
      icon: "chat",
      detail: none ?? (chat ? t("followups.form.in_conversation") : t("followups.form.no_conversation")),
      detailTone: none === undefined && !chat ? "warn" : undefined,
    },
    { value: "none", label: t("followups.form.meeting"), icon: "users", detail: t("followups.form.no_address_needed") },
  ];
  const missing = values.channel === "phone" || values.channel === "email" ? values.channel : undefined;
  const minutes = lengths.some((each) => each === values.minutes) ? lengths : [...lengths, values.minutes].toSorted((a, b) => a - b);
  return (
    <fieldset disabled={readOnly} className={styles.fields}>
      <div>
        <p className={styles.label}>{t("followups.form.channel")}</p>
        <RadioCards
          label={t("followups.form.channel")}
          cards={cards.map((card) => ({ ...card, disabled: readOnly }))}
          value={values.channel}
          onValue={(channel) => {
            setAdding(false);
            onValues({ channel });
          }}
        />
      </div>
      {warning !== null && (
        <Alert
          tone="warn"
          title={t(`followups.warning.${warning}`)}
          actions={
            readOnly ? undefined : adding && missing !== undefined && contact !== undefined ? (
              <AddAddress tenantId={tenantId} contactId={contact.id} address={missing} onDone={() => setAdding(false)} />
            ) : (
              <>
                {missing !== undefined && (
                  <Button size="s" onClick={() => setAdding(true)}>
                    {missing === "phone" ? t("followups.form.add_number") : t("followups.form.add_email")}
                  </Button>
                )}
                {has.email && values.channel !== "email" && (
                  <Button size="s" onClick={() => onValues({ channel: "email" })}>
                    {t("followups.form.use_email")}
                  </Button>
                )}
                {!has.email && has.phone && values.channel !== "phone" && (
                  <Button size="s" onClick={() => onValues({ channel: "phone" })}>
                    {t("followups.form.use_phone")}
                  </Button>
                )}
              </>
            )
          }
        >
          {t("followups.form.add_or_choose")}
        </Alert>
      )}
      <Field label={t("followups.form.what")} error={tried && values.what.trim() === "" ? t("followups.form.what_missing") : undefined}>
        <TextInput
          ref={first}
          value={values.what}
          onValue={(what) => onValues({ what })}
          readOnly={readOnly}
          maxLength={200}
          autoComplete="off"
        />
      </Field>
      <div>
        <DueField value={values.due} onValue={(due) => onValues({ due })} zoneId={zoneId} contactZone={contactZone} clearable={false} />
        {tried && (values.due.date === null || values.due.time === null) && (
          <p className={styles.wrong}>{t("followups.form.when_missing")}</p>
        )}
        {dueAt !== undefined && !readOnly && tenantId !== "" && (
          <TimeHints tenantId={tenantId} dueAt={dueAt} minutes={values.minutes} assigneeId={values.assigneeId} except={followupId} />
        )}
      </div>
      <div className={styles.three}>
        <Field label={t("followups.form.length")}>
          <Select
            value={values.minutes}
            onValue={(next) => onValues({ minutes: next })}
            choices={minutes.map((count) => ({ value: count, label: t("followups.form.minutes", { count }) }))}
            disabled={readOnly}
          />
        </Field>
        <Field label={t("followups.filter.assignee")}>
          <Select choices={people} value={values.assigneeId} onValue={(assigneeId) => onValues({ assigneeId })} disabled={readOnly} />
        </Field>
        <Field label={t("followups.form.remind")}>
          <Select
            choices={remindChoices(values.remind, t)}
            value={values.remind}
            onValue={(remind) => onValues({ remind })}
            disabled={readOnly}
          />
        </Field>
      </div>
      {types.length > 0 && (
        <Field label={t("followups.form.type")}>
          <Select<string | null>
            value={values.type}
            disabled={readOnly}
            onValue={(type) => onValues({ type })}
            choices={[
              { value: null, label: t(`followups.type.${typeOf[values.channel]}`) },
              ...types.map((type) => ({ value: type, label: type })),
            ]}
          />
        </Field>
      )}
      <RepeatField
        value={values.recurrence}
        onValue={(recurrence) => onValues({ recurrence })}
        from={values.due.date}
        disabled={readOnly}
      />
      <Field label={t("followups.form.notes")} optional={true}>
        <TextArea
          value={values.more}
          onValue={(more) => onValues({ more })}
          readOnly={readOnly}
          maxLength={limits.followupNotes - 201}
          rows={2}
        />
      </Field>
    </fieldset>
  );
}
