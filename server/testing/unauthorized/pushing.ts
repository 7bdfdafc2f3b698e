/** What a device of the twin's admin pushes, one mutation at a time. */
import { syncApi } from "../../../shared/api/sync.ts";
import type { PushResult } from "../../../shared/sync/protocol.ts";
import type { Twin } from "../twins.ts";

export type Push = (name: string, args: unknown, v?: number) => Promise<PushResult>;

export async function startPushing(twin: Twin): Promise<Push> {
  const { seq: _, ...caller } = await twin.fresh.device();
  let mid = 0;
  return async (name, args, v = 1) => {
    mid += 1;
    const mutation = { mid, name, v, args: args as never, base: 0, at: twin.core.clock.now().toISOString() }; // the server parses it
    const { results } = await twin.api.call(syncApi.push, { body: { ...caller, mutations: [mutation] } });
    const [result] = results;
    if (!result) throw new Error("A push answers for each mutation.");
    return result;
  };
}
