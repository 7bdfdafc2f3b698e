/** A device says hello: becomes one, comes back, or is told to start over, to update, or to destroy what it has. */
import { LockMode } from "@mikro-orm/postgresql";
import type { HelloAnswer, HelloRequest } from "../../shared/sync/protocol.ts";
import { protocolVersion, schemaVersion, syncLimits } from "../../shared/sync/protocol.ts";
import { takeNonce, verdictFor, type Speaks } from "../../shared/sync/server.ts";
import type { MemberActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId, newSecret } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Device } from "./entities.ts";
import { positionOf } from "./log.ts";

/**
 * Versions that this server still answers (R10): `oldest` stays when a new one comes, and follows two releases later. A device of an earlier
 * schema is answered in its own: what it does not know it keeps or ignores.
 */
export const speaks: Speaks = {
  protocol: { oldest: protocolVersion, newest: protocolVersion },
  schema: { oldest: 1, newest: schemaVersion },
};

export const leaseDays = 14;

export async function sayHello(unit: Unit<MemberActor>, request: HelloRequest): Promise<HelloAnswer> {
  const position = await positionOf(unit);
  const { device, isNew } = await deviceFor(unit, request, position.epoch);
  const { epoch, cursor, protocol, schema } = request;
  const verdict = verdictFor(
    { epoch, cursor: isNew ? null : cursor, protocol, schema, revoked: Boolean(device.revokedAt) },
    { ...position, speaks },
  );
  if (verdict !== "wipe") unit.em.assign(device, { name: await nameOf(unit), app: request.app, protocol, schema, lastSeenAt: unit.now });
  return {
    device: device.id,
    nonce: device.nonce,
    epoch: position.epoch,
    seq: position.seq,
    floor: position.floor,
    lastMid: device.lastMid,
    serverTime: unit.now.toISOString(),
    limits: { pull: syncLimits.pull, push: syncLimits.push, leaseDays },
    verdict,
  };
}

/** The person named the computer when signing in there. */
async function nameOf(unit: Unit<MemberActor>): Promise<string> {
  const { sessionId } = unit.actor;
  const session = await unit.one<{ device: string }>(sql`
    select device from member_session where tenant_id = ${unit.tenantId} and session_id = ${sessionId}`);
  return session?.device ?? "";
}

async function deviceFor(unit: Unit<MemberActor>, request: HelloRequest, epoch: string): Promise<{ device: Device; isNew: boolean }> {
  const { memberId, accountId } = unit.actor;
  // Locked: of two hellos at once each must see the nonce that the other gave, or the device would be taken for a copy of itself.
  const own = { tenantId: unit.tenantId, id: request.device ?? "", memberId };
  const known = request.device === null ? null : await unit.em.findOne(Device, own, { lockMode: LockMode.PESSIMISTIC_WRITE });
  // A revoked device must hear that it is.
  if (known?.revokedAt) return { device: known, isNew: false };
  if (known) {
    const kept = { current: known.nonce, before: known.nonceBefore ?? null };
    const next = takeNonce(kept, request, epoch, newSecret());
    if (next !== "foreign") {
      unit.em.assign(known, { nonce: next.current, nonceBefore: next.before });
      return { device: known, isNew: false };
    }
  }
  const device = unit.em.create(Device, {
    tenantId: unit.tenantId,
    id: newId(),
    memberId,
    accountId,
    name: "",
    app: request.app,
    protocol: request.protocol,
    schema: request.schema,
    nonce: newSecret(),
    nonceBefore: null,
    lastMid: 0,
    createdAt: unit.now,
    lastSeenAt: unit.now,
    revokedAt: null,
  });
  return { device, isNew: true };
}

export interface Caller {
  device: string;
  protocol: number;
  schema: number;
}

/** Every other call: the device must be the member's own, not revoked, and speak what we speak. */
export async function callingDevice(unit: Unit<MemberActor>, caller: Caller): Promise<Device> {
  const device = found(await unit.em.findOne(Device, { tenantId: unit.tenantId, id: caller.device, memberId: unit.actor.memberId }));
  if (device.revokedAt) throw problem("not_found");
  const { protocol, schema } = speaks;
  const old = caller.protocol < protocol.oldest || caller.schema < schema.oldest;
  const strange = caller.protocol > protocol.newest || caller.schema > schema.newest;
  if (old || strange) throw problem("upgrade_needed");
  return device;
}
