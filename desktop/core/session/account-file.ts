/** What this installation knows about its person: no secret opens anything by itself, but the file is for its owner only. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { accountShape, tenantChoice } from "@switchboard/shared/api/accounts.ts";

const accountFile = z.object({
  server: z.string(),
  account: accountShape.pick({ id: true, name: true, email: true, language: true, zone: true }),
  /** Says at the next sign-in that this computer was here before. */
  deviceToken: z.string().nullable(),
  tenants: z.array(tenantChoice),
  /** Tenants that have a database here, in the order in which they were opened: the order of their colours. */
  opened: z.array(z.uuid()),
});
export type AccountFile = z.output<typeof accountFile>;

export interface AccountStore {
  read(): AccountFile | null;
  /** Null forgets the person. */
  write(account: AccountFile | null): void;
}

/** Replaced whole: a reader sees the one before or the one after. */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  const handle = openSync(part, "w", 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
}

export function createAccountStore(folder: string): AccountStore {
  const file = join(folder, "account.json");
  let known: AccountFile | null | undefined;
  return {
    read() {
      if (known !== undefined) return known;
      known = null;
      if (existsSync(file)) {
        const parsed = accountFile.safeParse(parse(readFileSync(file, "utf8")));
        // A damaged file costs a sign-in, nothing else: the databases are found again by tenant and account.
        known = parsed.success ? parsed.data : null;
      }
      return known;
    },
    write(account) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (account === null) rmSync(file, { force: true });
      else writeWhole(file, JSON.stringify(account));
      known = account;
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
