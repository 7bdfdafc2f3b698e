/** What travels over the port, in both directions. Small, so that a page can check it before anything else looks at it. */
import { z } from "zod";

const callId = z.number().int().nonnegative();

/** Renderer -> core. */
export const request = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("subscribe"), id: callId, name: z.string().max(80), input: z.unknown() }),
  z.strictObject({ t: z.literal("unsubscribe"), id: callId }),
  z.strictObject({ t: z.literal("command"), id: callId, name: z.string().max(80), input: z.unknown() }),
]);
export type Request = z.output<typeof request>;

export const bridgeError = z.object({ code: z.string(), message: z.string(), data: z.record(z.string(), z.unknown()).optional() });
export type BridgeErrorShape = z.output<typeof bridgeError>;

/**
 * Core -> renderer. Subscriptions get `values` again and again, what changed together in one frame, so that it is drawn together; a
 * command gets `done` or `failed` once.
 */
export const response = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("values"), values: z.array(z.strictObject({ id: callId, value: z.unknown() })) }),
  z.strictObject({ t: z.literal("done"), id: callId, value: z.unknown() }),
  z.strictObject({ t: z.literal("failed"), id: callId, error: bridgeError }),
  z.strictObject({ t: z.literal("event"), name: z.string().max(80), payload: z.unknown() }),
]);
export type Response = z.output<typeof response>;

/** Both ends of a connection, whatever carries it. */
export interface Port {
  post(frame: unknown): void;
  listen(onFrame: (frame: unknown) => void): void;
  onClose(run: () => void): void;
  close(): void;
  /** Bytes that were posted and not yet taken, where the carrier knows. */
  backlog?(): number;
}
