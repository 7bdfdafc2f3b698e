import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Logo } from "../frame/logo.tsx";
import { useCall } from "../live.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Alert } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useSignIn } from "./use-sign-in.ts";
import styles from "./session.module.css";

export interface SignInProps {
  readonly server: string | null;
  /** Asked only where the console is not served by its installation. */
  readonly askServer: boolean;
  readonly email?: string | undefined;
  /** The session survives a restart. */
  readonly remembered: boolean;
}

/** Paste and password managers work. */
export function SignIn({ server, askServer, email: known = "", remembered }: SignInProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(server ?? "");
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const { state, submit: signIn } = useSignIn();
  const passwordRef = useRef<HTMLInputElement>(null);
  const submit = async () => {
    const typed = askServer && address !== "" ? address : undefined;
    if (!(await signIn({ server: typed, email, password })) && email !== "") passwordRef.current?.focus();
  };
  return (
    <main className={styles.page}>
      <form
        className={styles.card}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className={styles.brand}>
          <Logo />
        </div>
        <h1 className={styles.title}>{t("console.session.title")}</h1>
        {state !== "ready" && state !== "busy" && (
          <Alert tone="bad" urgent={true}>
            {t(`console.session.${state}`)}
          </Alert>
        )}
        {askServer && (
          <Field label={t("console.session.server")} help={t("console.session.server_help")}>
            <TextInput type="url" value={address} onValue={setAddress} placeholder="https://" autoComplete="url" />
          </Field>
        )}
        <Field label={t("common.email")} name="email">
          {/* The first thing to do on this page. */}
          {/* oxlint-disable-next-line jsx-a11y/no-autofocus */}
          <TextInput type="email" value={email} onValue={setEmail} autoComplete="username" autoFocus={known === ""} />
        </Field>
        <Field label={t("console.session.password")} name="password">
          <TextInput ref={passwordRef} type="password" value={password} onValue={setPassword} autoComplete="current-password" />
        </Field>
        {!remembered && <Alert tone="plain">{t("console.session.not_remembered")}</Alert>}
        <Button kind="primary" size="l" type="submit" disabled={state === "busy"}>
          {state === "busy" ? t("console.session.signing_in") : t("console.session.sign_in")}
        </Button>
        <OnTheWeb server={askServer ? address : (server ?? "")} />
      </form>
    </main>
  );
}

/** What only the installation's own pages do: a forgotten password, a new business. The shell opens them, never this page. */
function OnTheWeb({ server }: { readonly server: string }) {
  const { t } = useTranslation();
  const call = useCall();
  if (!URL.canParse(server)) return null;
  return (
    <p className={styles.web}>
      {(["forgotten", "signup"] as const).map((page) => {
        const url = new URL(`/${page}`, server).href;
        return (
          <a
            key={page}
            href={url}
            rel="noreferrer noopener"
            onClick={(event) => {
              event.preventDefault();
              void call("shell.openExternal", { url }).catch(() => undefined);
            }}
          >
            {t(`console.session.${page}`)}
          </a>
        );
      })}
    </p>
  );
}
