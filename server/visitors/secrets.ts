/** The secrets with which a tenant's own site signs who its visitors are. Shown once; two may be live, so that they can be exchanged. */
import { widgetSecretMade, widgetSecretRevoked } from "../../shared/events/visitors.ts";
import { service, type MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { newId, newSecret } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { WidgetSecret } from "./entities.ts";

const column = "widget_secret.sealed";
const slots = [1, 2] as const;

export function liveSecrets(unit: Unit): Promise<WidgetSecret[]> {
  return unit.em.find(WidgetSecret, { tenantId: unit.tenantId, revokedAt: null }, { orderBy: { createdAt: "asc" } });
}

export async function makeSecret(
  unit: Unit<MemberActor>,
  { secrets }: Pick<Core, "secrets">,
): Promise<{ row: WidgetSecret; secret: string }> {
  const { tenantId } = unit;
  const used = new Set((await liveSecrets(unit)).map(({ slot }) => slot));
  const slot = slots.find((one) => !used.has(one));
  if (slot === undefined) throw problem("conflict", { data: { reason: "two_secrets_live" } });
  const secret = `sw_${newSecret()}`;
  const id = newId();
  const row = unit.em.create(WidgetSecret, {
    tenantId,
    id,
    slot,
    sealed: secrets.seal(secret, [tenantId, column, id]),
    hint: secret.slice(0, 7),
    createdBy: unit.actor.memberId,
    createdAt: unit.now,
  });
  unit.happened(widgetSecretMade, { secretId: id });
  return { row, secret };
}

export async function revokeSecret(unit: Unit<MemberActor>, id: string): Promise<void> {
  const row = found(await unit.em.findOne(WidgetSecret, { tenantId: unit.tenantId, id }));
  if (row.revokedAt) return;
  row.revokedAt = unit.now;
  unit.happened(widgetSecretRevoked, { secretId: id });
}

/** For the check of identities; remembered until one is made or revoked. */
export function secretsOf(core: Core, tenantId: string): Promise<string[]> {
  return core.cache.get(tenantId, "widget:secrets", ["widget_secret"], () =>
    core.work(
      service(tenantId, "widget secrets"),
      async (unit) => (await liveSecrets(unit)).map(({ id, sealed }) => core.secrets.open(sealed, [tenantId, column, id])),
      { readOnly: true },
    ),
  );
}
