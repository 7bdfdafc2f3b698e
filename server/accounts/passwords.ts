/**
 * The only file that knows argon2. Hashing takes 19 MiB and a thread of the pool for tens of milliseconds, so few run at a time and
 * the rest waits in line; when the line is long the server says so instead of running out of memory.
 */
import { hash, verify, type Options } from "@node-rs/argon2";
import { newSecret } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import { perCore } from "../core/realtime/per-core.ts";

/** argon2id is the library's default algorithm; a test reads it back from a hash. */
const options: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const atOnce = 2;
const longestLine = 200;

export interface Passwords {
  hash(password: string): Promise<string>;
  /** Without a hash (nobody has this address) the same work is done against one that nothing matches. */
  matches(password: string, hashed: string | undefined): Promise<boolean>;
  /** How often a password was compared, known account or not. */
  compared(): number;
}

export function createPasswords(): Passwords {
  const line: (() => void)[] = [];
  let running = 0;
  let comparisons = 0;
  let nobody: Promise<string> | undefined;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atOnce) {
      if (line.length >= longestLine) throw problem("unavailable", { retryAfterSeconds: 5 });
      await new Promise<void>((resolve) => line.push(resolve));
    } else running += 1;
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else running -= 1;
    }
  }

  /** The same characters typed on different systems are the same password. */
  const plain = (password: string) => password.normalize("NFKC");

  return {
    hash: (password) => inTurn(() => hash(plain(password), options)),
    async matches(password, hashed) {
      nobody ??= hash(newSecret(), options);
      const other = await nobody;
      comparisons += 1;
      const same = await inTurn(() => verify(hashed ?? other, plain(password)));
      return same && hashed !== undefined;
    },
    compared: () => comparisons,
  };
}

/** One line a server, however many requests. */
export const passwordsOf = perCore(createPasswords);
