/** Whom work can be given to, and where this person may work at all. */
import type { Permission } from "@switchboard/shared/model/permissions.ts";
import { useTranslation } from "react-i18next";
import type { OpenTenant } from "../../bridge/session.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { useLive, useLivePages } from "../live.tsx";
import { useSession, useTenant } from "../session/session-context.tsx";
import { Avatar } from "../ui/marks.tsx";
import type { Choice } from "../ui/select.tsx";

type Member = QueryOutput<"people.list">["members"][number];

export type WorkPermission = Extract<Permission, "tasks.manage" | "followups.manage">;

/** The tenants of the scope in which the person may work, in the order of the rail. */
export function useWorkTenants(permission: WorkPermission): readonly OpenTenant[] {
  const { tenants, scope } = useSession();
  return tenants.filter(
    (tenant) =>
      (scope === "all" || scope[0] === tenant.tenantId) &&
      tenant.permissions.includes(permission) &&
      (tenant.state === "ready" || tenant.state === "bootstrapping" || tenant.state === "suspended"),
  );
}

/** Operators may not see work, so it cannot be theirs. Custom roles may: the server has the last word about them. */
const mayHaveWork = (member: Member) => member.role !== "operator";

export function useMembers(tenantId: string | undefined): readonly Member[] {
  const people = useLive("people.list", { tenantId: tenantId ?? "" }, { enabled: tenantId !== undefined }).data?.members ?? [];
  return people.filter(mayHaveWork);
}

export function useMembersOf(tenantIds: readonly string[]): readonly { readonly tenantId: string; readonly member: Member }[] {
  const answers = useLivePages(
    "people.list",
    tenantIds.map((tenantId) => ({ tenantId })),
  );
  return tenantIds.flatMap((tenantId, index) =>
    (answers[index]?.data?.members ?? []).filter(mayHaveWork).map((member) => ({ tenantId, member })),
  );
}

/** Nobody, me, then the others. Somebody who has it and may not any more stays in the list, so that the form shows what is. */
export function useAssigneeChoices(
  tenantId: string | undefined,
  now: { readonly id: string; readonly name: string } | null,
): readonly Choice<string | null>[] {
  const { t } = useTranslation();
  const me = useTenant(tenantId)?.memberId;
  const members = useMembers(tenantId);
  const all = now === null || members.some(({ id }) => id === now.id) ? members : [...members, now];
  return [
    { value: null, label: t("common.nobody"), icon: "user" },
    ...all
      .toSorted((a, b) => Number(b.id === me) - Number(a.id === me))
      .map(({ id, name }) => ({
        value: id,
        label: id === me ? t("tasks.filter.you") : name,
        mark: <Avatar name={name} size="xs" />,
      })),
  ];
}

/** Why nothing can be changed there, in a sentence; undefined where it can. */
export function useReadOnly(tenantId: string, permission: WorkPermission): string | undefined {
  const { t } = useTranslation();
  const tenant = useTenant(tenantId);
  if (tenant === undefined || !tenant.permissions.includes(permission)) return t("tasks.read_only.right", { tenant: tenant?.name ?? "" });
  return tenant.state === "suspended" ? t("tasks.read_only.suspended", { tenant: tenant.name }) : undefined;
}
