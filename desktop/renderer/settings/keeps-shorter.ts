import type { RetentionSettings } from "@switchboard/shared/model/settings.ts";

/** Whether anything would be deleted earlier than before, which nobody can take back. */
export function keepsShorter(before: RetentionSettings, after: RetentionSettings): boolean {
  return (["conversationDays", "workDays", "contactDays"] as const).some((name) => {
    const [was, is] = [before[name], after[name]];
    return is !== null && (was === null || is < was);
  });
}
