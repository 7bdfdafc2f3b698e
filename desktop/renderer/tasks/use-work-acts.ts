/** What is done with tasks and follow-ups: each at once, said in a notice, and undone there where there is an opposite. */
import { useMemo } from "react";
import { useActs, type Done } from "../inbox/use-acts.ts";
import { useToasts } from "../ui/toast-context.ts";

type Args = Readonly<Record<string, unknown>>;

export interface Mutation {
  readonly tenantId: string;
  readonly name: string;
  readonly args: Args;
}

export interface WorkActs {
  readonly newId: () => string;
  /** Resolves with whether it was taken; why not has then been said. */
  readonly act: (mutation: Mutation, said?: string) => Promise<boolean>;
  /** Several of one kind with one notice; undo takes all of them back. */
  readonly actAll: (mutations: readonly Mutation[], said: string) => Promise<void>;
  /** The same without an undo, for what has no opposite. */
  readonly actFinally: (mutation: Mutation, said: string) => Promise<boolean>;
}

export function useWorkActs(): WorkActs {
  const { mutate, newId, sayDone } = useActs();
  const toasts = useToasts();
  return useMemo(() => {
    return {
      newId,
      async act({ tenantId, name, args }, said) {
        const mid = await mutate(tenantId, name, args);
        if (mid === undefined) return false;
        if (said !== undefined) sayDone([{ tenantId, mid }], said);
        return true;
      },
      async actAll(mutations, said) {
        const done: Done[] = [];
        for (const { tenantId, name, args } of mutations) {
          const mid = await mutate(tenantId, name, args);
          // What was refused has been said; the rest would be refused for the same reason.
          if (mid === undefined) break;
          done.push({ tenantId, mid });
        }
        sayDone(done, said);
      },
      async actFinally({ tenantId, name, args }, said) {
        const mid = await mutate(tenantId, name, args);
        if (mid !== undefined) toasts.say(said);
        return mid !== undefined;
      },
    };
  }, [mutate, newId, sayDone, toasts]);
}
