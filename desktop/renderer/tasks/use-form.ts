/** What stands in a form that was not sent: kept by the core as a composer's words are, so that neither closing nor a restart costs one. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDraft, type DraftMode, type DraftPlace } from "../inbox/use-draft.ts";
import { useCall } from "../live.tsx";
import { useToasts } from "../ui/toast-context.ts";

export interface Form<T> {
  readonly values: T;
  readonly set: (next: T) => void;
  /** Throws away what stands in it, which can be undone; undefined while nothing does. */
  readonly discard: (() => void) | undefined;
}

export function useForm<T extends object>(place: DraftPlace, mode: DraftMode, onDiscarded: () => void): Form<T> {
  const { t } = useTranslation();
  const call = useCall();
  const toasts = useToasts();
  const { text, setText } = useDraft(place, mode, bothForms);
  // Only this form writes there, by its own type.
  const values = useMemo(() => readForm(text) as T, [text]);
  const discard = () => {
    setText("");
    toasts.say(t("console.outbox.discarded"), { undo: () => void call("draft.save", { ...place, mode, text }).catch(() => undefined) });
    onDiscarded();
  };
  return {
    values,
    set: (next) => setText(isBlank(next) ? "" : JSON.stringify(next)),
    discard: text === "" ? undefined : discard,
  };
}

const isBlank = (form: object) => Object.values(form).every((value) => value === undefined || value === null);

function readForm(text: string): object {
  if (text === "") return {};
  try {
    const form: unknown = JSON.parse(text);
    return typeof form === "object" && form !== null ? form : {};
  } catch {
    // Not what a form writes: an empty one is shown.
    return {};
  }
}

/** Whoever types before the core has answered finds the other fields as they were left. */
const bothForms = (held: string, typed: string) => (typed === "" ? typed : JSON.stringify({ ...readForm(held), ...readForm(typed) }));
