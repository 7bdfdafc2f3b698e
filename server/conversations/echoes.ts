/** Which socket a message came from, until the tail has told it: that socket has it by its acknowledgement and needs no echo. */
import { perCore } from "../core/realtime/per-core.ts";

/** A message that the tail tells through another process never comes by here: what is old is forgotten. */
const mostExpected = 20_000;

export const echoesOf = perCore(() => {
  const expected = new Map<string, string>();
  return {
    expect(messageId: string, socketId: string): void {
      expected.set(messageId, socketId);
      if (expected.size <= mostExpected) return;
      const oldest = expected.keys().next().value;
      if (oldest !== undefined) expected.delete(oldest);
    },
    take(messageId: string): string | undefined {
      const socketId = expected.get(messageId);
      if (socketId !== undefined) expected.delete(messageId);
      return socketId;
    },
  };
});
