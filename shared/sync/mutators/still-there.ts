/**
 * What a device names in good faith may have ended before its mutation arrives. That is no reason to refuse the rest: it ends as if the
 * mutation had come first, when a task or a follow-up of somebody who leaves has nobody again and a label that ends is taken off.
 */
import { isBuiltInRole, permissionsOfRole, type Permission } from "../../model/permissions.ts";
import type { View } from "../view.ts";

/** A member who is not known here is left to the database, which knows whether there ever was one. */
export function whoMayHave(view: View, memberId: string | null, needs: Permission): string | null {
  const member = memberId === null ? undefined : view.get("member", memberId);
  if (!member) return memberId;
  const permitted = isBuiltInRole(member.role) ? permissionsOfRole(member.role) : (view.get("role", member.role)?.permissions ?? []);
  return member.status === "active" && permitted.includes(needs) ? memberId : null;
}

export const labelsInSight = (view: View, labelIds: readonly string[]): string[] =>
  labelIds.filter((one) => view.get("label", one) !== undefined);
