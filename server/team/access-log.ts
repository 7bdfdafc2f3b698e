/**
 * Gaining and losing scopes stands in the same sequence as everything else (SYNC section 2), whoever changes a membership and by
 * whatever path: triggers on members, roles, teams and their memberships write one `access` entry for each scope. The scopes of a set of
 * permissions are those of `shared/sync/scopes.ts`; a test compares the two for every role.
 */
import { builtInRoles, permissionsOfRole } from "../../shared/model/permissions.ts";

const builtIn = builtInRoles
  .map(
    (role) =>
      `when '${role}' then array[${permissionsOfRole(role)
        .map((permission) => `'${permission}'`)
        .join(", ")}]::text[]`,
  )
  .join("\n    ");

const definer = "security definer set search_path = public, pg_temp";

/** Made as switchboard_system; only triggers call them. */
export const accessRoutines = [
  `create or replace function app.permissions_of(of_tenant uuid, of_role text) returns text[] language sql stable set search_path = public, pg_temp as $$
  select case of_role
    ${builtIn}
    else coalesce((select array(select jsonb_array_elements_text(role.permissions)) from role where role.tenant_id = of_tenant and role.id::text = of_role), '{}')
  end $$;`,
  `create or replace function app.scopes_of(of_tenant uuid, of_member uuid, held text[]) returns text[] language sql stable set search_path = public, pg_temp as $$
  select array_remove(array[
      case when 'contacts.read' = any(held) then 'contacts' end,
      case when 'tasks.manage' = any(held) and 'followups.manage' = any(held) then 'admins' end,
      case when 'conversations.read' = any(held) then 'inbox' end], null)
    || case when not 'conversations.read' = any(held) then '{}'
         when 'conversations.all' = any(held) then array(select 'team:' || id from team where tenant_id = of_tenant)
         else array(select 'team:' || team_id from team_member where tenant_id = of_tenant and member_id = of_member) end $$;`,
  `create or replace function app.log_access(of_tenant uuid, of_member uuid, before text[], after text[]) returns void language sql ${definer} as $$
  insert into change_log (tenant_id, entity, id, scope_before, scope_after)
    select of_tenant, 'access', of_member, scope, null from unnest(before) scope where not scope = any(after)
    union all select of_tenant, 'access', of_member, null, scope from unnest(after) scope where not scope = any(before) $$;`,
  `create or replace function app.log_member_access() returns trigger language plpgsql ${definer} as $$
begin
  perform app.log_access(new.tenant_id, new.id,
    case when old.status = 'active' then app.scopes_of(new.tenant_id, new.id, app.permissions_of(new.tenant_id, old.role)) else '{}' end,
    case when new.status = 'active' then app.scopes_of(new.tenant_id, new.id, app.permissions_of(new.tenant_id, new.role)) else '{}' end);
  return null;
end $$;`,
  `create or replace function app.log_role_access() returns trigger language plpgsql ${definer} as $$
begin
  perform app.log_access(new.tenant_id, member.id,
      app.scopes_of(new.tenant_id, member.id, array(select jsonb_array_elements_text(old.permissions))),
      app.scopes_of(new.tenant_id, member.id, array(select jsonb_array_elements_text(new.permissions))))
    from member where member.tenant_id = new.tenant_id and member.role = new.id::text and member.status = 'active' order by member.id;
  return null;
end $$;`,
  // Whoever sees all conversations neither gains a team by joining nor loses it by leaving.
  `create or replace function app.log_place_access() returns trigger language plpgsql ${definer} as $$
begin
  if tg_op <> 'INSERT' then
    perform app.log_access(old.tenant_id, member.id, array['team:' || old.team_id], '{}')
      from member, app.permissions_of(member.tenant_id, member.role) held
      where member.tenant_id = old.tenant_id and member.id = old.member_id and member.status = 'active'
        and 'conversations.read' = any(held) and not 'conversations.all' = any(held);
  end if;
  if tg_op <> 'DELETE' then
    perform app.log_access(new.tenant_id, member.id, '{}', array['team:' || new.team_id])
      from member, app.permissions_of(member.tenant_id, member.role) held
      where member.tenant_id = new.tenant_id and member.id = new.member_id and member.status = 'active'
        and 'conversations.read' = any(held) and not 'conversations.all' = any(held);
  end if;
  return null;
end $$;`,
  // A team that is new or gone is a scope that comes or goes for whoever sees all conversations.
  `create or replace function app.log_team_access() returns trigger language plpgsql ${definer} as $$
declare
  of_tenant uuid := case when tg_op = 'INSERT' then new.tenant_id else old.tenant_id end;
  team text := 'team:' || case when tg_op = 'INSERT' then new.id else old.id end;
begin
  perform app.log_access(of_tenant, member.id, case when tg_op = 'INSERT' then '{}' else array[team] end, case when tg_op = 'INSERT' then array[team] else '{}' end)
    from member, app.permissions_of(member.tenant_id, member.role) held
    where member.tenant_id = of_tenant and member.status = 'active' and 'conversations.read' = any(held) and 'conversations.all' = any(held)
    order by member.id;
  return null;
end $$;`,
];

const trigger = (table: string, when: string, call: string) => [
  `drop trigger if exists guard_access on ${table};`,
  `create trigger guard_access after ${when} execute function app.${call}();`,
];

/** Made as the owner of the tables. */
export const accessTriggers = {
  member: trigger(
    "member",
    "update on member for each row when (old.role is distinct from new.role or old.status is distinct from new.status)",
    "log_member_access",
  ),
  role: trigger("role", "update on role for each row when (old.permissions is distinct from new.permissions)", "log_role_access"),
  team: trigger("team", "insert or delete on team for each row", "log_team_access"),
  teamMember: trigger("team_member", "insert or update or delete on team_member for each row", "log_place_access"),
};
