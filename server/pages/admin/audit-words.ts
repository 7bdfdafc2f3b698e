/** One sentence for each kind of entry in the platform's audit; the script puts in who, which tenant, and the values of the entry. */
import type { T } from "../../../shared/i18n/index.ts";
import { accountResumed, accountSuspended } from "../../../shared/events/accounts.ts";
import { platformLog } from "../../../shared/events/platform.ts";
import { find } from "../../../shared/i18n/t.ts";
import { dictionaries } from "../../../shared/i18n/index.ts";

/** `platform.tenant_entered` is told by `admin.entry.tenant_entered`, an account's by its whole name. */
const keyOf = (type: string) => `admin.entry.${type.replace(/^platform\./, "").replaceAll(".", "_")}`;

export const auditTypes = [...platformLog, accountSuspended, accountResumed].map(({ type }) => type);

export function auditWords(t: T): Record<string, string> {
  // Taken as they stand, with their {values}: the script knows those, the server does not.
  return Object.fromEntries(auditTypes.map((type) => [`entry-${type}`, find(dictionaries[t.language], keyOf(type)) ?? type]));
}
