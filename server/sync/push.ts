/**
 * What was done on a device, executed in order, each once. One transaction a mutation: lock the device, compare numbers, run, store
 * the result. A refusal rolls back what it tried and is stored by a second transaction; anything unexpected changes nothing at all.
 */
import { findMutator } from "../../shared/sync/mutators/index.ts";
import type { Mutation as Pushed, PushAnswer, PushRequest, PushResult, RejectionCode } from "../../shared/sync/protocol.ts";
import { placeOfMid, printOf } from "../../shared/sync/server.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { problemOf, sqlState } from "../core/http/document.ts";
import { unstorable } from "../core/http/unstorable.ts";
import { Problem, problem } from "../core/problem.ts";
import { mayMutate, type Mutation } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";
import { refused } from "./counters.ts";
import { callingDevice } from "./devices.ts";
import { positionOf } from "./log.ts";
import { resultsAfter, storedResult } from "./results.ts";

/** Carries a refusal out of the transaction that it rolls back. */
class Refused extends Error {
  readonly code: RejectionCode;
  readonly data: Record<string, unknown>;
  constructor(code: RejectionCode, data: Record<string, unknown> = {}) {
    super(code);
    this.code = code;
    this.data = data;
  }
}

export type Mutations = ReadonlyMap<string, Mutation>;

export async function push(core: Core, mutations: Mutations, actor: MemberActor, request: PushRequest): Promise<PushAnswer> {
  const position = await core.work(actor, async (unit) => {
    await callingDevice(unit, request);
    return positionOf(unit);
  });
  const results: PushResult[] = [];
  if (position.epoch !== request.epoch) results.push(...request.mutations.map(({ mid }) => ({ mid, status: "stop" as const })));
  else {
    for (const pushed of request.mutations) {
      const result = await execute(core, mutations, actor, request.device, pushed);
      results.push(result);
      if (result.status === "stop" || result.status === "foreign") break;
    }
  }
  return core.work(actor, async (unit) => ({ epoch: position.epoch, ...(await asStored(unit, request.device, results)) }));
}

/** The number of a commit is known only after it; so the answer to a first try and to a repeat are the same. */
async function asStored(unit: Unit<MemberActor>, device: string, results: PushResult[]): Promise<Omit<PushAnswer, "epoch">> {
  const { lastMid } = await lineOf(unit, device);
  const first = results.find(({ status }) => status === "done")?.mid;
  const stored = first === undefined ? [] : await resultsAfter(unit, device, first - 1);
  const seqs = new Map(stored.map(({ mid, seq }) => [mid, seq]));
  return { lastMid, results: results.map((one) => (one.status === "done" ? { ...one, seq: seqs.get(one.mid) ?? one.seq } : one)) };
}

async function execute(core: Core, mutations: Mutations, actor: MemberActor, device: string, pushed: Pushed): Promise<PushResult> {
  try {
    return await core.work(actor, (unit) => once(unit, device, pushed, () => run(core, mutations, unit, device, pushed)));
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    core.metrics.counter(refused).add();
    return core.work(actor, (unit) => once(unit, device, pushed, async () => refusal));
  }
}

type Outcome = { code: RejectionCode; data: Record<string, unknown> } | null;

async function once(unit: Unit<MemberActor>, device: string, pushed: Pushed, act: () => Promise<Outcome>): Promise<PushResult> {
  const { mid } = pushed;
  const { lastMid: last, revoked } = await lineOf(unit, device, true);
  if (revoked) throw problem("not_found");
  const stored = mid <= last ? await storedResult(unit, device, mid) : undefined;
  const place = placeOfMid(last, pushed, stored);
  if (place === "gap") return { mid, status: "stop" };
  if (place === "foreign") return { mid, status: "foreign" };
  if (place === "repeat") {
    if (stored?.rejected) return { mid, status: "rejected", ...stored.rejected };
    return { mid, status: "done", seq: stored?.seq ?? 0 };
  }
  const refusal = await act();
  const { seq } = await positionOf(unit);
  // `seq` is raised to the commit's last number by the stamp, if this transaction changed anything (`stamped`).
  await unit.rows(sql`
    insert into mutation_result (tenant_id, device_id, mid, seq, name, print, code, data, at)
    values (${unit.tenantId}, ${device}, ${mid}, ${seq}, ${pushed.name}, ${printOf(pushed)}, ${refusal?.code ?? null}, ${refusal ? JSON.stringify(refusal.data) : null}, ${unit.now})`);
  await unit.rows(
    sql`update device set last_mid = ${mid}, last_seen_at = ${unit.now} where tenant_id = ${unit.tenantId} and id = ${device}`,
  );
  return refusal ? { mid, status: "rejected", code: refusal.code, data: refusal.data as never } : { mid, status: "done", seq };
}

async function run(core: Core, mutations: Mutations, unit: Unit<MemberActor>, device: string, pushed: Pushed): Promise<null> {
  // A copied installation's number has nothing to do: the device keeps the line without a gap (`withdraw`).
  if (pushed.name === "nothing") return null;
  const mutation = mutations.get(`${pushed.name}@${pushed.v}`);
  if (!findMutator(pushed.name, pushed.v) || !mutation || unstorable("args", pushed.args).length > 0) throw new Refused("invalid");
  if (!mayMutate(unit.actor, mutation)) throw new Refused("forbidden");
  const result = await mutation.run(core, unit, pushed.args, { deviceId: device });
  if (!result.ok) throw new Refused(result.code, result.data);
  return null;
}

/**
 * What would fail again however often it is tried must be recorded, or it would block the line for ever; what may pass by itself (a
 * connection, a lock, maintenance, our own mistakes) must change nothing and be tried again.
 */
const refusals: Partial<Record<Problem["code"], RejectionCode>> = {
  not_found: "not_visible",
  forbidden: "forbidden",
  visitor_blocked: "forbidden",
  invalid_input: "invalid",
  too_large: "invalid",
  id_reused: "conflict",
  conflict: "conflict",
  stale_state: "stale_state",
  over_limit: "over_limit",
};

function refusalOf(error: unknown): Outcome {
  if (error instanceof Refused) return { code: error.code, data: error.data };
  // A reference to something that is not there is the device's mistake in its arguments, not a thing that it may not see.
  if (sqlState(error) === "23503") return { code: "invalid", data: {} };
  const { code, data } = problemOf(error);
  const refusal = refusals[code];
  return refusal ? { code: refusal, data: data ?? {} } : null;
}

interface DeviceLine {
  lastMid: number;
  revoked: boolean;
}

async function lineOf(unit: Unit<MemberActor>, device: string, lock = false): Promise<DeviceLine> {
  const row = await unit.one<{ last_mid: string; revoked: boolean }>(sql`
    select last_mid, revoked_at is not null as revoked from device
    where tenant_id = ${unit.tenantId} and id = ${device} and member_id = ${unit.actor.memberId} ${lock ? sql`for update` : sql``}`);
  return { lastMid: Number(row?.last_mid ?? 0), revoked: row?.revoked ?? true };
}
