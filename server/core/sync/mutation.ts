/** A mutation on the server: the shared mutator, the permission it needs, and the events its changes are told as. */
import type { Permission } from "../../../shared/model/permissions.ts";
import type { Mutator } from "../../../shared/sync/mutators/define.ts";
import type { RejectionCode } from "../../../shared/sync/protocol.ts";
import { holds, type MemberActor } from "../actor.ts";
import type { Core } from "../core.ts";
import type { Unit } from "../work.ts";
import { problemOfRejection, type Applied } from "./perform.ts";

export interface MutationContext {
  deviceId: string | null;
}

export type MutationResult = { ok: true } | { ok: false; code: RejectionCode; data?: Record<string, unknown> };

export interface Mutation {
  mutator: Mutator;
  may: Permission | "any";
  run(core: Core, unit: Unit<MemberActor>, args: unknown, context: MutationContext): Promise<MutationResult>;
}

interface MutationOptions {
  may: Permission | "any";
  tell?(unit: Unit<MemberActor>, changes: readonly Applied[], args: unknown): void | Promise<void>;
}

/** A mutation whose changes are exactly what the shared mutator decides. */
export function mutation(mutator: Mutator, { may, tell }: MutationOptions): Mutation {
  return {
    mutator,
    may,
    async run(core, unit, args, { deviceId }) {
      const done = await core.performer.decide(unit, mutator, args, deviceId);
      if (!done.ok) return done;
      await tell?.(unit, done.changes, args);
      return { ok: true };
    },
  };
}

/** A mutation with an action of its own, where the database must decide (sending, taking from a queue). */
export function mutationByAction(mutator: Mutator, may: Mutation["may"], run: Mutation["run"]): Mutation {
  return { mutator, may, run };
}

/** Runs a mutation for an HTTP action: a refusal becomes the problem that says the same. */
export async function mutate(core: Core, unit: Unit<MemberActor>, mutation: Mutation, args: unknown): Promise<void> {
  const result = await mutation.run(core, unit, args, { deviceId: null });
  if (!result.ok) throw problemOfRejection(result.code);
}

export function mayMutate(actor: MemberActor, { may }: Mutation): boolean {
  return may === "any" || holds(actor, may);
}
