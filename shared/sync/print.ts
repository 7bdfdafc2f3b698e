import { fingerprint } from "./audit.ts";
import type { OutboxEntry } from "./store.ts";

/** What a mutation is, apart from its number: by it a line finds that two installations use it. */
export function printOf(mutation: Pick<OutboxEntry, "name" | "v" | "args" | "at">): string {
  return fingerprint([mutation.name, mutation.v, mutation.at, mutation.args]);
}
