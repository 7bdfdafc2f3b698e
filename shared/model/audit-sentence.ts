/**
 * What an entry of the audit trail says, as one sentence. The sentences are in `i18n/audit` under `say` and the entry's type; what stands
 * in braces is `who` or a field of the event's payload, so an event needs a sentence and nothing else. Here is how a field becomes words.
 */

export interface AuditRecord {
  type: string;
  actor: { kind: string; name: string | null };
  payload: Readonly<Record<string, unknown>>;
  /** Of the people and things whose ids the payload holds; what is gone has none. */
  names: Readonly<Record<string, string>>;
}

/** How the reader's language writes things. */
export interface AuditWriter {
  /** The text of a key, or undefined when there is none. */
  words: (key: string) => string | undefined;
  instant: (at: number) => string;
  list: (items: readonly string[]) => string;
}

export const auditActors = ["member", "visitor", "support", "platform", "account", "service", "system"] as const;

/** Fields whose values are words of the product, by the key under which their texts stand; by type where a name means several things. */
const wordsOf: Readonly<Record<string, string>> = {
  role: "roles",
  "member.role_changed.from": "roles",
  "member.role_changed.to": "roles",
  kind: "settings.page",
  duty: "audit.duty",
  meter: "people.meter",
  outcome: "followups.outcome",
  "task.moved.from": "tasks.status",
  "task.moved.to": "tasks.status",
  "followup.moved.from": "followups.status",
  "followup.moved.to": "followups.status",
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;
const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/u;

export const isId = (value: unknown): value is string => typeof value === "string" && uuid.test(value);

/** The values for the sentence under `audit.say.<type>`. */
export function auditValues({ type, actor, payload, names }: AuditRecord, write: AuditWriter): Record<string, string> {
  const words = (key: string) => write.words(key) ?? "";
  const written = (field: string, value: unknown): string => {
    if (value === null || value === undefined) return words("audit.nobody");
    if (Array.isArray(value)) return write.list(value.map((one: unknown) => written(field, one)));
    if (isId(value)) return names[value] ?? words("audit.gone");
    if (typeof value === "string" && time.test(value)) return write.instant(Date.parse(value));
    const place = wordsOf[`${type}.${field}`] ?? wordsOf[field];
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const known = place === undefined ? undefined : (write.words(`${place}.${text}.title`) ?? write.words(`${place}.${text}`));
    return known ?? text;
  };
  const kind = auditActors.find((one) => one === actor.kind) ?? "system";
  return {
    who: actor.name ?? words(`audit.actor.${kind}`),
    type,
    ...Object.fromEntries(Object.entries(payload).map(([field, value]) => [field, written(field, value)])),
  };
}

/** One that a newer server wrote has no sentence here. */
export const auditKey = (type: string, isKnown: (key: string) => boolean): string =>
  isKnown(`audit.say.${type}`) ? `audit.say.${type}` : "audit.unknown";
