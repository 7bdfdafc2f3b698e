/** Pure decisions about tenants. */
import { parseDomain } from "../../shared/model/domains.ts";
import { tenantServes, type TenantStatus } from "../../shared/model/states.ts";
import { limits } from "../../shared/model/limits.ts";

export interface Standing {
  status: TenantStatus;
  statusUntil?: Date | null | undefined;
}

/** A suspension ends at its time by itself, also when the job that writes it down has not run yet. */
export function statusAt({ status, statusUntil }: Standing, now: Date): TenantStatus {
  return status === "suspended" && statusUntil && statusUntil <= now ? "active" : status;
}

export function serves(standing: Standing, now: Date): boolean {
  return tenantServes(statusAt(standing, now));
}

/** A public name out of the site's: `www.blue-bay.co.th` becomes `blue-bay`. Latin letters only, because it stands in a snippet. */
export function slugBase(site: string, name: string): string {
  const parsed = parseDomain(site);
  const label = parsed.ok ? parsed.domain.host.split(".").find((part) => part !== "www" && !part.startsWith("xn--")) : undefined;
  return clean(label ?? "") || clean(name) || "tenant";
}

/** `blue-bay`, then `blue-bay-2`; after a few tries something nobody else has. */
export function slugTry(base: string, round: number, random: string): string {
  if (round === 0) return base;
  return round < 5 ? `${base}-${round + 1}` : `${base}-${random}`;
}

function clean(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, limits.slug - 10)
    .replaceAll(/-+$/g, "");
}
