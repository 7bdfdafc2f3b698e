/** How often somebody may call: by tenant and actor where one is known, by address always. In memory, or in Redis for several processes. */
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import type { RateClass } from "../../../shared/api/contract.ts";
import { problem } from "../problem.ts";
import type { SharedBus } from "../redis.ts";

type Rate = { points: number; seconds: number };

/** One actor's share. */
export const actorRates: Record<RateClass, Rate> = {
  read: { points: 600, seconds: 60 },
  write: { points: 240, seconds: 60 },
  search: { points: 60, seconds: 60 },
  heavy: { points: 20, seconds: 60 },
  mail: { points: 10, seconds: 600 },
  "sign-in": { points: 30, seconds: 300 },
};

/** One address's share of calls without a token. A whole office stands behind one: it signs in when the day begins, and failed tries are counted apart. */
export const addressRate: Rate = { points: 300, seconds: 60 };
export const addressRates: Partial<Record<RateClass, Rate>> = { "sign-in": { points: 150, seconds: 300 }, mail: actorRates.mail };

/** One tenant's share of everything. */
export const tenantRate: Rate = { points: 12_000, seconds: 60 };

export interface Limiter {
  /** What every limit is multiplied by; sockets count for themselves and need it. */
  readonly factor: number;
  /** Takes one point of each bucket that applies, or throws `rate_limited` with the seconds to wait. */
  take(rate: RateClass, who: { tenantId: string | undefined; actor: string | undefined; ip: string }): Promise<void>;
  /** A bucket of a feature's own, for example mails to one address. */
  takeFrom(name: string, key: string, rate: Rate): Promise<void>;
}

export function createLimiter(options: { bus: SharedBus | undefined; factor: number }): Limiter {
  const buckets = new Map<string, RateLimiterAbstract>();

  function bucket(name: string, rate: Rate): RateLimiterAbstract {
    const known = buckets.get(name);
    if (known) return known;
    const settings = { keyPrefix: `limit:${name}`, points: Math.ceil(rate.points * options.factor), duration: rate.seconds };
    const memory = new RateLimiterMemory(settings);
    // When Redis is away each process counts for itself: a limit that is a little too generous, never an outage.
    const made = options.bus ? new RateLimiterRedis({ ...settings, storeClient: options.bus.client, insuranceLimiter: memory }) : memory;
    buckets.set(name, made);
    return made;
  }

  async function consume(name: string, rate: Rate, key: string): Promise<void> {
    try {
      await bucket(name, rate).consume(key);
    } catch (refused) {
      if (refused instanceof RateLimiterRes)
        throw problem("rate_limited", { retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) });
      throw refused;
    }
  }

  return {
    factor: options.factor,
    async take(rate, { tenantId, actor, ip }) {
      if (tenantId !== undefined && actor !== undefined) {
        await consume("tenant", tenantRate, tenantId);
        await consume(rate, actorRates[rate], `${tenantId}:${actor}`);
      } else {
        await consume("address", addressRate, ip);
        const own = addressRates[rate];
        if (own) await consume(`${rate}:address`, own, ip);
      }
    },
    takeFrom: (name, key, rate) => consume(name, rate, key),
  };
}
