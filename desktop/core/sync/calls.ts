/** The calls of the protocol, with a token, for one device. Answers are checked here, once; behind this they are trusted. */
import type { z } from "zod";
import type { Contract } from "@switchboard/shared/api/contract.ts";
import { syncApi } from "@switchboard/shared/api/sync.ts";
import { createClient, type CallInput, type Fetch } from "@switchboard/shared/client/client.ts";
import { isEntity } from "@switchboard/shared/sync/entities.ts";
import type { NamedRow } from "@switchboard/shared/sync/entities.ts";
import {
  auditAnswer,
  bootstrapAnswer,
  deltaShape,
  helloAnswer,
  historyAnswer,
  protocolVersion,
  pullPage,
  pullReset,
  pushAnswer,
  schemaVersion,
} from "@switchboard/shared/sync/protocol.ts";
import type {
  AuditAnswer,
  BootstrapAnswer,
  Delta,
  HelloAnswer,
  HelloRequest,
  HistoryAnswer,
  Mutation,
  Operation,
  PullAnswer,
  PushAnswer,
} from "@switchboard/shared/sync/protocol.ts";
import { isScope } from "@switchboard/shared/sync/scopes.ts";
import type { Tokens } from "../session/tokens.ts";
import { CallFailed, failureOf } from "./failure.ts";

/** The server said something that it never says. */
export class StrangeAnswer extends Error {
  constructor(what: string) {
    super(`The server's answer cannot be read: ${what}.`);
    this.name = "StrangeAnswer";
  }
}

export interface Calls {
  hello(greeting: Pick<HelloRequest, "device" | "nonce" | "cursor" | "epoch">): Promise<HelloAnswer>;
  bootstrap(device: string, page: string | null): Promise<BootstrapAnswer>;
  pull(device: string, request: { epoch: string; cursor: number; settled: number; limit: number }): Promise<PullAnswer>;
  push(device: string, epoch: string, mutations: Mutation[]): Promise<PushAnswer>;
  history(device: string, conversation: string, before: number | null, limit: number): Promise<HistoryAnswer>;
  audit(device: string, scopes: string[], cursor: number, print?: string): Promise<AuditAnswer>;
}

export interface CallsOptions {
  tenantId: string;
  tokens: Tokens;
  fetch: Fetch;
  server: () => string;
  app: string;
}

/** A call in the name of a tenant's member; an expired token is exchanged once. */
export type Ask = <C extends Contract>(contract: C, input: CallInput<C>) => Promise<z.output<C["output"]>>;

export function createAsk({ tenantId, tokens, fetch, server }: Omit<CallsOptions, "app">): Ask {
  return async (contract, input) => {
    for (let attempt = 1; ; attempt += 1) {
      const token = await tokens.access(tenantId);
      try {
        const arguments_ = [input] as unknown as Parameters<ReturnType<typeof createClient>["call"]> extends [unknown, ...infer Rest]
          ? Rest
          : never; // `input` is the call's only argument
        return (await createClient({ baseUrl: server(), fetch, token: () => token }).call(contract, ...arguments_)) as never; // typed by the contract
      } catch (error) {
        if (failureOf(error).kind !== "signed-out" || attempt > 1) throw error;
        tokens.forget(tenantId, token);
      }
    }
  };
}

export function createCalls(options: CallsOptions): Calls {
  const ask = createAsk(options);
  const who = (device: string) => ({ device, protocol: protocolVersion, schema: schemaVersion, app: options.app });
  /** A device that is not known must say hello; everything else keeps its meaning. */
  const asDevice = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind === "refused" && failure.problem.code === "not_found") throw new CallFailed({ kind: "hello" }, { cause: error });
      throw error;
    }
  };
  return {
    async hello(greeting) {
      return check(helloAnswer, await ask(syncApi.hello, { body: { ...who(""), ...greeting } }));
    },
    async bootstrap(device, page) {
      const answer = await asDevice(ask(syncApi.bootstrap, { body: { ...who(device), page } }));
      return { ...check(bootstrapAnswer.omit({ rows: true }), answer), rows: namedRows(answer.rows) };
    },
    async pull(device, request) {
      const answer: unknown = await asDevice(ask(syncApi.pull, { body: { ...who(device), ...request } }));
      return isRecord(answer) && answer["kind"] === "page"
        ? { ...check(pullPage.omit({ ops: true }), answer), ops: operations(answer["ops"]) }
        : check(pullReset, answer);
    },
    async push(device, epoch, mutations) {
      return check(pushAnswer, await asDevice(ask(syncApi.push, { body: { ...who(device), epoch, mutations } })));
    },
    async history(device, conversation, before, limit) {
      const query = { ...who(device), conversation, limit, ...(before === null ? {} : { before }) };
      const answer = await ask(syncApi.history, { query });
      return { ...check(historyAnswer.omit({ rows: true }), answer), rows: namedRows(answer.rows) };
    },
    async audit(device, scopes, cursor, print) {
      const query = { ...who(device), scopes: scopes.join(), cursor, ...(print === undefined ? {} : { print }) };
      return check(auditAnswer, await asDevice(ask(syncApi.audit, { query })));
    },
  };
}

const noDevice = "00000000-0000-0000-0000-000000000000";

/** A live delta; without acknowledgements it acknowledges nothing of this device. */
export function readDelta(frame: unknown): Delta {
  if (!isRecord(frame)) throw new StrangeAnswer("delta");
  const head = check(deltaShape.omit({ ops: true }).partial({ acks: true }), frame);
  const { acks = { device: noDevice, lastMid: 0, rejected: [] }, ...rest } = head;
  return { ...rest, acks, ops: operations(frame["ops"]) };
}

function check<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new StrangeAnswer(parsed.error.issues[0]?.path.join(".") ?? "");
  return parsed.data;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const isRow = (value: unknown): value is { id: string } => isRecord(value) && typeof value["id"] === "string";

// By hand, because these are the many: the frame of each, not its content, for which the server answers.
function operations(ops: unknown): Operation[] {
  if (!Array.isArray(ops)) throw new StrangeAnswer("ops");
  const good: Operation[] = [];
  for (const one of ops as unknown[]) {
    // Of a newer server: a kind of row that this build does not know is not kept.
    if (isRecord(one) && typeof one["entity"] === "string" && !isEntity(one["entity"])) continue;
    if (!isOperation(one)) throw new StrangeAnswer("ops");
    good.push(one);
  }
  return good;
}

function isOperation(one: unknown): one is Operation {
  if (!isRecord(one) || typeof one["seq"] !== "number") return false;
  switch (one["op"]) {
    case "put":
      return typeof one["id"] === "string" && isRow(one["row"]) && one["row"].id === one["id"];
    case "del":
      return typeof one["id"] === "string" && typeof one["entity"] === "string";
    case "scope-":
      return typeof one["scope"] === "string" && isScope(one["scope"]);
    default:
      return one["op"] === "reset";
  }
}

function namedRows(rows: unknown): NamedRow[] {
  if (!Array.isArray(rows)) throw new StrangeAnswer("rows");
  return (rows as unknown[]).flatMap((one) => {
    if (!isRecord(one) || typeof one["entity"] !== "string" || !isRow(one["row"])) throw new StrangeAnswer("rows");
    return isEntity(one["entity"]) ? [one as unknown as NamedRow] : []; // the server answers for the row
  });
}
