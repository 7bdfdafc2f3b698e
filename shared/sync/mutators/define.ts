/**
 * A mutator is one thing that a member can do, by name and version. The device shows its effect at once and again after every change
 * from the server; the server's action of the same name decides. So it is pure and total: the same view and arguments give the same
 * changes, and where they make no sense, none. A name and version stays as long as a device may hold one in its outbox.
 */
import type { z } from "zod";
import type { RejectionCode } from "../protocol.ts";
import type { Change, View } from "../view.ts";

export interface MutationContext {
  memberId: string;
  deviceId: string | null;
  /** When the person acted for the device, when it is decided for the server: ISO UTC. */
  now: string;
}

type Check<Args> = (view: View, args: Args, context: MutationContext) => RejectionCode | null;

interface Definition<Args> {
  name: string;
  v: number;
  args: z.ZodType<Args>;
  /** May be done without a connection. Deletions of shared things and hand-overs may not (SYNC section 6). */
  offline: boolean;
  /** Whether a repeat must change nothing, because the effect is there already. */
  done?: (view: View, args: Args, context: MutationContext) => boolean;
  /** Why it cannot be done, on both sides. */
  refuse: Check<Args>;
  /** Why the server does not do it any more, although it could: the device goes on showing it as waiting until it is told. */
  meanwhile?: Check<Args>;
  change: (view: View, args: Args, context: MutationContext) => Change[];
}

export interface Mutator {
  name: string;
  v: number;
  args: z.ZodType;
  offline: boolean;
  /** The effect on a view: what a device shows. Arguments that cannot be read have none. */
  apply: (view: View, args: unknown, context: MutationContext) => Change[];
  /** The server's decision: the changes, or why not. */
  decide: (view: View, args: unknown, context: MutationContext) => Decision;
}

export type Decision = { ok: true; changes: Change[] } | { ok: false; code: RejectionCode };

export function mutator<Args>(definition: Definition<Args>): Mutator {
  const { name, v, offline, refuse, meanwhile, change } = definition;
  const done = definition.done ?? (() => false);
  const parse = (args: unknown): { ok: true; args: Args } | { ok: false } => {
    const parsed = definition.args.safeParse(args);
    return parsed.success ? { ok: true, args: parsed.data } : { ok: false };
  };
  return {
    name,
    v,
    args: definition.args,
    offline,
    apply: (view, raw, context) => {
      const parsed = parse(raw);
      if (!parsed.ok || done(view, parsed.args, context) || refuse(view, parsed.args, context) !== null) return [];
      return change(view, parsed.args, context);
    },
    decide: (view, raw, context) => {
      const parsed = parse(raw);
      if (!parsed.ok) return { ok: false, code: "invalid" };
      if (done(view, parsed.args, context)) return { ok: true, changes: [] };
      const code = refuse(view, parsed.args, context) ?? meanwhile?.(view, parsed.args, context) ?? null;
      return code === null ? { ok: true, changes: change(view, parsed.args, context) } : { ok: false, code };
    },
  };
}
