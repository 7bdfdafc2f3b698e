/** Devices that have signed in before: a token of theirs opens nothing, but failures of strangers do not slow them down. */
import type { SystemActor } from "../core/actor.ts";
import { hashSecret, newId, newSecret } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { KnownDevice } from "./entities.ts";
import { lifetimes } from "./rules.ts";

export async function knownDevice(
  unit: Unit<SystemActor>,
  token: string | undefined,
  accountId: string | undefined,
): Promise<KnownDevice | null> {
  const device = await unit.em.findOne(KnownDevice, { hash: hashSecret(token ?? "") });
  if (!device || device.accountId !== accountId) return null;
  return unit.now.getTime() - device.lastUsedAt.getTime() < lifetimes.knownDeviceMs ? device : null;
}

export function rememberDevice(unit: Unit<SystemActor>, accountId: string): string {
  const token = newSecret();
  unit.em.create(KnownDevice, { id: newId(), accountId, hash: hashSecret(token), createdAt: unit.now, lastUsedAt: unit.now });
  return token;
}

export async function forgetDevices(unit: Unit<SystemActor>, accountId: string): Promise<void> {
  for (const device of await unit.em.find(KnownDevice, { accountId })) unit.em.remove(device);
}
