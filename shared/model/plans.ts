/**
 * What a plan allows, as data, and what that means for a tenant with so much use. Limits warn early and refuse late: nothing here ever
 * stops a conversation that is open. Billing decides which plan a tenant has; nothing else does.
 */
export const planNames = ["free", "professional", "enterprise"] as const;
export type PlanName = (typeof planNames)[number];

/** What is counted. `conversations` begins anew each month, `apiRequests` each minute; the others are what exists now. */
export const meters = ["members", "conversations", "cannedReplies", "teams", "customRoles", "apiRequests"] as const;
export type Meter = (typeof meters)[number];

export type MeterPeriod = "now" | "month" | "minute";
export const meterPeriods: Readonly<Record<Meter, MeterPeriod>> = {
  members: "now",
  conversations: "month",
  cannedReplies: "now",
  teams: "now",
  customRoles: "now",
  apiRequests: "minute",
};

/** Null is without limit. */
export type PlanLimits = Readonly<Record<Meter, number | null>>;

export const plans: Readonly<Record<PlanName, { limits: PlanLimits }>> = {
  free: { limits: { members: 3, conversations: 200, cannedReplies: 30, teams: 1, customRoles: 0, apiRequests: 60 } },
  professional: { limits: { members: 25, conversations: 5_000, cannedReplies: 500, teams: 10, customRoles: 5, apiRequests: 600 } },
  enterprise: { limits: { members: null, conversations: null, cannedReplies: null, teams: null, customRoles: null, apiRequests: 6_000 } },
};

export function isPlanName(value: string): value is PlanName {
  return (planNames as readonly string[]).includes(value);
}

/** A tenant's own arrangement: the platform may set single limits beside the plan. */
export type LimitOverrides = Readonly<Partial<Record<Meter, number | null>>>;

export function limitOf(plan: PlanName, meter: Meter, overrides: LimitOverrides = {}): number | null {
  return Object.hasOwn(overrides, meter) && overrides[meter] !== undefined ? overrides[meter] : plans[plan].limits[meter];
}

/** Percent of the limit at which people are told; the last one is the limit itself. */
export const warningSteps = [80, 90, 100] as const;
export type WarningStep = (typeof warningSteps)[number];

export interface Entitlement {
  /** Whether one more may be made. */
  may: boolean;
  limit: number | null;
  used: number;
  /** Null without a limit; never below zero. */
  left: number | null;
  /** The highest step that is reached; null below the first. */
  warning: WarningStep | null;
  /** Over the limit it goes on, only slower or with a notice: what has begun is never stopped. */
  soft: boolean;
}

/** A new conversation of a visitor is never refused: over the limit it is still taken, and the tenant is told. */
const softMeters: ReadonlySet<Meter> = new Set<Meter>(["conversations"]);

export function entitlement(plan: PlanName, used: number, meter: Meter, overrides: LimitOverrides = {}): Entitlement {
  const limit = limitOf(plan, meter, overrides);
  const soft = softMeters.has(meter);
  if (limit === null) return { may: true, limit, used, left: null, warning: null, soft };
  return { may: soft || used < limit, limit, used, left: Math.max(0, limit - used), warning: warningAt(used, limit), soft };
}

/** Something that the plan does not have at all (no custom roles) is no reason for a warning while nobody uses it. */
export function warningAt(used: number, limit: number): WarningStep | null {
  if (used <= 0) return null;
  return warningSteps.findLast((step) => used * 100 >= limit * step) ?? null;
}

/** The step that this use has just reached, for telling people once: null when the earlier use had reached it already. */
export function newWarning(before: number, after: number, limit: number | null): WarningStep | null {
  if (limit === null) return null;
  const now = warningAt(after, limit);
  return now !== warningAt(before, limit) && after > before ? now : null;
}

/** When a month's use will reach its limit if it goes on like this; null when it will not within the month. */
export function forecastFull(used: number, limit: number | null, monthStart: number, monthEnd: number, now: number): number | null {
  if (limit === null || used <= 0 || now <= monthStart) return null;
  if (used >= limit) return now;
  const at = monthStart + ((now - monthStart) * limit) / used;
  return at < monthEnd ? Math.round(at) : null;
}
