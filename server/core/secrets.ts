/** Secrets at rest: AES-256-GCM with a key id, bound to the place they stand in, so that a ciphertext moved elsewhere does not open. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** Where a secret stands: tenant, table and column, row. */
export type Place = readonly [tenantId: string, column: string, rowId: string];

export interface Secrets {
  seal(plain: string, place: Place): string;
  open(sealed: string, place: Place): string;
}

const version = "v1";

export function createSecrets(options: { key: string }): Secrets {
  const key = Buffer.from(hkdfSync("sha256", options.key, "switchboard", "secrets at rest", 32));
  const aad = (place: Place) => Buffer.from(place.join("\u0000"));
  return {
    seal(plain, place) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(aad(place));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [version, iv.toString("base64url"), cipher.getAuthTag().toString("base64url"), body.toString("base64url")].join(".");
    },
    open(sealed, place) {
      const [kind, iv, tag, body] = sealed.split(".");
      if (kind !== version || iv === undefined || tag === undefined || body === undefined) throw new Error("Not a sealed secret.");
      const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"))
        .setAAD(aad(place))
        .setAuthTag(Buffer.from(tag, "base64url"));
      return Buffer.concat([decipher.update(Buffer.from(body, "base64url")), decipher.final()]).toString("utf8");
    },
  };
}

export function sameSecret(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
