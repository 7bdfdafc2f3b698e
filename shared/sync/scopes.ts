/**
 * Who may have a row on a device. Every row has exactly one scope, as text, the same in `change_log` and here. The server computes the
 * scopes of a reader from membership and permissions; a device only compares.
 *
 *   tenant        every member
 *   inbox         conversations without a team: whoever may read conversations
 *   contacts      whoever may read contacts
 *   admins        tasks and follow-ups: whoever may manage both
 *   team:<id>     members of the team, and whoever sees all conversations
 *   member:<id>   one member
 */
import { z } from "zod";
import type { Permission } from "../model/permissions.ts";

export type Scope = "tenant" | "inbox" | "contacts" | "admins" | `team:${string}` | `member:${string}`;
export type ScopeKind = "tenant" | "inbox" | "contacts" | "admins" | "team" | "member";

export const teamScope = (teamId: string): Scope => `team:${teamId}`;
export const memberScope = (memberId: string): Scope => `member:${memberId}`;

const fixed: readonly string[] = ["tenant", "inbox", "contacts", "admins"] satisfies Scope[];
const named = /^(?:team|member):[0-9a-f-]{36}$/u;

export function isScope(text: string): text is Scope {
  return fixed.includes(text) || named.test(text);
}

export const scopeShape = () => z.string().refine(isScope, "is not a scope");

export function kindOfScope(scope: Scope): ScopeKind {
  const colon = scope.indexOf(":");
  return (colon < 0 ? scope : scope.slice(0, colon)) as ScopeKind; // the type of Scope has no other prefixes
}

/** A member with the scopes of one moment. */
export interface Reader {
  memberId: string;
  scopes: ReadonlySet<Scope>;
}

export function visible(scope: Scope, reader: Reader): boolean {
  return reader.scopes.has(scope);
}

export interface Membership {
  memberId: string;
  permissions: ReadonlySet<Permission>;
  /** Teams that the member is in. */
  teamIds: Iterable<string>;
  /** Every team of the tenant, for those who see all conversations. */
  allTeamIds: Iterable<string>;
}

export function readerOf(membership: Membership): Reader {
  const may = (permission: Permission) => membership.permissions.has(permission);
  const scopes = new Set<Scope>(["tenant", memberScope(membership.memberId)]);
  if (may("contacts.read")) scopes.add("contacts");
  if (may("tasks.manage") && may("followups.manage")) scopes.add("admins");
  if (may("conversations.read")) {
    scopes.add("inbox");
    for (const id of may("conversations.all") ? membership.allTeamIds : membership.teamIds) scopes.add(teamScope(id));
  }
  return { memberId: membership.memberId, scopes };
}

/** What a change of membership or permissions gives and takes. */
export function scopeChange(before: Reader, after: Reader): { gained: Scope[]; lost: Scope[] } {
  return {
    gained: [...after.scopes].filter((scope) => !before.scopes.has(scope)),
    lost: [...before.scopes].filter((scope) => !after.scopes.has(scope)),
  };
}
