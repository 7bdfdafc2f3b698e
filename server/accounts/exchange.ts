import type { AccessShape } from "../../shared/api/accounts.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { problem } from "../core/problem.ts";
import { liveSession, opening } from "./access.ts";
import type { SessionScope } from "./entities.ts";
import { exchangeToken, isOurs, sessionOfToken } from "./sessions.ts";
import { accountAccess, memberAccess, platformAccess } from "./tokens.ts";

export interface Refreshed {
  refreshToken: string;
  refreshExpiresAt: string;
  access: AccessShape;
}

/** The next refresh token, and access to the asked tenant. A tenant that cannot be opened costs nothing: the old token still works. */
export async function refresh(core: Core, scope: SessionScope, token: string, tenantId?: string): Promise<Refreshed> {
  const sessionId = sessionOfToken(token);
  if (sessionId === undefined || !isOurs(core.secrets, token)) throw problem("unauthenticated");
  const { accountId } = await liveSession(core, sessionId, scope);
  const place = tenantId === undefined ? undefined : await opening(core, { accountId, sessionId }, tenantId);
  const exchange = await core.work(system("exchange of a refresh token"), (unit) => exchangeToken(unit, core.secrets, scope, token));
  if (exchange.outcome !== "exchanged") throw problem("unauthenticated");
  const person = { accountId: exchange.accountId, sessionId: exchange.sessionId };
  const access = place
    ? memberAccess(core, person, place)
    : scope === "platform"
      ? platformAccess(core, person)
      : accountAccess(core, person);
  return { refreshToken: exchange.refreshToken, refreshExpiresAt: exchange.refreshExpiresAt.toISOString(), access: await access };
}
