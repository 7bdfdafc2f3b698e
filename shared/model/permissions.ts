/** The one permission table: what exists, and which built-in role holds it. Custom roles pick from the same list. */
export const permissions = {
  "conversations.read": { roles: ["operator", "admin"], group: "conversations" },
  "conversations.reply": { roles: ["operator", "admin"], group: "conversations" },
  "conversations.assign": { roles: ["operator", "admin"], group: "conversations" },
  /** Sees the conversations of every team, not only of the own ones. */
  "conversations.all": { roles: ["admin"], group: "conversations" },
  "contacts.read": { roles: ["operator", "admin"], group: "contacts" },
  "contacts.edit": { roles: ["operator", "admin"], group: "contacts" },
  "visitors.block": { roles: ["operator", "admin"], group: "contacts" },
  "labels.manage": { roles: ["admin"], group: "conversations" },
  "replies.manage": { roles: ["admin"], group: "conversations" },
  "tasks.manage": { roles: ["admin"], group: "work" },
  "followups.manage": { roles: ["admin"], group: "work" },
  "reports.read": { roles: ["admin"], group: "work" },
  "team.read": { roles: ["operator", "admin"], group: "tenant" },
  "team.manage": { roles: ["admin"], group: "tenant" },
  "settings.read": { roles: ["operator", "admin"], group: "tenant" },
  "settings.manage": { roles: ["admin"], group: "tenant" },
  "security.manage": { roles: ["admin"], group: "tenant" },
  "audit.read": { roles: ["admin"], group: "tenant" },
  "support.request": { roles: ["admin"], group: "tenant" },
} as const satisfies Record<string, { roles: readonly BuiltInRole[]; group: PermissionGroup }>;

export type PermissionGroup = "conversations" | "contacts" | "work" | "tenant";
export type BuiltInRole = "operator" | "admin";
export type Permission = keyof typeof permissions;

export const allPermissions = Object.keys(permissions) as Permission[]; // the table above is the only source of keys
export const builtInRoles: readonly BuiltInRole[] = ["operator", "admin"];

export function isPermission(value: string): value is Permission {
  return Object.hasOwn(permissions, value);
}

export function isBuiltInRole(value: string): value is BuiltInRole {
  return value === "operator" || value === "admin";
}

export function permissionsOfRole(role: BuiltInRole): Permission[] {
  return allPermissions.filter((permission) => (permissions[permission].roles as readonly BuiltInRole[]).includes(role));
}
