import { useQuery } from "@tanstack/react-query";
import { askedByCall, useBridge } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { useSettingsPlace } from "./settings-place.ts";

/**
 * What somebody wrote in the settings and has not saved. It lives with the answers, so that going to another page or closing a dialog
 * costs no word. The third of the answer is what is kept now, for whoever changes it twice in one turn.
 */
export function useKept<T extends object | null>(name: string, nothing: T): readonly [value: T, keep: (next: T) => void, now: () => T] {
  const { client } = useBridge();
  const { account } = useSession();
  const { tenantId } = useSettingsPlace();
  const queryKey = [askedByCall, "not yet saved", account.accountId, tenantId, name] as const;
  const { data = nothing } = useQuery<T | undefined>({ queryKey, enabled: false, gcTime: Number.POSITIVE_INFINITY });
  return [data, (next) => void client.setQueryData<T>(queryKey, () => next), () => client.getQueryData<T>(queryKey) ?? nothing];
}
