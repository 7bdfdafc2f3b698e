/** One renderer at the other end of a port: frames are checked in both directions, refusals are told by their code, defects are ours. */
import { commands, events, queries, type CommandName, type EventName, type QueryName } from "../../bridge/index.ts";
import { request, type BridgeErrorShape, type Port, type Request, type Response } from "../../bridge/frames.ts";
import { ApiProblem } from "@switchboard/shared/client/client.ts";
import type { z } from "zod";
import { deeds } from "../commands/index.ts";
import type { Desk } from "../desk.ts";
import type { Log } from "../ports.ts";
import { answers } from "../queries/index.ts";
import { Refusal } from "../refusal.ts";
import { failureOf } from "../sync/failure.ts";
import { diskTrouble } from "../store/driver.ts";
import { createLive, type Subscription } from "./live.ts";

export interface Connection {
  /** The core has opened what was open before: what was asked meanwhile is answered. */
  begin(): void;
  touched(topics: ReadonlySet<string>): void;
  emit(name: EventName, payload: unknown): void;
  watches(topic: string): boolean;
  close(): void;
}

/** More than any screen has; a page that asks for more is not ours. */
const mostSubscriptions = 500;
const mostCommands = 200;

export function servePort(port: Port, desk: Desk, closed: (connection: Connection) => void): Connection {
  const { clock, log } = desk.ports;
  let over = false;
  let working = 0;
  let early: unknown[] | undefined = [];

  const post = (frame: Response) => {
    if (!over) port.post(frame);
  };
  const live = createLive({
    clock,
    send: (values) => post({ t: "values", values: [...values] }),
    backlog: () => port.backlog?.() ?? 0,
    run(subscription, watch) {
      try {
        return { value: answer(desk, subscription, watch) };
      } catch (error) {
        post({ t: "failed", id: subscription.id, error: refusalOf(error, subscription.name, log) });
        return undefined;
      }
    },
  });

  function receive(frame: unknown): void {
    if (over) return;
    if (early !== undefined) {
      if (early.length < mostSubscriptions + mostCommands) early.push(frame);
      return;
    }
    const parsed = request.safeParse(frame);
    // Nobody to tell: a frame without a readable id is no call.
    if (!parsed.success) return log("warn", "a frame cannot be read");
    handle(parsed.data);
  }

  function handle(call: Request): void {
    switch (call.t) {
      case "subscribe":
        if (live.size() >= mostSubscriptions) return fail(call.id, new Refusal("rate_limited", "Too many live queries."), call.name);
        live.subscribe(call);
        return;
      case "unsubscribe":
        live.unsubscribe(call.id);
        return;
      case "command":
        if (working >= mostCommands) return fail(call.id, new Refusal("rate_limited", "Too many commands at once."), call.name);
        working += 1;
        void perform(desk, call)
          .then(
            (value) => post({ t: "done", id: call.id, value }),
            (error: unknown) => fail(call.id, error, call.name),
          )
          .finally(() => {
            working -= 1;
          });
    }
  }

  function fail(id: number, error: unknown, name: string): void {
    post({ t: "failed", id, error: refusalOf(error, name, log) });
  }

  const connection: Connection = {
    begin() {
      const waiting = early ?? [];
      early = undefined;
      for (const frame of waiting) receive(frame);
    },
    touched: (topics) => live.touched(topics),
    emit(name, payload) {
      post({ t: "event", name, payload: checked(events[name].payload, payload, name) });
    },
    watches: (topic) => live.watches(topic),
    close() {
      if (over) return;
      over = true;
      live.close();
      port.close();
      closed(connection);
    },
  };
  port.onClose(() => connection.close());
  port.listen(receive);
  return connection;
}

export function answer(desk: Desk, { name, input }: Pick<Subscription, "name" | "input">, watch: (topic: string) => void): unknown {
  if (!isQuery(name)) throw new Refusal("unknown", "There is no such query.", { name });
  const { input: shape, output } = queries[name];
  const run = answers[name] as (desk: Desk, input: unknown, watch: (topic: string) => void) => unknown; // its input is parsed by its own schema
  return checked(
    output,
    readDisk(desk, () => run(desk, parsed(shape, input), watch)),
    name,
  );
}

/** What cannot be read is repaired, and asked for once more. */
function readDisk<T>(desk: Desk, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (diskTrouble(error) === null || !desk.tenants().some((tenant) => tenant.health.noticed(error))) throw error;
    return read();
  }
}

async function perform(desk: Desk, { name, input }: Extract<Request, { t: "command" }>): Promise<unknown> {
  if (!isCommand(name)) throw new Refusal("unknown", "There is no such command.", { name });
  const { input: shape, output } = commands[name];
  const run = deeds[name] as (desk: Desk, input: unknown) => unknown; // as above
  return checked(output, await run(desk, parsed(shape, input)), name);
}

const isQuery = (name: string): name is QueryName => Object.hasOwn(queries, name);
const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);

function parsed(shape: z.ZodType, input: unknown): unknown {
  const result = shape.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal("invalid_input", issue?.message ?? "cannot be read", { field: issue?.path.join(".") ?? "" });
}

/** What leaves is what was promised: a core that breaks its word says so here, not in a view. */
function checked(shape: z.ZodType, value: unknown, name: string): unknown {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  throw new Error(
    `${name} answers what it does not promise: ${result.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`).join("; ")}`,
  );
}

function refusalOf(error: unknown, name: string, log: Log): BridgeErrorShape {
  if (error instanceof Refusal) return { code: error.code, message: error.message, data: error.data };
  if (error instanceof ApiProblem) {
    const { code, title, detail, errors: fields, data } = error.document;
    return { code, message: detail ?? title, data: { ...data, ...(fields ? { errors: fields } : {}) } };
  }
  const failure = failureOf(error);
  const codes = {
    "signed-out": "signed_out",
    "shut-out": "locked",
    upgrade: "upgrade_needed",
    suspended: "tenant_suspended",
    lost: "not_found",
    hello: "offline",
    refused: "internal",
  } as const;
  if (failure.kind !== "unreachable") return { code: codes[failure.kind], message: "The server refused." };
  if (isNetwork(error)) return { code: "offline", message: "The server does not answer." };
  log("error", "a call failed", { name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
  return { code: "internal", message: "Something went wrong inside the console." };
}

/** `fetch` says no more than this; our own mistakes are TypeErrors too, but without a cause. */
const isNetwork = (error: unknown) =>
  error instanceof Error &&
  (error.name === "TimeoutError" ||
    error.name === "AbortError" ||
    (error instanceof TypeError && error.cause !== undefined) ||
    error.message === "fetch failed");
