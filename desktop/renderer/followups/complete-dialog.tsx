import { addDays, dateOf, timeOf, wallTime } from "@switchboard/shared/model/dates.ts";
import { asksForNext, followupOutcomes, type FollowupOutcome } from "@switchboard/shared/model/followups.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useWorkActs } from "../tasks/use-work-acts.ts";
import { useWork } from "../tasks/work-context.ts";
import { useTicker } from "../text/now.tsx";
import { Segmented } from "../ui/choices.tsx";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TextArea } from "../ui/text-input.tsx";
import { useOnce } from "../ui/use-once.ts";
import { NextField, usualNextDays } from "./next-field.tsx";
import styles from "./followup-fields.module.css";

/** How it went, and whether it goes on. */
export function CompleteDialog({
  followup,
  name,
  onClose,
  onDone,
}: {
  readonly followup: NonNullable<QueryOutput<"followups.open">>;
  readonly name: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { act } = useWorkActs();
  const work = useWork();
  const ticker = useTicker();
  const once = useOnce();
  const [outcome, setOutcome] = useState<FollowupOutcome>("reached");
  const [notes, setNotes] = useState("");
  const [next, setNext] = useState<{ readonly days: number | undefined } | undefined>(undefined);
  // Until somebody says otherwise, the outcome tells whether the promise goes on.
  const ahead = next === undefined ? (asksForNext(outcome) ? usualNextDays : undefined) : next.days;
  const complete = () => {
    const args = { followupId: followup.id, outcome, notes: notes.trim() };
    once(async () => {
      if (!(await act({ tenantId: followup.tenantId, name: "completeFollowup", args }, t("followups.act.completed")))) return;
      onDone();
      if (ahead === undefined) return;
      // At the same time of day, so many days from today, in the zone it was meant in.
      const zone = createZone(followup.due.zone);
      const at = zone.instantOf(
        wallTime(addDays(dateOf(zone.wallAt(ticker.now())), ahead), timeOf(zone.wallAt(Date.parse(followup.due.at)))),
      );
      work.newFollowup({
        tenantId: followup.tenantId,
        at,
        previous: { id: followup.id, contactId: followup.contact?.id ?? null, channel: followup.channel, notes: followup.notes },
      });
    });
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("followups.done.title", { what: name })}
      footer={
        <DialogActs onCancel={onClose} icon="check" onClick={complete}>
          {t("followups.done.confirm")}
        </DialogActs>
      }
    >
      <div>
        <p className={styles.label}>{t("followups.done.outcome")}</p>
        <Segmented
          label={t("followups.done.outcome")}
          full={true}
          value={outcome}
          onValue={setOutcome}
          segments={followupOutcomes.map((value) => ({ value, label: t(`followups.outcome.${value}`) }))}
        />
      </div>
      <Field label={t("followups.done.notes")} optional={true}>
        <TextArea value={notes} onValue={setNotes} maxLength={limits.followupNotes} rows={3} />
      </Field>
      <NextField label={t("followups.done.plan_next")} value={ahead} onValue={(days) => setNext({ days })} />
    </Dialog>
  );
}
