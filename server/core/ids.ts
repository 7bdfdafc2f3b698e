import { createHash, randomBytes, randomFillSync } from "node:crypto";

/** Asked of the system for many ids at once, which takes it as long as for one. */
const chances = Buffer.alloc(16 * 256);
let used = chances.length;

/** UUIDv7: unique and friendly to indexes. Opaque to everybody: never sort by it for meaning. */
export function newId(nowMs: number = performance.timeOrigin + performance.now()): string {
  if (used === chances.length) {
    randomFillSync(chances);
    used = 0;
  }
  const bytes = chances.subarray(used, (used += 16));
  bytes.writeUIntBE(Math.floor(nowMs), 0, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A secret for a link or a token: 256 random bits, URL-safe. Only its hash is ever stored. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function hashSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** The log line and the clock of the installation itself: platform actions and account sessions belong to no tenant. */
export const installationId = "00000000-0000-0000-0000-000000000000";
