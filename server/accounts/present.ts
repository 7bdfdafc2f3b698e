import type { AccountShape, SessionShape } from "../../shared/api/accounts.ts";
import type { Account, MemberSession, Session } from "./entities.ts";

export function presentAccount(account: Account): AccountShape {
  return {
    id: account.id,
    email: account.email,
    name: account.name,
    language: account.language,
    zone: account.zone,
    verified: account.verifiedAt != null,
    superAdmin: account.superAdmin,
    createdAt: account.createdAt.toISOString(),
  };
}

/** One's own session. */
export function presentSession(session: Session, currentId: string): SessionShape {
  const { id, device, userAgent, address, createdAt, lastSeenAt } = session;
  return {
    id,
    current: id === currentId,
    device,
    userAgent,
    address,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    can: { end: true },
  };
}

/** A colleague's session, as far as it was used in this tenant. */
export function presentMemberSession(entry: MemberSession, currentId: string, mayEnd: boolean): SessionShape {
  const { sessionId, device, userAgent, address, startedAt, lastUsedAt } = entry;
  return {
    id: sessionId,
    current: sessionId === currentId,
    device,
    userAgent,
    address,
    createdAt: startedAt.toISOString(),
    lastSeenAt: lastUsedAt.toISOString(),
    can: { end: mayEnd },
  };
}
