/**
 * Every page of the settings: its place in the navigation, who sees it, its view. What it is called and found by stands in the
 * language files under the same id (`settings.page.<id>`). A page that is not built is not in the table; one that the person may
 * not read is left out where the table is read.
 */
import type { Permission } from "@switchboard/shared/model/permissions.ts";
import { lazy, type ComponentType } from "react";
import type { IconName } from "../ui/icon-shapes.ts";

export const settingsGroups = ["tenant", "people", "conversations", "developers", "data", "me"] as const;
export type SettingsGroup = (typeof settingsGroups)[number];

export interface SettingsPage {
  readonly id: string;
  readonly group: SettingsGroup;
  readonly icon: IconName;
  /** Needed to see the page at all; none for what is only the reader's own. */
  readonly permission?: Permission;
  /** Needed to change what is on it; without it the page can be read and says so. */
  readonly edit?: Permission;
  /** Loaded when it is first opened. */
  readonly view: ComponentType;
}

export const settingsPages = [
  {
    id: "business",
    group: "tenant",
    icon: "card",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./business-page.tsx")).BusinessPage })),
  },
  {
    id: "branding",
    group: "tenant",
    icon: "image",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./branding-page.tsx")).BrandingPage })),
  },
  {
    id: "domains",
    group: "tenant",
    icon: "globe",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./domains-page.tsx")).DomainsPage })),
  },
  {
    id: "hours",
    group: "tenant",
    icon: "clock",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./hours-page.tsx")).HoursPage })),
  },
  {
    id: "languages",
    group: "tenant",
    icon: "text",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./languages-page.tsx")).LanguagesPage })),
  },
  {
    id: "conversations",
    group: "conversations",
    icon: "chat",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./conversations-page.tsx")).ConversationsPage })),
  },
  {
    id: "work",
    group: "conversations",
    icon: "tasks",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./work-page.tsx")).WorkPage })),
  },
  {
    id: "identity",
    group: "developers",
    icon: "verified",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./identity-page.tsx")).IdentityPage })),
  },
  {
    id: "plan",
    group: "tenant",
    icon: "reports",
    permission: "settings.read",
    view: lazy(async () => ({ default: (await import("./people/plan-page.tsx")).PlanPage })),
  },
  {
    id: "support",
    group: "tenant",
    icon: "mail",
    permission: "support.request",
    edit: "support.request",
    view: lazy(async () => ({ default: (await import("./people/support-page.tsx")).SupportPage })),
  },
  {
    id: "members",
    group: "people",
    icon: "users",
    permission: "team.read",
    edit: "team.manage",
    view: lazy(async () => ({ default: (await import("./people/members-page.tsx")).MembersPage })),
  },
  {
    id: "roles",
    group: "people",
    icon: "shield",
    permission: "team.read",
    edit: "team.manage",
    view: lazy(async () => ({ default: (await import("./people/roles-page.tsx")).RolesPage })),
  },
  {
    id: "teams",
    group: "people",
    icon: "user",
    permission: "team.read",
    edit: "team.manage",
    view: lazy(async () => ({ default: (await import("./people/teams-page.tsx")).TeamsPage })),
  },
  {
    id: "routing",
    group: "conversations",
    icon: "transfer",
    permission: "settings.read",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./people/routing-page.tsx")).RoutingPage })),
  },
  {
    id: "replies",
    group: "conversations",
    icon: "canned",
    permission: "conversations.read",
    edit: "conversations.reply",
    view: lazy(async () => ({ default: (await import("./people/replies-page.tsx")).RepliesPage })),
  },
  {
    id: "labels",
    group: "conversations",
    icon: "tag",
    permission: "labels.manage",
    edit: "labels.manage",
    view: lazy(async () => ({ default: (await import("./people/labels-page.tsx")).LabelsPage })),
  },
  {
    id: "retention",
    group: "data",
    icon: "trash",
    permission: "settings.manage",
    edit: "settings.manage",
    view: lazy(async () => ({ default: (await import("./retention-page.tsx")).RetentionPage })),
  },
  {
    id: "audit",
    group: "data",
    icon: "list",
    permission: "audit.read",
    view: lazy(async () => ({ default: (await import("./people/audit-page.tsx")).AuditPage })),
  },
  {
    id: "profile",
    group: "me",
    icon: "user",
    view: lazy(async () => ({ default: (await import("./people/profile-page.tsx")).ProfilePage })),
  },
  {
    id: "notifications",
    group: "me",
    icon: "bell",
    view: lazy(async () => ({ default: (await import("./people/notifications-page.tsx")).NotificationsPage })),
  },
  {
    id: "shortcuts",
    group: "me",
    icon: "keyboard",
    view: lazy(async () => ({ default: (await import("./people/shortcuts-page.tsx")).ShortcutsPage })),
  },
  {
    id: "appearance",
    group: "me",
    icon: "sun",
    view: lazy(async () => ({ default: (await import("./people/appearance-page.tsx")).AppearancePage })),
  },
  {
    id: "devices",
    group: "me",
    icon: "desktop",
    view: lazy(async () => ({ default: (await import("./people/devices-page.tsx")).DevicesPage })),
  },
] as const satisfies readonly SettingsPage[];

export type SettingsPageId = (typeof settingsPages)[number]["id"];

/** The pages of somebody who holds these permissions, in their order. */
export function pagesFor(holds: (permission: Permission) => boolean): readonly (SettingsPage & { readonly id: SettingsPageId })[] {
  const all: readonly (SettingsPage & { readonly id: SettingsPageId })[] = settingsPages;
  return all.filter(({ permission }) => permission === undefined || holds(permission));
}
