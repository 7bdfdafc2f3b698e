/** What this member may do and see, from the rows on this computer. The server decides; this is for what is shown. */
import { isBuiltInRole, isPermission, permissionsOfRole, type Permission } from "@switchboard/shared/model/permissions.ts";
import { readerOf, type Reader } from "@switchboard/shared/sync/scopes.ts";
import type { Cache } from "../store/cache.ts";

export function permissionsOf(cache: Cache, memberId: string): ReadonlySet<Permission> {
  const role = cache.get("member", memberId)?.role;
  if (role === undefined) return new Set();
  if (isBuiltInRole(role)) return new Set(permissionsOfRole(role));
  return new Set((cache.get("role", role)?.permissions ?? []).filter(isPermission));
}

export function teamsOf(cache: Cache, memberId: string): string[] {
  return [...cache.list("teamMember")].filter((one) => one.memberId === memberId).map(({ teamId }) => teamId);
}

export function readerHere(cache: Cache, memberId: string): Reader {
  return readerOf({
    memberId,
    permissions: permissionsOf(cache, memberId),
    teamIds: teamsOf(cache, memberId),
    allTeamIds: [...cache.list("team")].map(({ id }) => id),
  });
}
