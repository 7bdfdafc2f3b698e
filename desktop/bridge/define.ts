/** A query, a command or an event of the bridge: its schemas are what both sides parse by. */
import type { z } from "zod";

export interface Query<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
}
export interface Command<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  input: I;
  output: O;
}
export interface BridgeEvent<P extends z.ZodType = z.ZodType> {
  payload: P;
}

export const query = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Query<I, O> => ({ input, output });
export const command = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O): Command<I, O> => ({ input, output });
export const event = <P extends z.ZodType>(payload: P): BridgeEvent<P> => ({ payload });
