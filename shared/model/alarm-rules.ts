/** How each kind of alarm may make itself known, by a member's own choice; the same on all computers. Marks in lists always stay. */
export const alarmKinds = ["waiting", "assigned", "message", "mention", "comment", "escalation", "reminder", "missed"] as const;
export type AlarmKind = (typeof alarmKinds)[number];

/** A colleague said something; it is told of with their name. */
export const isColleaguesWord = (kind: AlarmKind): kind is "mention" | "comment" => kind === "mention" || kind === "comment";

/** Reasons to tell of a conversation that waits, the one with the most to do about it first. A mention is another matter. */
const reasons: readonly AlarmKind[] = ["waiting", "escalation", "assigned", "message"];

interface Reason {
  readonly kind: AlarmKind;
  readonly tenantId: string;
  readonly about: { readonly view: string; readonly id: string };
}

/** A visitor who waits is told of once, however many reasons ring: as a card and as a notification of the system. */
export function strongestReasons<R extends Reason>(ringing: readonly R[]): readonly R[] {
  const placeOf = ({ tenantId, about }: Reason) => `${tenantId} ${about.view} ${about.id}`;
  const strongest = new Map<string, number>();
  for (const one of ringing) {
    const reason = reasons.indexOf(one.kind);
    if (reason >= 0) strongest.set(placeOf(one), Math.min(reason, strongest.get(placeOf(one)) ?? reason));
  }
  return ringing.filter((one) => {
    const reason = reasons.indexOf(one.kind);
    return reason < 0 || reason === strongest.get(placeOf(one));
  });
}

export interface AlarmRule {
  sound: boolean;
  /** A notification of the system, when the window is not seen. */
  system: boolean;
}

export const usualAlarmRule: AlarmRule = { sound: true, system: true };
export const alarmRuleKey = (kind: AlarmKind) => `alarm.${kind}`;
/** Read by the server: one mail about a conversation that nobody has seen. */
export const unseenMailKey = "notifications.unseenMail";

/** What a newer version wrote and this one cannot read counts as never chosen. */
export function alarmRuleOf(values: Readonly<Record<string, unknown>>, kind: AlarmKind): AlarmRule {
  const chosen = values[alarmRuleKey(kind)];
  if (typeof chosen !== "object" || chosen === null) return usualAlarmRule;
  const flag = (key: keyof AlarmRule) => {
    const value = (chosen as Partial<Record<keyof AlarmRule, unknown>>)[key];
    return typeof value === "boolean" ? value : usualAlarmRule[key];
  };
  return { sound: flag("sound"), system: flag("system") };
}
