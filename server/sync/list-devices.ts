/** Devices as Settings shows them: which there are, and telling one to destroy what it has. */
import { LockMode } from "@mikro-orm/postgresql";
import type { QueryOf, OutputOf } from "../../shared/api/contract.ts";
import type { syncApi } from "../../shared/api/sync.ts";
import { deviceRevoked } from "../../shared/events/sync.ts";
import { holds, type MemberActor } from "../core/actor.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { mayOversee } from "../team/index.ts";
import { Device } from "./entities.ts";

type Page = OutputOf<typeof syncApi.devices>;

/** Newest first: the ids say when a device was made. */
export async function listDevices(
  unit: Unit<MemberActor>,
  whose: "own" | "everybody",
  query: QueryOf<typeof syncApi.devices>,
): Promise<Page> {
  const { actor, tenantId } = unit;
  const manages = holds(actor, "security.manage");
  const devices = await unit.em.find(
    Device,
    {
      tenantId,
      ...(whose === "own" ? { memberId: actor.memberId } : {}),
      ...(query.cursor === undefined ? {} : { id: { $lt: query.cursor } }),
    },
    { orderBy: { id: "desc" }, limit: query.limit + 1 },
  );
  const items = devices.slice(0, query.limit);
  return {
    items: items.map((device) => ({
      id: device.id,
      memberId: device.memberId,
      name: device.name,
      app: device.app,
      createdAt: device.createdAt.toISOString(),
      lastSeenAt: device.lastSeenAt.toISOString(),
      revokedAt: device.revokedAt?.toISOString() ?? null,
      can: { revoke: !device.revokedAt && (manages || device.memberId === actor.memberId) },
    })),
    next: devices.length > query.limit ? (items.at(-1)?.id ?? null) : null,
  };
}

/**
 * From now on it gets nothing, and its next hello tells it to destroy its database. What it has not sent is lost, and so is meant: it is
 * lost or stolen. Its session is ended separately.
 */
export async function revokeDevice(unit: Unit<MemberActor>, deviceId: string): Promise<void> {
  const { actor, tenantId } = unit;
  const device = found(await unit.em.findOne(Device, { tenantId, id: deviceId }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
  if (device.memberId !== actor.memberId) {
    if (!holds(actor, "security.manage")) throw problem("not_found");
    if (!(await mayOversee(unit, device.memberId))) throw problem("forbidden");
  }
  if (device.revokedAt) return;
  device.revokedAt = unit.now;
  unit.happened(deviceRevoked, { deviceId, memberId: device.memberId });
}
