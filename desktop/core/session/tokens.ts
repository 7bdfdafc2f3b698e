/**
 * Access tokens of a session: one a tenant, made from the refresh token, which works once. All exchanges stand in one line, whoever
 * asks: two at once would look to the server like a stolen token. The new refresh token is kept before anything uses it.
 */
import { accountsApi, type AccessShape } from "@switchboard/shared/api/accounts.ts";
import { ApiProblem, createClient, type Fetch } from "@switchboard/shared/client/client.ts";
import type { ProblemCode } from "@switchboard/shared/api/problems.ts";
import type { Keyring } from "../ports.ts";
import { CallFailed, failureOf } from "../sync/failure.ts";

/** A token that ends so soon is exchanged already. */
const marginMs = 30_000;

export interface Tokens {
  /** For a tenant, or for the account alone. */
  access(tenantId: string | null): Promise<string>;
  /** It was refused: get another one next time. */
  forget(tenantId: string | null, token: string): void;
  /** After a sign-in. */
  adopt(refreshToken: string, access: AccessShape): Promise<void>;
  /** Whether there is anything to exchange. */
  has(): Promise<boolean>;
  clear(): Promise<void>;
}

export interface TokensOptions {
  keyring: Keyring;
  fetch: Fetch;
  server: () => string;
  /** The server's time. */
  now: () => number;
  /** The session is over: the person must sign in again. */
  ended: () => void;
}

interface Held {
  token: string;
  endsAt: number;
}

const isCode = (error: unknown, code: ProblemCode) => error instanceof ApiProblem && error.code === code;

export function createTokens({ keyring, fetch, server, now, ended }: TokensOptions): Tokens {
  const held = new Map<string | null, Held>();
  let line: Promise<unknown> = Promise.resolve();
  /** Undefined until the keyring was asked. */
  let refreshToken: string | null | undefined;

  const hold = (access: AccessShape) => held.set(access.tenantId, { token: access.token, endsAt: Date.parse(access.expiresAt) });
  const good = (tenantId: string | null) => {
    const one = held.get(tenantId);
    return one !== undefined && one.endsAt - now() > marginMs ? one.token : undefined;
  };
  const read = async () => (refreshToken ??= await keyring.read());

  async function keep(next: string): Promise<void> {
    refreshToken = next;
    await keyring.write(next);
  }

  async function exchange(tenantId: string | null): Promise<string> {
    const waited = good(tenantId);
    if (waited !== undefined) return waited;
    const current = await read();
    if (current === null) throw new CallFailed({ kind: "signed-out" });
    const api = createClient({ baseUrl: server(), fetch });
    const body = tenantId === null ? { refreshToken: current } : { refreshToken: current, tenantId };
    try {
      const answer = await api.call(accountsApi.refresh, { body });
      await keep(answer.refreshToken);
      hold(answer.access);
      return answer.access.token;
    } catch (error) {
      // A tenant that this session was shut out of answers like a session that is over; the account alone tells which.
      if (tenantId !== null && isCode(error, "unauthenticated")) {
        await exchange(null);
        throw new CallFailed({ kind: "shut-out" }, { cause: error });
      }
      if (tenantId !== null && isCode(error, "not_found")) throw new CallFailed({ kind: "lost" }, { cause: error });
      if (isCode(error, "unauthenticated")) {
        held.clear();
        refreshToken = null;
        await keyring.write(null);
      }
      if (failureOf(error).kind === "signed-out") ended();
      throw error;
    }
  }

  return {
    access(tenantId) {
      const ready = good(tenantId);
      if (ready !== undefined) return Promise.resolve(ready);
      const mine = line.then(() => exchange(tenantId));
      line = mine.catch(() => undefined);
      return mine;
    },
    forget(tenantId, token) {
      if (held.get(tenantId)?.token === token) held.delete(tenantId);
    },
    async adopt(next, access) {
      held.clear();
      await keep(next);
      hold(access);
    },
    has: async () => (await read()) !== null,
    async clear() {
      held.clear();
      refreshToken = null;
      await keyring.write(null);
    },
  };
}
