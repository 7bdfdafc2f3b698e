import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Chip } from "../../ui/marks.tsx";
import { Alert, EmptyState } from "../../ui/states.tsx";
import { TextArea, TextInput } from "../../ui/text-input.tsx";
import { useOnce } from "../../ui/use-once.ts";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { useKept } from "../use-kept.ts";
import { supportCalls } from "./people-calls.ts";
import { useDeed, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import styles from "./people.module.css";

/** Asking the people who run this installation, what they answered, and who of them looks in right now. */
export function SupportPage() {
  const { t } = useTranslation();
  const { tenantId } = useSettingsPlace();
  const format = useFormat();
  const ticker = useTicker();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const requests = usePages(supportCalls.list, {}, { changes: ["support."] });
  const visits = useAnswer(supportCalls.visits, {}, { changes: ["support."] });
  const [asking, setAsking] = useState(false);
  const when = (at: string) => format.dayTime(Date.parse(at), ticker.now());
  const button = (
    <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setAsking(true)}>
      {t("people.support.ask")}
    </Button>
  );
  return (
    <PageFrame
      id="support"
      loaded={requests.items !== undefined}
      error={requests.error}
      onRetry={requests.reload}
      actions={requests.items?.length === 0 ? undefined : button}
    >
      {visits.data?.items.map((visit) => (
        <Alert
          key={visit.grantId}
          tone="warn"
          icon="shield"
          title={t("people.support.visit", { until: when(visit.until) })}
          actions={
            visit.can.end && (
              <Button
                size="s"
                blocked={whyNot}
                onClick={() => void deed(() => ask(supportCalls.endVisit, { params: { grantId: visit.grantId } })).then(visits.reload)}
              >
                {t("people.support.end_visit")}
              </Button>
            )
          }
        >
          {visit.reason}
        </Alert>
      ))}
      {requests.items?.length === 0 && (
        <EmptyState icon="mail" title={t("people.support.empty")} action={button}>
          {t("people.support.empty_line")}
        </EmptyState>
      )}
      {requests.items?.map((request) => (
        <article key={request.id} className={styles.tries} aria-label={request.subject}>
          <div className={styles.barHead}>
            <b>{request.subject}</b>
            <Chip tone={request.status === "open" ? "accent" : "ok"}>{t(`people.support.status.${request.status}`)}</Chip>
          </div>
          <p className={styles.small}>{t("people.support.asked", { name: request.askedBy, when: when(request.createdAt) })}</p>
          <p className={styles.preview}>{request.body}</p>
          {request.answer !== null && (
            <>
              <p className={styles.small}>
                {t("people.support.answered", { when: request.answeredAt === null ? "" : when(request.answeredAt) })}
              </p>
              <p className={styles.preview}>{request.answer}</p>
            </>
          )}
        </article>
      ))}
      {requests.more !== undefined && (
        <div className={styles.more}>
          <Button onClick={requests.more}>{t("people.more")}</Button>
        </div>
      )}
      {asking && <AskDialog key={tenantId} onClose={() => setAsking(false)} onSent={requests.reload} />}
    </PageFrame>
  );
}

const nothingAsked = { subject: "", body: "" };

function AskDialog({ onClose, onSent }: { readonly onClose: () => void; readonly onSent: () => void }) {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const ticker = useTicker();
  const whyNot = useWhyNot();
  const [id] = useState(() => newId(ticker.now()));
  const [{ subject, body }, keep] = useKept("request", nothingAsked);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<string>();
  const required = (value: string) => (tried && value.trim() === "" ? t("errors.field.required") : undefined);
  const once = useOnce();
  const send = async () => {
    setTried(true);
    if (subject.trim() === "" || body.trim() === "") return;
    try {
      await ask(supportCalls.ask, { body: { id, subject: subject.trim(), body: body.trim() } });
      keep(nothingAsked);
      onSent();
      onClose();
    } catch (error) {
      setRefused(errors.sentence(error));
    }
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("people.support.ask")}
      footer={
        <DialogActs onCancel={onClose} line={t("people.kept")} blocked={whyNot} onClick={() => once(send)}>
          {t("people.support.send")}
        </DialogActs>
      }
    >
      <div className={styles.form}>
        {refused !== undefined && (
          <Alert tone="bad" urgent={true}>
            {refused}
          </Alert>
        )}
        <Field label={t("people.support.subject")} error={required(subject)}>
          <TextInput value={subject} onValue={(next) => keep({ subject: next, body })} limit={limits.subject} />
        </Field>
        <Field label={t("people.support.body")} help={t("people.support.body_help")} error={required(body)}>
          <TextArea value={body} onValue={(next) => keep({ subject, body: next })} limit={limits.comment} rows={6} />
        </Field>
      </div>
    </Dialog>
  );
}
