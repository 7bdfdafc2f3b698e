/** Background effects are reactions to logged events, or schedules. Actions never enqueue jobs themselves. */
import type { EventDefinition, PayloadOf } from "../../../shared/events/define.ts";
import type { Core } from "../core.ts";

export interface LoggedEvent<P = Record<string, unknown>> {
  tenantId: string;
  seq: number;
  type: string;
  actor: Record<string, unknown>;
  payload: P;
  at: Date;
}

export interface Reaction {
  /** Unique; part of the job key `tenant:seq:name`, so that a repeat adds nothing. */
  name: string;
  on: readonly EventDefinition[];
  /** Asked before a job is made of it: most messages mention nobody. */
  when?(payload: Record<string, unknown>): boolean;
  run(core: Core, event: LoggedEvent): Promise<void>;
}

/**
 * A reaction to one event type, with its payload typed. Must be safe to repeat: the worker may run it again after a crash. Those to several
 * events run at the same time and in any order, so one that writes what it has read elsewhere locks what it reads, or looks again.
 */
export function reaction<E extends EventDefinition>(
  name: string,
  on: E,
  run: (core: Core, event: LoggedEvent<PayloadOf<E>>) => Promise<void>,
): Reaction {
  return { name, on: [on], run: (core, event) => run(core, { ...event, payload: on.payload.parse(event.payload) as PayloadOf<E> }) };
}

/** One reaction to several kinds of events; it gets them as they were logged. */
export function reactionToAny(name: string, on: readonly EventDefinition[], run: Reaction["run"]): Reaction {
  return { name, on, run };
}

export interface Job {
  name: string;
  /** Cron pattern, UTC; without it the job runs only when something schedules it by `core.later`. */
  schedule?: string;
  run(core: Core, payload: Record<string, unknown>): Promise<void>;
}

export function job(input: Job): Job {
  return input;
}
