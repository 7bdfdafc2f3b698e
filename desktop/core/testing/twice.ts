/** A network that asks twice: some requests arrive a second time, some time after their answer, as after a repeat by something in between. */
import type { Fetch } from "@switchboard/shared/client/client.ts";

export function askTwice(fetch: Fetch, random: () => number, chance: number): Fetch {
  return async (url, init) => {
    const first = fetch(url, init);
    // An exchange of tokens is not repeated by anybody in between: to the server that is theft.
    if (random() < chance && url.includes("/sync/")) void first.then(() => fetch(url, init)).catch(() => undefined);
    return first;
  };
}
