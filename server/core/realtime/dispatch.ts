/**
 * What a socket says, from packet to handler: known event, rate, schema, permission. A client that keeps breaking the rules is
 * disconnected; nothing it sends can throw past this file.
 */
import { z } from "zod";
import type { Core } from "../core.ts";
import { documentOf, problemOf } from "../http/document.ts";
import { fieldErrors } from "../http/field-errors.ts";
import { unstorable } from "../http/unstorable.ts";
import { holds } from "../actor.ts";
import { problem, type Problem } from "../problem.ts";
import type { SocketCall, SocketSay } from "./define.ts";
import type { Seat } from "./seats.ts";

const windowMs = 10_000;
/** Broken rules and packets of all kinds in one window, above which the socket is closed. */
const mostStrikes = 50;
const mostPackets = 600;

type Acknowledge = (answer: unknown) => void;

export interface Dispatch {
  (seat: Seat, event: unknown, args: unknown[]): void;
}

export function createDispatch(core: Core, says: readonly SocketSay[], expel: (seat: Seat) => void): Dispatch {
  const known = new Map(says.map((say) => [`${say.namespace} ${say.name}`, say]));
  const refused = core.metrics.counter({ name: "socket_packets_refused_total", help: "Packets of sockets that broke a rule." });

  return function dispatch(seat, event, args) {
    const last = args.at(-1);
    const acknowledge = typeof last === "function" ? (last as Acknowledge) : undefined;
    const payloads = acknowledge ? args.slice(0, -1) : args;

    function refuse(error: unknown, strike: boolean): void {
      refused.add();
      acknowledge?.({ problem: documentOf(problemOf(error), seat.hints.language, seat.socket.id) });
      if (strike && ++seat.strikes >= mostStrikes) expel(seat);
    }

    if (!take(seat, "", mostPackets)) return expel(seat);
    const say = typeof event === "string" ? known.get(`${seat.namespace} ${event}`) : undefined;
    // An event from a newer client is ignored and counted, not punished at once (RELIABILITY F27).
    if (!say) return refuse(problem("not_found"), true);
    if (!take(seat, say.name, say.perTenSeconds)) return refuse(problem("rate_limited", { retryAfterSeconds: windowMs / 1000 }), true);
    const parsed = say.payload.safeParse(payloads[0]);
    if (!parsed.success || payloads.length !== 1) return refuse(invalid(parsed.error, payloads[0]), true);
    const odd = unstorable("payload", payloads[0]);
    if (odd.length > 0) return refuse(problem("invalid_input", { errors: odd }), true);
    const forbidden = permitted(say, seat);
    if (forbidden) return refuse(forbidden, false);
    const call: SocketCall = { core, actor: seat.actor, payload: parsed.data, seat };
    try {
      core.maintenance.assertOff();
      const running = say.run(call);
      if (running instanceof Promise) running.then((value: unknown) => acknowledge?.({ value: value ?? null }), fail);
      else acknowledge?.({ value: null });
    } catch (error) {
      fail(error);
    }

    function fail(error: unknown): void {
      const found = problemOf(error);
      if (found.code === "internal")
        core.log.error(
          { problem: error instanceof Error ? (error.stack ?? error.message) : String(error), event },
          "a socket event failed",
        );
      refuse(found, false);
    }
  };

  function take(seat: Seat, name: string, most: number): boolean {
    const now = core.clock.monotonicMs();
    seat.rates ??= new Map();
    const rate = seat.rates.get(name);
    if (!rate || now - rate.since >= windowMs) {
      seat.rates.set(name, { since: now, count: 1 });
      if (name === "") seat.strikes = 0;
      return true;
    }
    rate.count += 1;
    return rate.count <= most * core.limiter.factor;
  }
}

function permitted({ access }: SocketSay, { actor }: Seat): Problem | undefined {
  if (access.who === "visitor") return actor.kind === "visitor" ? undefined : problem("unauthenticated");
  if (access.who !== "member" || actor.kind !== "member") return problem("unauthenticated");
  return access.may === "any" || holds(actor, access.may) ? undefined : problem("forbidden");
}

function invalid(error: z.ZodError | undefined, raw?: unknown): Problem {
  return problem("invalid_input", error ? { errors: fieldErrors("payload", error, raw) } : {});
}
