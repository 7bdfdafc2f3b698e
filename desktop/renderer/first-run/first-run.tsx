/**
 * The first five minutes of a new tenant: five steps on one card, each of which can wait. Which of them are done is read from what is
 * there, so that it does not matter who did them and where.
 */
import { limits } from "@switchboard/shared/model/limits.ts";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../ids.ts";
import { useLive } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { conversationCalls, memberCalls, tenantCalls } from "../settings/calls.ts";
import { CopyText } from "../settings/copy-text.tsx";
import { useSettingsPlace } from "../settings/settings-place.ts";
import { snippetOf } from "../settings/snippet.ts";
import { asBridgeError, useAnswer, useAskServer } from "../settings/use-api.ts";
import { useErrors } from "../settings/use-errors.ts";
import { SeenChip, useSightings } from "../settings/widget-seen.tsx";
import { useTicker } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { ProgressBar } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { RemoveSamples } from "./remove-samples.tsx";
import styles from "./first-run.module.css";

const steps = ["branding", "snippet", "hours", "invite", "message"] as const;
type Step = (typeof steps)[number];

const youngMs = 30 * 86_400_000;

export interface FirstRunProps {
  /** It was begun on this computer, and stays until it is done or put away. */
  readonly begun: boolean;
  readonly onBegin: () => void;
  readonly onDismiss: () => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** A settings page. */
  readonly onSettings: (page: string) => void;
}

export function FirstRun({ begun, onBegin, onDismiss, open, onOpen, onSettings }: FirstRunProps) {
  const { t } = useTranslation();
  const { tenantId, offline } = useSettingsPlace();
  const ticker = useTicker();
  const tenant = useAnswer(tenantCalls.get, {}, { changes: ["tenant."] }).data;
  const settings = useAnswer(tenantCalls.listSettings, {}, { changes: ["settings."] }).data;
  const sightings = useSightings().data;
  const people = useLive("people.list", { tenantId }).data;
  const invitations = useAnswer(memberCalls.listInvitations, { query: { status: "all", limit: 1 } }, { changes: ["invitation."] }).data;
  const counts = useLive("inbox.counts", { tenants: [tenantId] }).data;
  const [step, setStep] = useState<Step>();

  const versionOf = (kind: string) => settings?.items.find((item) => item.kind === kind)?.version ?? 1;
  const seen = sightings?.items.find(({ refused }) => !refused);
  const closed = useLive("inbox.list", { tenants: [tenantId], queue: "closed", limit: 1 }).data;
  const conversations = (counts === undefined ? 0 : counts.queue + counts.team - counts.samples) + (closed?.items.length ?? 0);
  const done: Readonly<Record<Step, boolean>> = {
    branding: versionOf("branding") > 1,
    snippet: seen !== undefined,
    hours: versionOf("hours") > 1,
    invite: (people?.members.length ?? 1) > 1 || (invitations?.items.length ?? 0) > 0,
    message: conversations > 0,
  };
  const known = tenant !== undefined && settings !== undefined && sightings !== undefined && counts !== undefined;
  const untouched = known && steps.every((one) => !done[one]) && ticker.now() - Date.parse(tenant.createdAt) < youngMs;
  useEffect(() => {
    if (untouched && !begun) onBegin();
  }, [untouched, begun, onBegin]);
  if (!known || !begun) return null;

  const count = steps.filter((one) => done[one]).length;
  const current = step ?? steps.find((one) => !done[one]);
  const all = count === steps.length;
  if (!open)
    return (
      <Button className={styles.button} icon="flag" onClick={() => onOpen(true)}>
        {t("console.first_run.open", { done: count, of: steps.length })}
      </Button>
    );
  const content: Readonly<Record<Step, ReactNode>> = {
    branding: (
      <Button size="s" onClick={() => onSettings("branding")}>
        {t("console.first_run.branding_act")}
      </Button>
    ),
    snippet: <SnippetStep slug={tenant.slug} seen={seen} />,
    hours: (
      <Button size="s" onClick={() => onSettings("hours")}>
        {t("console.first_run.hours_act")}
      </Button>
    ),
    invite: <InviteStep />,
    message: <MessageStep />,
  };
  return (
    <section className={styles.card} aria-label={t("console.first_run.title")}>
      <header className={styles.head}>
        <h2 className="grow">{t(all ? "console.first_run.done" : "console.first_run.title")}</h2>
        <IconButton icon="minus" size="s" label={t("console.first_run.later")} onClick={() => onOpen(false)} />
        <IconButton icon="close" size="s" label={t("console.first_run.dismiss")} onClick={onDismiss} />
      </header>
      <ProgressBar label={t("console.first_run.progress", { done: count, of: steps.length })} value={count} max={steps.length} />
      {offline && <p className={styles.offline}>{t("settings.read_only.offline")}</p>}
      <ol className={styles.steps}>
        {steps.map((one, index) => (
          <li key={one} className={cx(done[one] && styles.done)}>
            <button
              type="button"
              className={styles.step}
              aria-expanded={current === one}
              onClick={() => setStep(current === one && step !== undefined ? undefined : one)}
            >
              <span className={styles.mark}>{done[one] ? <Icon name="check" size="s" /> : index + 1}</span>
              <span className="grow">{t(`console.first_run.${one}`)}</span>
              {done[one] && <span className="vh">{t("console.first_run.step_done")}</span>}
            </button>
            {current === one && (
              <div className={styles.body}>
                <p>{t(`console.first_run.${one}_line`)}</p>
                {content[one]}
              </div>
            )}
          </li>
        ))}
      </ol>
      {counts.samples > 0 && (
        <div className={styles.samples}>
          <p>{t("console.first_run.samples", { count: counts.samples })}</p>
          <RemoveSamples tenantId={tenantId} />
        </div>
      )}
      {all && (
        <Button kind="primary" onClick={onDismiss}>
          {t("console.first_run.finish")}
        </Button>
      )}
    </section>
  );
}

function SnippetStep({ slug, seen }: { readonly slug: string; readonly seen: Parameters<typeof SeenChip>[0]["sighting"] }) {
  const { t } = useTranslation();
  const { state } = useSession();
  return (
    <>
      <CopyText label={t("settings.domains.snippet")} text={snippetOf(state.server ?? "", slug)} />
      <p role="status">
        <SeenChip sighting={seen} />
      </p>
    </>
  );
}

function InviteStep() {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const toasts = useToasts();
  const ticker = useTicker();
  const [email, setEmail] = useState("");
  const [wrong, setWrong] = useState<string>();
  const invite = async () => {
    try {
      await ask(memberCalls.invite, { body: { id: newId(ticker.now()), email: email.trim(), role: "operator" } });
      toasts.say(t("console.first_run.invited", { email: email.trim() }));
      setEmail("");
    } catch (error) {
      setWrong(asBridgeError(error).code === "invalid_input" ? t("errors.field.email") : errors.sentence(error));
    }
  };
  return (
    <form
      className={styles.invite}
      noValidate={true}
      onSubmit={(event) => {
        event.preventDefault();
        void invite();
      }}
    >
      <Field label={t("common.email")} error={wrong}>
        <TextInput
          type="email"
          value={email}
          onValue={(next) => {
            setEmail(next);
            setWrong(undefined);
          }}
          maxLength={limits.email}
          autoComplete="off"
        />
      </Field>
      <Button size="s" type="submit">
        {t("console.first_run.invite_act")}
      </Button>
    </form>
  );
}

function MessageStep() {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const ticker = useTicker();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      await ask(conversationCalls.test, {
        body: { id: newId(ticker.now()), name: t("console.first_run.test_name"), text: t("console.first_run.test_text") },
      });
    } catch (error) {
      errors.say(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button size="s" icon="ring" onClick={() => void send()} disabled={busy}>
      {t("console.first_run.message_act")}
    </Button>
  );
}
