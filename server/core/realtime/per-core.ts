import type { Core } from "../core.ts";

/**
 * A thing of which each running server has exactly one, made when it is first asked for: the batched send, who is present. It hangs on
 * the core and goes with it, so two servers in one process (tests) share nothing.
 */
export function perCore<T>(create: (core: Core) => T): (core: Core) => T {
  const made = new WeakMap<Core, { value: T }>();
  return (core) => {
    const known = made.get(core);
    if (known) return known.value;
    const value = create(core);
    made.set(core, { value });
    return value;
  };
}
