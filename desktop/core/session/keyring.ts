/** Where the refresh token is kept when the system has no keyring for us: in a file for its owner, or only in memory. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Keyring } from "../ports.ts";
import { writeWhole } from "./account-file.ts";

export function fileKeyring(file: string): Keyring {
  return {
    kind: "host",
    read: async () => (existsSync(file) ? readFileSync(file, "utf8") : null),
    async write(secret) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      if (secret === null) rmSync(file, { force: true });
      else writeWhole(file, secret);
    },
  };
}

export function memoryKeyring(): Keyring {
  let kept: string | null = null;
  return {
    kind: "memory",
    read: async () => kept,
    async write(secret) {
      kept = secret;
    },
  };
}
