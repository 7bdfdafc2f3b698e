/** `fetch` that gives up: a connection that accepts everything and answers nothing must not hold the loop for ever. */
import type { Fetch } from "@switchboard/shared/client/client.ts";

export const fetchWithin =
  (ms: number): Fetch =>
  (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(ms) });
