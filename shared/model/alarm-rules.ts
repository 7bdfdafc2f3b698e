/** How each kind of alarm may make itself known, by a member's own choice; the same on all computers. Marks in lists always stay. */
export const alarmKinds = ["waiting", "assigned", "message", "mention", "comment", "escalation", "reminder", "missed"] as const;
export type AlarmKind = (typeof alarmKinds)[number];

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
