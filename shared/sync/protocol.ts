/** What travels between a device and the server (SYNC section 3). Calls are in `api/sync.ts`; the socket brings `delta` and `poke`. */
import { z } from "zod";
import { id, instant, text } from "../api/fields.ts";
import { isEntity } from "./entities.ts";
import type { EntityName, NamedRow, Rows } from "./entities.ts";
import { scopeShape } from "./scopes.ts";
import type { Scope } from "./scopes.ts";

/** Of the calls and operations. A server answers 426 to one that it no longer speaks. */
export const protocolVersion = 1;
/** Of the rows and mutators. A device that is updated drops its confirmed rows and bootstraps anew; its outbox stays. */
export const schemaVersion = 1;

export const syncLimits = {
  /** Log rows scanned for one pull page. */
  pull: 2_000,
  push: 50,
  bootstrapRows: 1_000,
  /** Messages come in pages of their own, as many as a device writes in one go. */
  bootstrapMessages: 5_000,
  historyMessages: 100,
  /** Rows that a gained scope may send inside a page; with more the device starts anew, in pages. */
  backfillRows: 20_000,
  pushBytes: 1_024 * 1_024,
} as const;

const seq = () => z.number().int().min(0);
const mid = () => z.number().int().min(1);
const epoch = () => z.string().min(1).max(64);
const entityName = () => z.string().refine(isEntity, "is not a synced entity");
const anyRow = () => z.record(z.string(), z.unknown());

/** Who calls; every call carries it. */
export const callerShape = {
  device: id("device"),
  protocol: z.number().int().min(1),
  schema: z.number().int().min(1),
  app: text(40),
};
/** The same in an address, where all is text. */
export const callerQuery = {
  ...callerShape,
  protocol: z.coerce.number().int().min(1),
  schema: z.coerce.number().int().min(1),
};

export const rejectionCodes = [
  /** The thing can no longer be brought into that state. */
  "stale_state",
  /** It does not exist, or no longer for this member. */
  "not_visible",
  /** The reply was written too long ago. */
  "expired",
  "colleague_answered",
  "conversation_closed",
  /** The id is in use for something else. */
  "conflict",
  /** The arguments cannot be read, or name something that is not there. */
  "invalid",
  "forbidden",
  "over_limit",
] as const;
export type RejectionCode = (typeof rejectionCodes)[number];

export const putOperation = z.object({ op: z.literal("put"), entity: entityName(), id: z.uuid(), row: anyRow(), seq: seq() });
export const delOperation = z.object({ op: z.literal("del"), entity: entityName(), id: z.uuid(), seq: seq() });
export const scopeLossOperation = z.object({ op: z.literal("scope-"), scope: scopeShape(), seq: seq() });
export const resetOperation = z.object({ op: z.literal("reset"), seq: seq() });
export const operationShape = z.discriminatedUnion("op", [putOperation, delOperation, scopeLossOperation, resetOperation]);

export type PutOperation = { [E in EntityName]: { op: "put"; entity: E; id: string; row: Rows[E]; seq: number } }[EntityName];
export type Operation =
  | PutOperation
  | { op: "del"; entity: EntityName; id: string; seq: number }
  | { op: "scope-"; scope: Scope; seq: number }
  | { op: "reset"; seq: number };

export const rejectionShape = z.object({ mid: mid(), code: z.enum(rejectionCodes), data: z.record(z.string(), z.json()) });
export type Rejection = z.output<typeof rejectionShape>;

/** What is true at the end of the page that carries it, never newer. `rejected` are those after the caller's `settled`. */
export const acksShape = z.object({
  device: id("device"),
  lastMid: seq(),
  /** `printOf` the mutation with that number, unless it is settled: a copied installation sees that it was not its own. */
  print: z.string().max(64).nullish(),
  rejected: z.array(rejectionShape),
});
export type Acks = z.output<typeof acksShape>;

export const mutationShape = z.strictObject({
  mid: mid(),
  name: z.string().regex(/^[A-Za-z]{1,60}$/),
  v: z.number().int().min(1),
  args: z.json(),
  /** The cursor that the device had when the person acted: tells the server what they had seen. */
  base: seq(),
  /** When, on the server's clock as the device knows it. */
  at: instant(),
});
export type Mutation = z.output<typeof mutationShape>;

export const verdicts = ["ok", "reset", "upgrade", "wipe"] as const;
export type Verdict = (typeof verdicts)[number];

export const helloRequest = z.strictObject({
  ...callerShape,
  /** Null asks to become a device. */
  device: id("device").nullable(),
  /** From the last hello. A copied installation shows an old one, and gets a device of its own. */
  nonce: z.string().max(64).nullable(),
  cursor: seq().nullable(),
  /** Of the last hello, and of the cursor if there is one. */
  epoch: epoch().nullable(),
});
export const helloAnswer = z.object({
  device: id("device"),
  nonce: z.string(),
  epoch: epoch(),
  seq: seq(),
  floor: seq(),
  /** The last mutation of this device that was executed. */
  lastMid: seq(),
  serverTime: instant(),
  limits: z.object({ pull: z.number().int(), push: z.number().int(), leaseDays: z.number().int() }),
  verdict: z.enum(verdicts),
});

export const bootstrapRequest = z.strictObject({ ...callerShape, page: z.string().max(400).nullable() });
export const bootstrapAnswer = z.object({
  epoch: epoch(),
  schema: z.number().int(),
  /** The sequence before the first row of the first page was read: the cursor when the last page is in. */
  startSeq: seq(),
  rows: z.array(z.object({ entity: entityName(), row: anyRow() })),
  next: z.string().nullable(),
});

export const pullRequest = z.strictObject({
  ...callerShape,
  epoch: epoch(),
  cursor: seq(),
  /** Every mutation up to this one has left the outbox: the server may forget their rejections. */
  settled: seq(),
  limit: z.number().int().min(1).max(syncLimits.pull).default(syncLimits.pull),
});
export const pullPage = z.object({
  kind: z.literal("page"),
  epoch: epoch(),
  schema: z.number().int(),
  base: seq(),
  cursor: seq(),
  more: z.boolean(),
  ops: z.array(operationShape),
  acks: acksShape,
  serverTime: instant(),
});
export const pullReset = z.object({ kind: z.literal("reset"), epoch: epoch(), base: seq(), serverTime: instant() });
export const pullAnswer = z.discriminatedUnion("kind", [pullPage, pullReset]);

export const pushRequest = z.strictObject({
  ...callerShape,
  epoch: epoch(),
  mutations: z.array(mutationShape).min(1).max(syncLimits.push),
});
export const pushResult = z.discriminatedUnion("status", [
  z.object({ mid: mid(), status: z.literal("done"), seq: seq() }),
  rejectionShape.extend({ status: z.literal("rejected") }),
  /** Neither done nor refused: a number is missing before it, or the server's line is another one. Say hello again. */
  z.object({ mid: mid(), status: z.literal("stop") }),
  /** The number belongs to another mutation: the installation was copied. Become a new device. */
  z.object({ mid: mid(), status: z.literal("foreign") }),
]);
export const pushAnswer = z.object({ epoch: epoch(), results: z.array(pushResult), lastMid: seq() });

export const historyQuery = z.strictObject({
  ...callerQuery,
  conversation: id("conversation"),
  /** Only messages with a lower number; without it the newest. */
  before: z.coerce.number().int().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(syncLimits.historyMessages).default(50),
});
export const historyAnswer = z.object({
  epoch: epoch(),
  schema: z.number().int(),
  /** The sequence before anything was read. An answer older than the device's cursor is ignored. */
  seq: seq(),
  /** The conversation, its messages, and what belongs to it for this member. */
  rows: z.array(z.object({ entity: entityName(), row: anyRow() })),
  /** All messages from this number up to the asked one are in the answer. */
  from: seq(),
  complete: z.boolean(),
});

export const auditQuery = z.strictObject({
  ...callerQuery,
  /** With commas between. */
  scopes: z.string().max(4_000),
  cursor: z.coerce.number().int().min(0),
  /** Of the device's own lines at its cursor, so that the server hears of a difference too. */
  print: z.string().max(100).optional(),
});
export const auditLine = z.object({ scope: scopeShape(), entity: entityName(), count: seq(), hash: z.string() });
/** Comparable only when `seq` is the device's cursor and nothing waits in its outbox. */
export const auditAnswer = z.object({ epoch: epoch(), seq: seq(), lines: z.array(auditLine) });

export const deltaShape = z.object({
  epoch: epoch(),
  schema: z.number().int(),
  from: seq(),
  to: seq(),
  ops: z.array(operationShape),
  acks: acksShape,
});
export const pokeShape = z.object({ seq: seq() });

export type HelloRequest = z.output<typeof helloRequest>;
export type HelloAnswer = z.output<typeof helloAnswer>;
export type PullRequest = z.output<typeof pullRequest>;
export type PushRequest = z.output<typeof pushRequest>;
export type PushResult = z.output<typeof pushResult>;
export type PushAnswer = z.output<typeof pushAnswer>;
export type AuditLine = z.output<typeof auditLine>;
export type AuditAnswer = z.output<typeof auditAnswer>;

/** The parsed answers with rows typed: the schemas check their frame, the server answers for their content. */
export type PullPage = Omit<z.output<typeof pullPage>, "ops"> & { ops: Operation[] };
export type PullReset = z.output<typeof pullReset>;
export type PullAnswer = PullPage | PullReset;
export type Delta = Omit<z.output<typeof deltaShape>, "ops"> & { ops: Operation[] };
export type BootstrapAnswer = Omit<z.output<typeof bootstrapAnswer>, "rows"> & { rows: NamedRow[] };
export type HistoryAnswer = Omit<z.output<typeof historyAnswer>, "rows"> & { rows: NamedRow[] };
