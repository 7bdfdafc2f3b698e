/** Invitations to the address of whoever is signed in: seen, accepted and declined without the mail, because the account proves the address. */
import type { InvitationToMe, TenantChoice } from "../../shared/api/accounts.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { isBuiltInRole } from "../../shared/model/permissions.ts";
import type { AccountActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { declineInvitation, takeInvitationTo } from "../team/index.ts";
import { assertServes } from "../tenants/index.ts";
import { join } from "./accept-invitation.ts";
import { Account } from "./entities.ts";
import { tenantsOf } from "./read.ts";
import { lockAccount } from "./sessions.ts";

interface Row {
  id: string;
  tenant: string;
  role: string;
  role_name: string | null;
  invited_by: string | null;
  expires_at: Date | string;
}

export async function invitationsTo(core: Core, actor: AccountActor, language: Language): Promise<InvitationToMe[]> {
  const rows = await core.work(
    actor,
    async (unit) => {
      const account = await unit.em.findOneOrFail(Account, { id: actor.accountId });
      if (!account.verifiedAt) return [];
      return unit.rows<Row>(sql`
        select invitation.id, tenant.name as tenant, invitation.role, role.name as role_name, member.name as invited_by, invitation.expires_at
        from invitation
        join tenant on tenant.tenant_id = invitation.tenant_id and tenant.id = invitation.tenant_id and tenant.status = 'active'
        left join role on role.tenant_id = invitation.tenant_id and role.id::text = invitation.role
        left join member on member.tenant_id = invitation.tenant_id and member.id = invitation.invited_by
        where invitation.email = ${account.email} and invitation.status = 'pending' and invitation.expires_at > ${unit.now}
        order by invitation.expires_at, invitation.id`);
    },
    { readOnly: true },
  );
  const t = translateTo(language);
  return rows.map(({ id, tenant, role, role_name: roleName, invited_by: invitedBy, expires_at: expiresAt }) => ({
    id,
    tenant,
    roleName: isBuiltInRole(role) ? t(`roles.${role}`) : (roleName ?? ""),
    invitedBy,
    expiresAt: new Date(expiresAt).toISOString(),
  }));
}

/** Nobody has an address before it is confirmed. */
async function confirmed(unit: Unit<AccountActor>): Promise<Account> {
  const account = await lockAccount(unit, unit.actor.accountId);
  return found(account?.verifiedAt ? account : null);
}

export async function joinInvited(core: Core, actor: AccountActor, invitationId: string, language: Language): Promise<TenantChoice> {
  const tenantId = await core.work(actor, async (unit) => {
    const account = await confirmed(unit);
    const invitation = await takeInvitationTo(unit, account.email, invitationId);
    await assertServes(core, invitation.tenantId);
    await join(unit, account, invitation);
    return invitation.tenantId;
  });
  return found((await tenantsOf(core, actor.accountId, language)).find((tenant) => tenant.tenantId === tenantId) ?? null);
}

export async function declineInvited(unit: Unit<AccountActor>, invitationId: string): Promise<void> {
  await declineInvitation(unit, (await confirmed(unit)).email, invitationId);
}
