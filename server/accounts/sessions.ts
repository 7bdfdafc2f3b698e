/**
 * Sessions and their refresh tokens. A token is opaque to whoever holds it: the session's id and a sealed generation with 256 random
 * bits. The database knows the newest one's hash. An old one of ours is recognised by its seal, and showing it ends the session,
 * because two parties hold the family; a made-up one is just wrong, so that nobody can end a session by knowing its id.
 */
import { sessionEnded, sessionStarted } from "../../shared/events/accounts.ts";
import type { PayloadOf } from "../../shared/events/define.ts";
import type { AccountActor, PlatformActor, SystemActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import type { RequestFacts } from "../core/http/endpoint.ts";
import { hashSecret, installationId, newId, newSecret } from "../core/ids.ts";
import { sameSecret, type Place, type Secrets } from "../core/secrets.ts";
import type { Unit } from "../core/work.ts";
import { Account, Session, type SessionScope } from "./entities.ts";
import { lifetimes } from "./rules.ts";

export type Keeper = Unit<SystemActor | AccountActor | PlatformActor>;
export type EndReason = PayloadOf<typeof sessionEnded>["reason"];

/**
 * The account as it is until the transaction ends. Whoever comes in and whoever changes what lets them in do so one after the other: so a
 * session that begins at that moment is among those that are ended, or does not begin. And a tenant that is joined at that moment has the
 * name that somebody takes, or is among those that are told it.
 */
export async function lockAccount(unit: Keeper, accountId: string): Promise<Account | null> {
  await unit.rows(sql`select id from account where id = ${accountId} for no key update`);
  return unit.em.findOne(Account, { id: accountId });
}

const tokenPlace = (sessionId: string): Place => [installationId, "session.token", sessionId];
const successorPlace = (sessionId: string): Place => [installationId, "session.successor", sessionId];

function makeToken(secrets: Secrets, sessionId: string, generation: number): string {
  return `${sessionId}.${secrets.seal(`${generation}.${newSecret()}`, tokenPlace(sessionId))}`;
}

/** The session that a token says it belongs to; nothing is proven by that. */
export function sessionOfToken(token: string): string | undefined {
  return /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\../u.exec(token)?.[1];
}

/** Whether we once gave out this token for its session, be it new or old. */
export function isOurs(secrets: Secrets, token: string): boolean {
  const sessionId = sessionOfToken(token);
  if (sessionId === undefined) return false;
  try {
    secrets.open(token.slice(sessionId.length + 1), tokenPlace(sessionId));
    return true;
  } catch {
    return false; // sealed by nobody, or for another session
  }
}

export interface Started {
  sessionId: string;
  refreshToken: string;
  refreshExpiresAt: Date;
}

export interface NewSession {
  accountId: string;
  scope: SessionScope;
  device: string;
  request: Pick<RequestFacts, "ip" | "userAgent">;
  newDevice: boolean;
}

export async function startSession(unit: Unit<SystemActor>, secrets: Secrets, input: NewSession): Promise<Started> {
  const { accountId, scope, device, request, newDevice } = input;
  const sessionId = newId();
  const refreshToken = makeToken(secrets, sessionId, 1);
  const { idleMs, longestMs } = lifetimes.session[scope];
  const { now } = unit;
  const refreshExpiresAt = new Date(now.getTime() + idleMs);
  // By hand: through the ORM a new session would make this process forget all the others it remembers.
  await unit.rows(sql`
    insert into session (id, account_id, scope, generation, token_hash, rotated_at, created_at, last_seen_at, expires_at, ends_at, device, user_agent, address)
    values (${sessionId}, ${accountId}, ${scope}, 1, ${hashSecret(refreshToken)}, ${now}, ${now}, ${now}, ${refreshExpiresAt},
      ${new Date(now.getTime() + longestMs)}, ${device}, ${request.userAgent}, ${request.ip})`);
  unit.happened(sessionStarted, { accountId, sessionId, newDevice });
  return { sessionId, refreshToken, refreshExpiresAt };
}

export type Exchange =
  | { outcome: "exchanged"; accountId: string; sessionId: string; refreshToken: string; refreshExpiresAt: Date }
  /** Somebody showed a token that was replaced before: the session has been ended. */
  | { outcome: "replayed" }
  | { outcome: "refused" };

/** One token for the next. Requests with the same token wait for each other, and all of them get the same successor. */
export async function exchangeToken(unit: Unit<SystemActor>, secrets: Secrets, scope: SessionScope, token: string): Promise<Exchange> {
  const sessionId = sessionOfToken(token);
  if (sessionId === undefined) return { outcome: "refused" };
  await unit.rows(sql`select id from session where id = ${sessionId} for update`);
  const session = await unit.em.findOne(Session, { id: sessionId, scope });
  if (!session || session.endedAt || session.expiresAt <= unit.now || session.endsAt <= unit.now) return { outcome: "refused" };
  const { accountId } = session;
  const shown = hashSecret(token);

  if (sameSecret(shown, Buffer.from(session.tokenHash))) {
    const next = makeToken(secrets, sessionId, session.generation + 1);
    const idle = unit.now.getTime() + lifetimes.session[scope].idleMs;
    const refreshExpiresAt = new Date(Math.min(idle, session.endsAt.getTime()));
    await unit.rows(sql`
      update session set token_hash = ${hashSecret(next)}, previous_hash = ${shown}, successor = ${secrets.seal(next, successorPlace(sessionId))},
        generation = ${session.generation + 1}, rotated_at = ${unit.now}, last_seen_at = ${unit.now}, expires_at = ${refreshExpiresAt}
      where id = ${sessionId}`);
    return { outcome: "exchanged", accountId, sessionId, refreshToken: next, refreshExpiresAt };
  }

  const age = unit.now.getTime() - session.rotatedAt.getTime();
  const retried = session.previousHash != null && sameSecret(shown, Buffer.from(session.previousHash)) && age <= lifetimes.retryGraceMs;
  if (retried && session.successor != null) {
    const refreshToken = secrets.open(session.successor, successorPlace(sessionId));
    return { outcome: "exchanged", accountId, sessionId, refreshToken, refreshExpiresAt: session.expiresAt };
  }

  if (!isOurs(secrets, token)) return { outcome: "refused" };
  endSession(unit, session, "replay");
  return { outcome: "replayed" };
}

export function endSession(unit: Keeper, session: Session, reason: EndReason): void {
  if (session.endedAt) return;
  Object.assign(session, { endedAt: unit.now, endReason: reason, successor: null, previousHash: null });
  unit.happened(sessionEnded, { accountId: session.accountId, sessionId: session.id, reason }, installationId);
}

/** All sessions of an account, or all but one. */
export async function endSessions(unit: Keeper, accountId: string, reason: EndReason, exceptId?: string): Promise<void> {
  const open = await unit.em.find(Session, { accountId, endedAt: null, ...(exceptId === undefined ? {} : { id: { $ne: exceptId } }) });
  for (const session of open) endSession(unit, session, reason);
}
