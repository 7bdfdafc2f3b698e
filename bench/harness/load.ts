/** A closed loop: so many callers, each waits for its answer before it asks again. */
import { percentile } from "./judge.ts";

export interface Load {
  callers: number;
  seconds: number;
  /** One call; the number of the caller and of the call. */
  call(caller: number, turn: number): Promise<void>;
}

export interface Answered {
  calls: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

export async function load({ callers, seconds, call }: Load): Promise<Answered> {
  const times: number[] = [];
  const started = performance.now();
  const until = started + seconds * 1000;
  async function caller(number: number): Promise<void> {
    for (let turn = 0; ; turn += 1) {
      const asked = performance.now();
      if (asked >= until) return;
      await call(number, turn);
      times.push(performance.now() - asked);
    }
  }
  await Promise.all(Array.from({ length: callers }, (_, number) => caller(number)));
  const took = (performance.now() - started) / 1000;
  return { calls: times.length, perSecond: times.length / took, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}
