import type { ReplyShape } from "@switchboard/shared/api/replies.ts";
import { languageNames, languages, type Language } from "@switchboard/shared/i18n/languages.ts";
import { cannedVariables, fillCanned, parseCanned, shortcutPattern } from "@switchboard/shared/model/canned.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Meanwhile } from "../../ui/meanwhile.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Select } from "../../ui/select.tsx";
import { Alert } from "../../ui/states.tsx";
import { TextArea, TextInput } from "../../ui/text-input.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import { useOnce } from "../../ui/use-once.ts";
import { typedOver, type Fields } from "../../ui/typed-over.ts";
import { useSettingsPlace } from "../settings-place.ts";
import { asBridgeError, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { useKept } from "../use-kept.ts";
import { replyCalls } from "./people-calls.ts";
import { useSayUndo, useWhyNot } from "./use-deed.ts";
import type { TeamFacts } from "./use-team.ts";
import styles from "./people.module.css";

export interface ReplyDialogProps {
  readonly reply: ReplyShape | undefined;
  readonly team: TeamFacts;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const none = "";
const changeable = ["title", "text", "shortcut", "folder", "language"] as const;

interface Draft {
  /** `mine`, `tenant`, or a team's id. */
  readonly whose: string;
  readonly title: string;
  readonly text: string;
  readonly shortcut: string;
  readonly folder: string;
  readonly language: Language | typeof none;
}

/** One canned reply. Braces that mean nothing are told while it is written, before a visitor could see them. */
export function ReplyDialog({ reply, team, onClose, onSaved }: ReplyDialogProps) {
  const { t } = useTranslation();
  const { holds, tenant } = useSettingsPlace();
  const ask = useAskServer();
  const errors = useErrors();
  const ticker = useTicker();
  const sayUndo = useSayUndo();
  const whyNot = useWhyNot();
  const once = useOnce();
  const toasts = useToasts();
  const [id] = useState(() => newId(ticker.now()));
  const stands: Draft = {
    whose: holds("replies.manage") ? "tenant" : "mine",
    title: reply?.title ?? "",
    text: reply?.text ?? "",
    shortcut: reply?.shortcut ?? "",
    folder: reply?.folder ?? "",
    language: reply?.language ?? none,
  };
  const [fields, keep, kept] = useKept<Fields<Draft>>(`reply ${reply?.id ?? "new"}`, {});
  const { values, typed, meanwhile, type: set, keepMine, keepTheirs, clear } = typedOver(stands, fields, (next) => keep(next(kept())));
  const begun = Object.keys(typed).length > 0;
  const discard = () => {
    clear();
    toasts.say(t("console.outbox.discarded"), { undo: () => keep(fields) });
    onClose();
  };
  const { whose, title, text, shortcut, folder, language } = values;
  const [tried, setTried] = useState(false);
  const [undecided, setUndecided] = useState(0);
  const [refused, setRefused] = useState<string>();

  const parts = parseCanned(text);
  const broken = parts.flatMap((part) => (part.kind === "broken" ? [part.text] : []));
  const unknown = parts.flatMap((part) => (part.kind === "variable" && !part.known ? [part.source] : []));
  const wrongShortcut = shortcut !== "" && !shortcutPattern.test(shortcut);
  const required = (value: string) => (tried && value.trim() === "" ? t("errors.field.required") : undefined);
  const save = async () => {
    setTried(true);
    setRefused(undefined);
    if (title.trim() === "" || text.trim() === "" || wrongShortcut) return;
    if (meanwhile.length > 0) return setUndecided(undecided + 1);
    const body = {
      title: title.trim(),
      text,
      shortcut: shortcut === "" ? null : shortcut,
      folder: folder.trim() === "" ? null : folder.trim(),
      language: language === none ? null : language,
    };
    try {
      if (reply === undefined) {
        const inTeam = whose !== "mine" && whose !== "tenant";
        await ask(replyCalls.create, {
          body: { id, scope: inTeam ? "team" : whose, teamId: inTeam ? whose : null, ...body }, // the three kinds of value
        });
        sayUndo(t("people.added", { name: body.title }), () => ask(replyCalls.remove, { params: { replyId: id } }));
      } else {
        const params = { replyId: reply.id };
        // Only what was changed travels, and is taken back: what a colleague changes beside it stays.
        const fields = changeable.filter((field) => body[field] !== reply[field]);
        const only = (from: typeof body) => Object.fromEntries(fields.map((field) => [field, from[field]]));
        if (fields.length > 0) {
          await ask(replyCalls.update, { params, body: only(body) });
          sayUndo(t("people.changed", { name: body.title }), () => ask(replyCalls.update, { params, body: only(reply) }));
        }
      }
      clear();
      onSaved();
      onClose();
    } catch (error) {
      setRefused(asBridgeError(error).code === "conflict" ? t("people.replies.taken") : errors.sentence(error));
    }
    return undefined;
  };
  // What an operator would see for a contact without a name: blanks stand out.
  const preview = fillCanned(text, { "tenant.name": tenant.name });
  return (
    <Dialog
      open={true}
      onClose={onClose}
      width="l"
      onDiscard={reply !== undefined && begun ? discard : undefined}
      title={reply === undefined ? t("people.replies.new") : t("people.replies.edit", { title: reply.title })}
      footer={
        <DialogActs
          onCancel={onClose}
          onDiscard={reply === undefined && begun ? discard : undefined}
          line={t("people.kept")}
          blocked={whyNot}
          onClick={() => once(save)}
        >
          {t("common.save")}
        </DialogActs>
      }
    >
      <div className={styles.form}>
        {refused !== undefined && (
          <Alert tone="bad" urgent={true}>
            {refused}
          </Alert>
        )}
        {reply === undefined && (
          <Field label={t("people.replies.whose")} help={holds("replies.manage") ? undefined : t("people.replies.only_mine")}>
            <Select
              value={whose}
              onValue={(next) => set({ whose: next })}
              choices={[
                { value: "mine", label: t("people.replies.scope.mine") },
                ...(holds("replies.manage")
                  ? [
                      { value: "tenant", label: t("people.replies.scope.tenant") },
                      ...(team.teams ?? []).map((one) => ({ value: one.id, label: t("people.replies.of_team", { team: one.name }) })),
                    ]
                  : []),
              ]}
            />
          </Field>
        )}
        <Field label={t("people.replies.title")} error={required(title)}>
          <TextInput value={title} onValue={(next) => set({ title: next })} limit={limits.replyTitle} />
        </Field>
        <Field
          label={t("people.replies.text")}
          error={required(text)}
          help={
            broken.length > 0
              ? t("people.replies.broken", { what: broken.join(", ") })
              : unknown.length > 0
                ? t("people.replies.unknown", { what: unknown.join(", ") })
                : t("people.replies.text_help")
          }
        >
          <TextArea value={text} onValue={(next) => set({ text: next })} limit={limits.replyText} rows={5} />
        </Field>
        <div className={styles.line}>
          <Menu
            trigger={
              <Button size="s" icon="braces">
                {t("people.replies.insert")}
              </Button>
            }
            entries={[
              ...cannedVariables.map((name) => ({
                id: name,
                label: t(`people.replies.variable.${name}`),
                run: () => set({ text: `${text}{{${name}}}` }),
              })),
              { kind: "line" as const, id: "line" },
              { id: "ask", label: t("people.replies.blank"), run: () => set({ text: `${text}{{ask:${t("people.replies.blank_name")}}}` }) },
            ]}
          />
        </div>
        {text.trim() !== "" && (
          <div>
            <p className={styles.help}>{t("people.replies.preview")}</p>
            <p className={styles.preview}>
              {preview.map((part, index) =>
                part.kind === "text" ? (
                  part.text
                ) : (
                  // The same blank may stand in several places.
                  <mark key={`${part.id} ${index}`} className={styles.blank}>
                    {part.label}
                  </mark>
                ),
              )}
            </p>
          </div>
        )}
        <Field
          label={t("people.replies.shortcut")}
          optional={true}
          help={t("people.replies.shortcut_help")}
          error={wrongShortcut ? t("people.replies.shortcut_wrong") : undefined}
        >
          <TextInput value={shortcut} onValue={(next) => set({ shortcut: next })} mono={true} />
        </Field>
        <Field label={t("people.replies.folder")} optional={true}>
          <TextInput value={folder} onValue={(next) => set({ folder: next })} limit={limits.replyFolder} />
        </Field>
        <Field label={t("common.language")} help={t("people.replies.language_help")}>
          <Select<Language | typeof none>
            value={language}
            onValue={(next) => set({ language: next })}
            choices={[
              { value: none, label: t("people.replies.any_language") },
              ...languages.map((one) => ({ value: one, label: languageNames[one] })),
            ]}
          />
        </Field>
        {meanwhile.length > 0 && (
          <Meanwhile
            fields={meanwhile.map((field) => (field === "language" ? t("common.language") : t(`people.replies.${field}`)))}
            theirs={meanwhile.length === 1 && meanwhile[0] !== undefined ? stands[meanwhile[0]] : undefined}
            tried={undecided}
            onMine={keepMine}
            onTheirs={keepTheirs}
          />
        )}
      </div>
    </Dialog>
  );
}
