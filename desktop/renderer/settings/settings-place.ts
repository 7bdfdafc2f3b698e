/** Where a settings page stands: of which tenant, and whether anything can be changed there now. */
import type { Permission } from "@switchboard/shared/model/permissions.ts";
import { createContext, use } from "react";
import type { OpenTenant } from "../../bridge/session.ts";

export type WhyReadOnly = "offline" | "permission" | "suspended";

export interface SettingsPlace {
  readonly tenantId: string;
  readonly tenant: OpenTenant;
  readonly holds: (permission: Permission) => boolean;
  readonly offline: boolean;
  /** Why nothing on this page can be changed; undefined when it can. */
  readonly readOnly: WhyReadOnly | undefined;
  /** Another settings page of the same tenant. */
  readonly go: (page: string) => void;
}

export const SettingsPlaceContext = createContext<SettingsPlace | undefined>(undefined);

export function useSettingsPlace(): SettingsPlace {
  const place = use(SettingsPlaceContext);
  if (place === undefined) throw new Error("no place: open the page inside the settings section");
  return place;
}
