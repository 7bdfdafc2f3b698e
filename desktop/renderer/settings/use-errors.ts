/** What is said about a call that was refused: the sentence of its code, which names what is safe and what to do. */
import { fieldCodes, type FieldCode, type FieldProblem } from "@switchboard/shared/model/reading.ts";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/toast-context.ts";
import { asBridgeError } from "./use-api.ts";

const isFieldCode = (code: string): code is FieldCode => (fieldCodes as readonly string[]).includes(code);

export interface Errors {
  readonly sentence: (error: unknown) => string;
  readonly ofField: (problem: Pick<FieldProblem, "values"> & { readonly code: string }) => string;
  /** Says it in a notice, for what has no place of its own. */
  readonly say: (error: unknown) => void;
}

export function useErrors(): Errors {
  const { t, i18n } = useTranslation();
  const toasts = useToasts();
  return useMemo(() => {
    const sentence = (error: unknown) => {
      const { code } = asBridgeError(error);
      if (code === "offline" || code === "needs_connection" || code === "core_restarted") return t("settings.state.unreachable");
      const key = `errors.${code}`;
      return i18n.exists(key) ? t(key as "errors.internal") : t("errors.internal");
    };
    return {
      sentence,
      // The server names the rule, not always its number: a sentence that needs one is then left out.
      ofField: ({ code, values }) =>
        isFieldCode(code) && i18n.exists(`errors.field.${code}`, values)
          ? t(`errors.field.${code}` as "errors.field.required", values)
          : t("errors.invalid_input"),
      say: (error) => toasts.say(sentence(error), { tone: "warn" }),
    };
  }, [t, i18n, toasts]);
}
