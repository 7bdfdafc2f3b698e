/** Who answers a command now. Views provide what they can do while they are on screen; the newest provider wins. */
import type { CommandId } from "./catalogue.ts";

export interface Provider {
  readonly run: () => void;
  /** Undefined means it can run; a sentence says why not, and is shown where the command is. */
  readonly blocked?: (() => string | undefined) | undefined;
}

export interface Commands {
  readonly provide: (id: CommandId, provider: Provider) => () => void;
  readonly provided: (id: CommandId) => boolean;
  readonly blocked: (id: CommandId) => string | undefined;
  /** False when nobody answers it here and now. */
  readonly run: (id: CommandId) => boolean;
  readonly subscribe: (listener: () => void) => () => void;
  readonly version: () => number;
}

export function createCommands(): Commands {
  const stacks = new Map<CommandId, Provider[]>();
  const listeners = new Set<() => void>();
  let version = 0;
  const changed = () => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const top = (id: CommandId) => stacks.get(id)?.at(-1);
  return {
    provide(id, provider) {
      const stack = stacks.get(id) ?? [];
      stack.push(provider);
      stacks.set(id, stack);
      changed();
      return () => {
        const index = stack.lastIndexOf(provider);
        if (index >= 0) stack.splice(index, 1);
        if (stack.length === 0 && stacks.get(id) === stack) stacks.delete(id);
        changed();
      };
    },
    provided: (id) => top(id) !== undefined,
    blocked: (id) => top(id)?.blocked?.(),
    run(id) {
      const provider = top(id);
      if (provider === undefined || provider.blocked?.() !== undefined) return false;
      provider.run();
      return true;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}
