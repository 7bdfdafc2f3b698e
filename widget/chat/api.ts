/** The chat's HTTP calls. The routes are written again here because the contracts bring zod; a test compares both. */
import type { BodyIn, Contract, OutputOf, ParamsOf, QueryIn } from "@switchboard/shared/api/contract.ts";
import type { FieldError, ProblemCode, ProblemDocument } from "@switchboard/shared/api/problems.ts";
import type { visitApi } from "@switchboard/shared/api/visit.ts";

const folder = "/api/v1/visit/";

export const routes = {
  config: ["GET", "config"],
  start: ["POST", "start"],
  attributes: ["PUT", "attributes"],
  state: ["GET", "state"],
  messages: ["GET", "conversations/:conversation/messages"],
  begin: ["POST", "conversations"],
  send: ["POST", "messages"],
  leaveMessage: ["POST", "offline-messages"],
  end: ["POST", "end"],
} as const;

type Calls = typeof visitApi;
export type CallName = keyof typeof routes;

type Part<Name extends string, T> = [T] extends [Record<string, never>] ? { [K in Name]?: never } : { [K in Name]: T };
type Input<C extends Contract> = Part<"params", ParamsOf<C>> &
  Part<"query", QueryIn<C>> &
  (BodyIn<C> extends undefined ? { body?: never } : { body: BodyIn<C> });

export interface Api {
  call<K extends CallName>(name: K, input: Input<Calls[K]>): Promise<OutputOf<Calls[K]>>;
  /** The visitor's token goes into a header, never into an address. */
  token: string | null;
}

/** The server said no, and why. Anything else that is thrown means that it could not be reached. */
export class Refusal extends Error {
  code: ProblemCode;
  fields: readonly FieldError[];
  /** How long to wait before the next attempt. */
  seconds: number;

  constructor(problem: Partial<ProblemDocument>, seconds = 0) {
    super(problem.title);
    this.code = problem.code ?? "unavailable";
    this.fields = problem.errors ?? [];
    this.seconds = seconds;
  }
}

const patienceMs = 15_000;

export function createApi(origin: string): Api {
  const api: Api = {
    token: null,
    async call(name, input) {
      const [method, path] = routes[name];
      const given: { params?: object; query?: object; body?: unknown } = input;
      const filled = path.replace(/:(\w+)/gu, (_, key: string) => encodeURIComponent(String(Object(given.params)[key])));
      const query = new URLSearchParams(Object.entries(given.query ?? {}).map(([key, value]) => [key, String(value)])).toString();
      const response = await fetch(origin + folder + filled + (query && `?${query}`), {
        method,
        headers: {
          ...(given.body === undefined ? {} : { "content-type": "application/json" }),
          ...(api.token === null ? {} : { authorization: `Bearer ${api.token}` }),
        },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
        credentials: "omit",
        // A message that was just sent goes out even when the visitor leaves the page at once.
        keepalive: name === "send" || name === "end",
        signal: AbortSignal.timeout(patienceMs),
      });
      const answer: unknown = response.status === 204 ? undefined : await response.json();
      if (!response.ok) throw new Refusal(Object(answer), Number(response.headers.get("retry-after")) || 0);
      return answer as OutputOf<Calls[typeof name]>; // the server answers by the same contract
    },
  };
  return api;
}
