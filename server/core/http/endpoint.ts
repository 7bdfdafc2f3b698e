/** An endpoint binds a contract to what happens. `action` runs in one transaction; `endpoint` decides for itself. */
import type { BodyOf, Contract, OutputOf, ParamsOf, QueryOf } from "../../../shared/api/contract.ts";
import type { AccountActor, Actor, AnonymousActor, MemberActor, PlatformActor, SupportActor, VisitorActor } from "../actor.ts";
import type { Core } from "../core.ts";
import type { Unit, Work, WorkOptions } from "../work.ts";
import { lookAgain, once } from "./idempotency.ts";

export interface Call<C extends Contract = Contract, A extends Actor = Actor> {
  core: Core;
  work: Work;
  actor: A;
  params: ParamsOf<C>;
  query: QueryOf<C>;
  body: BodyOf<C>;
  request: RequestFacts;
}

export interface RequestFacts {
  id: string;
  ip: string;
  userAgent: string;
  origin: string | undefined;
  language: "en" | "th" | "ja";
  idempotencyKey: string | undefined;
}

export interface Endpoint {
  contract: Contract;
  run(call: Call): Promise<unknown>;
}

/** The member, or the super-admin looking on: what an endpoint for members is given. */
export type Staff = MemberActor | SupportActor;

/** Calls that answer nothing need not return anything. */
type Answer<C extends Contract> = OutputOf<C> extends undefined ? void : OutputOf<C>;

type Narrow<C extends Contract> = C["access"]["who"] extends "member"
  ? Staff
  : C["access"]["who"] extends "visitor"
    ? VisitorActor
    : C["access"]["who"] extends "platform"
      ? PlatformActor
      : C["access"]["who"] extends "account"
        ? AccountActor | MemberActor
        : AnonymousActor;

export function endpoint<C extends Contract, A extends Actor = Narrow<C>>(
  contract: C,
  run: (call: Call<C, A>) => Promise<Answer<C>>,
): Endpoint {
  return { contract, run: run }; // the pipeline has parsed the input by this very contract
}

export function action<C extends Contract, A extends Actor = Narrow<C>>(
  contract: C,
  run: (unit: Unit<A>, call: Call<C, A>) => Promise<Answer<C>>,
  options: Pick<WorkOptions, "mayLag"> = {},
): Endpoint {
  return endpoint<C, A>(contract, (call) =>
    lookAgain(() =>
      call.work(
        call.actor,
        (unit) =>
          once(
            unit,
            contract.idempotent ? call.request.idempotencyKey : undefined,
            [contract.name, call.params, call.query, call.body],
            () => run(unit, call),
          ),
        { readOnly: contract.method === "GET", ...options },
      ),
    ),
  );
}
