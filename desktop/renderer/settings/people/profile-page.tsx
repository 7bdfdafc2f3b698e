import { languageNames, languages, type Language } from "@switchboard/shared/i18n/languages.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useConsoleSetup } from "../../console-context.ts";
import { OpenInvitations } from "../../session/open-invitations.tsx";
import { useMemory } from "../../memory/memory-context.tsx";
import { Button } from "../../ui/button.tsx";
import { Combobox } from "../../ui/combobox.tsx";
import { Select } from "../../ui/select.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { PageFrame } from "../page-frame.tsx";
import { PublishBar } from "../publish-bar.tsx";
import { Row, Rows } from "../rows.tsx";
import { asBridgeError, useAnswer, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { useKept } from "../use-kept.ts";
import { useZoneChoices } from "../use-zone-choices.ts";
import { accountCalls } from "./people-calls.ts";
import { useDeed, useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

interface Profile {
  readonly name: string;
  readonly language: Language;
  readonly zone: string;
}
const fields = ["name", "language", "zone"] as const;

/** Who I am, in every tenant of mine, and my password. */
export function ProfilePage() {
  const { t } = useTranslation();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const memory = useMemory();
  const { parts } = useConsoleSetup();
  const zones = useZoneChoices();
  const me = useAnswer(accountCalls.me, {}, { changes: ["member.", "account."] });
  const [draft, setDraft] = useKept<Partial<Profile>>("profile", {});
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const account = me.data?.account;
  const value = account === undefined ? undefined : { ...account, ...draft };
  const changes = fields.filter((field) => draft[field] !== undefined && draft[field] !== account?.[field]);
  const discard = () => {
    setDraft({});
    setTried(false);
  };
  const write = async (body: Partial<Profile>) => {
    const account = await ask(accountCalls.updateMe, { body });
    // What I read here follows at once; other computers keep what was chosen on them.
    if (body.language !== undefined) {
      memory.write("language", body.language);
      void parts.setLanguage(body.language);
    }
    if (me.data !== undefined) me.put({ ...me.data, account });
  };
  const save = async () => {
    setTried(true);
    if (value === undefined || value.name.trim() === "") return false;
    setSaving(true);
    const before = Object.fromEntries(changes.map((field) => [field, account?.[field]]));
    const body = Object.fromEntries(changes.map((field) => [field, value[field].trim()]));
    const done = await deed(
      () => write(body),
      t("people.profile.saved"),
      () => write(before),
    );
    setSaving(false);
    if (done) discard();
    return done;
  };
  return (
    <PageFrame
      id="profile"
      loaded={value !== undefined}
      error={me.error}
      onRetry={me.reload}
      bar={<PublishBar document={{ changes, discard, save, saving, problems: [], newer: undefined, keepMine: () => undefined }} />}
    >
      {value !== undefined && (
        <>
          <Rows>
            <Row
              label={t("people.profile.name")}
              help={t("people.profile.name_help")}
              error={tried && value.name.trim() === "" ? t("errors.field.required") : undefined}
              disabled={whyNot !== undefined}
            >
              <TextInput
                value={value.name}
                onValue={(name) => setDraft({ ...draft, name })}
                limit={limits.personName}
                autoComplete="name"
              />
            </Row>
            <Row label={t("people.profile.email")} help={t("people.profile.email_help")}>
              <TextInput value={value.email} onValue={() => undefined} readOnly={true} />
            </Row>
            <Row label={t("common.language")} help={t("people.profile.language_help")} disabled={whyNot !== undefined}>
              <Select
                value={value.language}
                disabled={whyNot !== undefined}
                onValue={(language) => setDraft({ ...draft, language })}
                choices={languages.map((one) => ({ value: one, label: languageNames[one] }))}
              />
            </Row>
            <Row label={t("common.time_zone")} help={t("people.profile.zone_help")} disabled={whyNot !== undefined}>
              <Combobox
                value={value.zone}
                disabled={whyNot !== undefined}
                choices={zones(value.zone)}
                onValue={(zone) => zone !== null && setDraft({ ...draft, zone })}
              />
            </Row>
          </Rows>
          <Rows title={t("people.profile.invitations")}>
            <OpenInvitations title={t("console.invitations.title")} empty={t("console.invitations.none")} />
          </Rows>
          <PasswordForm />
        </>
      )}
    </PageFrame>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [wrong, setWrong] = useState<{ readonly current?: string; readonly password?: string; readonly again?: string }>({});
  const change = async () => {
    if (current === "") return setWrong({ current: t("errors.field.required") });
    if (password.length < limits.passwordShortest)
      return setWrong({ password: t("people.password.short", { least: limits.passwordShortest }) });
    if (password !== again) return setWrong({ again: t("people.password.differs") });
    setWrong({});
    try {
      await ask(accountCalls.changePassword, { body: { current, password } });
    } catch (error) {
      const { code } = asBridgeError(error);
      return setWrong(
        code === "wrong_credentials"
          ? { current: t("people.password.wrong") }
          : code === "invalid_input"
            ? { password: t("people.password.common") }
            : { password: errors.sentence(error) },
      );
    }
    setCurrent("");
    setPassword("");
    setAgain("");
    return void deed(async () => undefined, t("people.password.changed"));
  };
  const field = (label: string, value: string, onValue: (next: string) => void, complete: string, error?: string, help?: string) => (
    <Row label={label} error={error} help={help} disabled={whyNot !== undefined}>
      <TextInput type="password" value={value} onValue={onValue} autoComplete={complete} />
    </Row>
  );
  return (
    <Rows title={t("people.password.title")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void change();
        }}
      >
        {field(t("people.password.current"), current, setCurrent, "current-password", wrong.current)}
        {field(
          t("people.password.new"),
          password,
          setPassword,
          "new-password",
          wrong.password,
          t("people.password.help", { least: limits.passwordShortest }),
        )}
        {field(t("people.password.again"), again, setAgain, "new-password", wrong.again)}
        <div className={styles.acts}>
          <Button type="submit" blocked={whyNot}>
            {t("people.password.change")}
          </Button>
        </div>
      </form>
    </Rows>
  );
}
