import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../../ui/toast-context.ts";
import { useSettingsPlace } from "../settings-place.ts";
import { useErrors } from "../use-errors.ts";

/** Says what was done, with the way back: `undo` is tried once, and says why when it cannot. */
export function useSayUndo(): (done: string, undo: () => Promise<unknown>) => void {
  const errors = useErrors();
  const toasts = useToasts();
  return useCallback((done, undo) => toasts.say(done, { undo: () => void undo().catch(errors.say) }), [errors, toasts]);
}

/** Does something on the server and says what came of it; answers whether it was done. With an undo the notice offers it. */
export function useDeed(): (work: () => Promise<unknown>, done?: string, undo?: () => Promise<unknown>) => Promise<boolean> {
  const errors = useErrors();
  const toasts = useToasts();
  const sayUndo = useSayUndo();
  return useCallback(
    async (work, done, undo) => {
      try {
        await work();
        if (done !== undefined && undo !== undefined) sayUndo(done, undo);
        else if (done !== undefined) toasts.say(done);
        return true;
      } catch (error) {
        errors.say(error);
        return false;
      }
    },
    [errors, toasts, sayUndo],
  );
}

/** Why nothing can be changed on this page, as a sentence for the controls; undefined when it can. */
export function useWhyNot(): string | undefined {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  return readOnly === undefined ? undefined : t(`settings.read_only.${readOnly}`);
}
