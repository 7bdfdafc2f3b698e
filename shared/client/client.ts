/** The typed HTTP client, made from the same contracts the server runs. Used by the console's core, tests and benchmarks. */
import type { BodyIn, Contract, OutputOf, ParamsOf, QueryIn } from "../api/contract.ts";
import type { ProblemDocument } from "../api/problems.ts";

export class ApiProblem extends Error {
  readonly document: ProblemDocument;
  readonly retryAfterSeconds: number | undefined;

  constructor(document: ProblemDocument, retryAfterSeconds: number | undefined) {
    super(`${document.status} ${document.code}: ${document.title}`);
    this.name = "ApiProblem";
    this.document = document;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get code(): ProblemDocument["code"] {
    return this.document.code;
  }
}

/** Only what a fetch must do, so that Node's, a browser's and Electron's all fit. */
export type Fetch = (url: string, init: { method: string; headers: Record<string, string>; body?: string }) => Promise<FetchAnswer>;

interface FetchAnswer {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export interface ClientOptions {
  baseUrl: string;
  fetch: Fetch;
  /** Asked before each call; undefined sends no token. */
  token?: () => string | undefined;
  language?: string;
}

type Optional<T> = Record<never, never> extends T ? true : false;
type Part<Name extends string, T> = [T] extends [undefined]
  ? { [K in Name]?: never }
  : Optional<T> extends true
    ? { [K in Name]?: T }
    : { [K in Name]: T };

export type CallInput<C extends Contract> = Part<"params", ParamsOf<C>> &
  Part<"query", QueryIn<C>> &
  Part<"body", BodyIn<C>> & { idempotencyKey?: string };

type Arguments<C extends Contract> = Optional<CallInput<C>> extends true ? [input?: CallInput<C>] : [input: CallInput<C>];

export interface Client {
  call<C extends Contract>(contract: C, ...input: Arguments<C>): Promise<OutputOf<C>>;
}

export function createClient(options: ClientOptions): Client {
  return {
    async call<C extends Contract>(contract: C, ...[input]: Arguments<C>): Promise<OutputOf<C>> {
      const { params = {}, query = {}, body, idempotencyKey } = (input ?? {}) as LooseInput;
      const token = options.token?.();
      const answer = await options.fetch(options.baseUrl + addressOf(contract.path, params, query), {
        method: contract.method,
        headers: {
          accept: "application/json",
          ...(options.language ? { "accept-language": options.language } : {}),
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...(idempotencyKey ? { "idempotency-key": idempotencyKey } : {}),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw problemFrom(answer, text);
      return (text === "" ? undefined : JSON.parse(text)) as OutputOf<C>; // the server has presented it by this contract
    },
  };
}

interface LooseInput {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  idempotencyKey?: string;
}

function addressOf(path: string, params: Record<string, string>, query: Record<string, unknown>): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

function problemFrom(answer: FetchAnswer, text: string): ApiProblem {
  const wait = Number(answer.headers.get("retry-after"));
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  try {
    return new ApiProblem(JSON.parse(text) as ProblemDocument, retryAfter);
  } catch {
    // A proxy in between answered, not Switchboard.
    return new ApiProblem(
      { type: "about:blank", title: "The server cannot be reached.", status: answer.status, code: "unavailable" },
      retryAfter,
    );
  }
}
