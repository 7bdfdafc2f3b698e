import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Alert } from "../ui/states.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useSignIn } from "./use-sign-in.ts";
import styles from "./session.module.css";

/**
 * The session ended while somebody works: only the password is asked, over what they were doing. Nothing is closed, nothing is
 * forgotten, and what waits is sent afterwards.
 */
export function SignInAgain({ email, onClose }: { readonly email: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { state, submit } = useSignIn();
  const [password, setPassword] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const send = async () => {
    if (await submit({ email, password })) onClose();
    else field.current?.focus();
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("console.session.again")}
      width="s"
      first={field}
      footer={
        <DialogActs onCancel={onClose} disabled={state === "busy"} onClick={() => void send()}>
          {state === "busy" ? t("console.session.signing_in") : t("console.session.sign_in")}
        </DialogActs>
      }
    >
      <form
        className={styles.again}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p>{t("console.session.again_line")}</p>
        {state !== "ready" && state !== "busy" && (
          <Alert tone="bad" urgent={true}>
            {t(`console.session.${state}`)}
          </Alert>
        )}
        {/* Known to the password manager, and not to be changed here: somebody else signs in after signing out. */}
        <Field label={t("common.email")}>
          <TextInput type="email" value={email} onValue={() => undefined} readOnly={true} autoComplete="username" />
        </Field>
        <Field label={t("console.session.password")} name="password">
          <TextInput
            ref={field}
            type="password"
            value={password}
            onValue={setPassword}
            autoComplete="current-password"
            // The button stands in the dialog's foot, outside of the form: Enter would send nothing by itself.
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void send();
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}
