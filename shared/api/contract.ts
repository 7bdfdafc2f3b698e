/** A contract says all about one HTTP call: who may make it, what goes in, what comes out. Server, client and documents read the same one. */
import { z } from "zod";
import type { Permission } from "../model/permissions.ts";
import type { ProblemCode } from "./problems.ts";

export type Access =
  /** Anybody, without a token. */
  | { who: "public" }
  /** A signed-in account, whichever tenant. */
  | { who: "account" }
  /** A member of the token's tenant; `may` names the permission, `any` means every member. */
  | { who: "member"; may: Permission | "any" }
  /** A visitor of the widget with a visitor token. */
  | { who: "visitor" }
  /** A super-admin in the platform sign-in scope. */
  | { who: "platform" };

export const publicly = { who: "public" } as const satisfies Access;
export const accountOnly = { who: "account" } as const satisfies Access;
export const visitorOnly = { who: "visitor" } as const satisfies Access;
export const platformOnly = { who: "platform" } as const satisfies Access;
export const member = (may: Permission | "any") => ({ who: "member", may }) as const satisfies Access;

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** How often one caller may call: the limiter's class, see the server's `core/http/limits.ts`. */
export type RateClass = "read" | "write" | "sign-in" | "mail" | "search" | "heavy";

export interface Contract<
  P extends z.ZodObject = z.ZodObject,
  Q extends z.ZodObject = z.ZodObject,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  A extends Access = Access,
> {
  name: string;
  method: Method;
  path: string;
  access: A;
  summary: string;
  description?: string;
  params: P;
  query: Q;
  body: B;
  output: O;
  status: 200 | 201 | 202 | 204;
  errors: readonly ProblemCode[];
  rate: RateClass;
  /** Largest body in bytes; the default is 64 KiB. */
  bodyLimit: number;
  /** Mutations answer a repeated `Idempotency-Key` with the stored answer; calls that hand out secrets do not store theirs. */
  idempotent: boolean;
  /** Its body lists things that are judged one by one: text that no database keeps refuses its own entry, not the whole call. */
  judgesEach: boolean;
  /** Answers rows by the thousand, each made field by field: they are sent as they are, because presenting them again costs more than making them. */
  bulk: boolean;
}

type Empty = z.ZodObject<Record<never, never>>;
const empty: Empty = z.strictObject({});

interface ContractInput<P, Q, B, O, A> {
  name: string;
  method: Method;
  path: string;
  access: A;
  summary: string;
  description?: string;
  params?: P;
  query?: Q;
  body?: B;
  output?: O;
  status?: 200 | 201 | 202 | 204;
  errors?: readonly ProblemCode[];
  rate?: RateClass;
  bodyLimit?: number;
  idempotent?: boolean;
  judgesEach?: boolean;
  bulk?: boolean;
}

export function contract<
  P extends z.ZodObject = Empty,
  Q extends z.ZodObject = Empty,
  B extends z.ZodType = z.ZodUndefined,
  O extends z.ZodType = z.ZodUndefined,
  const A extends Access = Access,
>(input: ContractInput<P, Q, B, O, A>): Contract<P, Q, B, O, A> {
  const mutates = input.method !== "GET";
  return {
    ...input,
    params: input.params ?? (empty as unknown as P), // the default type argument is exactly this schema
    query: input.query ?? (empty as unknown as Q),
    body: input.body ?? (z.undefined() as unknown as B),
    output: input.output ?? (z.undefined() as unknown as O),
    status: input.status ?? (input.output === undefined ? 204 : 200),
    errors: input.errors ?? [],
    rate: input.rate ?? (mutates ? "write" : "read"),
    bodyLimit: input.bodyLimit ?? 64 * 1024,
    idempotent: input.idempotent ?? mutates,
    judgesEach: input.judgesEach ?? false,
    bulk: input.bulk ?? false,
  };
}

export type ParamsOf<C extends Contract> = z.output<C["params"]>;
export type QueryOf<C extends Contract> = z.output<C["query"]>;
export type BodyOf<C extends Contract> = z.output<C["body"]>;
export type OutputOf<C extends Contract> = z.output<C["output"]>;
/** What a caller writes, before defaults. */
export type QueryIn<C extends Contract> = z.input<C["query"]>;
export type BodyIn<C extends Contract> = z.input<C["body"]>;
