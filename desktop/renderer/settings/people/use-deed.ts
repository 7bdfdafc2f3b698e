import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../../ui/toast-context.ts";
import { useSettingsPlace } from "../settings-place.ts";
import { useErrors } from "../use-errors.ts";

/** Does something on the server and says what came of it; answers whether it was done. With an undo the notice offers it. */
export function useDeed(): (work: () => Promise<unknown>, done?: string, undo?: () => Promise<unknown>) => Promise<boolean> {
  const errors = useErrors();
  const toasts = useToasts();
  return useCallback(
    async (work, done, undo) => {
      try {
        await work();
        if (done !== undefined) toasts.say(done, undo === undefined ? {} : { undo: () => void undo().catch(errors.say) });
        return true;
      } catch (error) {
        errors.say(error);
        return false;
      }
    },
    [errors, toasts],
  );
}

/** Why nothing can be changed on this page, as a sentence for the controls; undefined when it can. */
export function useWhyNot(): string | undefined {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  return readOnly === undefined ? undefined : t(`settings.read_only.${readOnly}`);
}
