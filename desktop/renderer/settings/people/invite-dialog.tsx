import { languageNames, languages, type Language } from "@switchboard/shared/i18n/languages.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useTicker } from "../../text/now.tsx";
import { MultiCombobox } from "../../ui/combobox.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import { useOnce } from "../../ui/use-once.ts";
import { asBridgeError, fieldErrors, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { teamCalls } from "./people-calls.ts";
import { useWhyNot } from "./use-deed.ts";
import type { TeamFacts } from "./use-team.ts";
import styles from "./people.module.css";

/** The link in the mail is bound to this address and this role; whoever accepts it has no more than is said here. */
export function InviteDialog({ team, onClose }: { readonly team: TeamFacts; readonly onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const toasts = useToasts();
  const ticker = useTicker();
  const whyNot = useWhyNot();
  const once = useOnce();
  const [id] = useState(() => newId(ticker.now()));
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("operator");
  const [teamIds, setTeamIds] = useState<readonly string[]>([]);
  const [language, setLanguage] = useState<Language>(languages.find((one) => one === i18n.language) ?? "en");
  const [refused, setRefused] = useState<string>();
  const send = async () => {
    setRefused(undefined);
    try {
      await ask(teamCalls.invite, { body: { id, email: email.trim(), role, teamIds: [...teamIds], language } });
      toasts.say(t("people.invite.sent", { email: email.trim() }));
      onClose();
    } catch (error) {
      const [field] = fieldErrors(asBridgeError(error)).filter(({ at }) => at === "email");
      setRefused(field === undefined ? errors.sentence(error) : t("errors.field.email"));
    }
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("people.invite.title")}
      footer={
        <DialogActs onCancel={onClose} blocked={whyNot} onClick={() => once(send)}>
          {t("people.invite.send")}
        </DialogActs>
      }
    >
      <div className={styles.form}>
        <Field label={t("people.invite.email")} help={t("people.invite.email_help")} error={refused}>
          <TextInput type="email" value={email} onValue={setEmail} autoComplete="off" />
        </Field>
        <Field label={t("people.members.role")}>
          <Select
            value={role}
            onValue={setRole}
            choices={(team.roles ?? []).map((one) => ({ value: one.id, label: team.roleName(one.id), disabled: !one.can.grant }))}
          />
        </Field>
        <Field label={t("people.members.teams")} optional={true}>
          <MultiCombobox
            aria-label={t("people.members.teams")}
            choices={(team.teams ?? []).map((one) => ({ value: one.id, label: one.name }))}
            value={teamIds}
            onValue={setTeamIds}
          />
        </Field>
        <Field label={t("people.invite.language")}>
          <Select value={language} onValue={setLanguage} choices={languages.map((one) => ({ value: one, label: languageNames[one] }))} />
        </Field>
      </div>
    </Dialog>
  );
}
