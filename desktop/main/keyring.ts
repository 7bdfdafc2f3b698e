/**
 * Keeps the refresh token in the system's keyring by `safeStorage`'s async API. On Linux a backend of `basic_text` protects nothing:
 * the session then lives in memory only, and the console says so.
 */
import { rename, readFile, rm, writeFile } from "node:fs/promises";

export interface SafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }>;
  getSelectedStorageBackend?(): string;
}

export interface SecretStore {
  kind: "keyring" | "memory";
  read(): Promise<string | null>;
  write(secret: string | null): Promise<void>;
}

export async function openSecretStore(safeStorage: SafeStorage, file: string, platform: NodeJS.Platform): Promise<SecretStore> {
  const backend = platform === "linux" ? safeStorage.getSelectedStorageBackend?.() : undefined;
  const safe = backend !== "basic_text" && backend !== "unknown" && (await safeStorage.isAsyncEncryptionAvailable());
  return safe ? inKeyring(safeStorage, file) : inMemory(file);
}

function inKeyring(safeStorage: SafeStorage, file: string): SecretStore {
  const store: SecretStore = {
    kind: "keyring",
    async read() {
      let sealed: Buffer;
      try {
        sealed = await readFile(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed);
        if (shouldReEncrypt) await store.write(result);
        return result;
      } catch {
        // Another keyring than the one that sealed it: the secret is gone, and signing in makes a new one.
        return null;
      }
    },
    async write(secret) {
      if (secret === null) return rm(file, { force: true });
      const sealed = await safeStorage.encryptStringAsync(secret);
      await writeFile(`${file}.new`, sealed, { mode: 0o600 });
      await rename(`${file}.new`, file);
    },
  };
  return store;
}

function inMemory(file: string): SecretStore {
  let kept: string | null = null;
  return {
    kind: "memory",
    read: () => Promise.resolve(kept),
    async write(secret) {
      kept = secret;
      // What a safer backend left behind must not outlive a sign-out.
      await rm(file, { force: true });
    },
  };
}
