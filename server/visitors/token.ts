/**
 * The visitor's token: the tenant and the visitor it is bound to, and 256 random bits of which only the hash is stored. Opaque to the
 * browser; never in an address, never in a log.
 */
import { hashSecret, newSecret } from "../core/ids.ts";
import { sameSecret } from "../core/secrets.ts";

export interface VisitorToken {
  tenantId: string;
  visitorId: string;
  hash: Buffer;
}

const shape = /^v1\.([0-9a-f]{32})\.([0-9a-f]{32})\.[\w-]{43}$/u;

export function makeToken(tenantId: string, visitorId: string): { token: string; hash: Buffer } {
  const bare = (id: string) => id.replaceAll("-", "");
  const token = `v1.${bare(tenantId)}.${bare(visitorId)}.${newSecret()}`;
  return { token, hash: hashSecret(token) };
}

export function parseToken(token: string): VisitorToken | null {
  const [, tenant, visitor] = shape.exec(token) ?? [];
  if (tenant === undefined || visitor === undefined) return null;
  return { tenantId: uuidOf(tenant), visitorId: uuidOf(visitor), hash: hashSecret(token) };
}

/** The whole token is hashed, so that a secret does not fit another visitor or tenant. */
export function isTokenOf({ hash }: VisitorToken, stored: Buffer | Uint8Array | null | undefined): boolean {
  return stored != null && sameSecret(hash, Buffer.from(stored));
}

const uuidOf = (hex: string) => `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
