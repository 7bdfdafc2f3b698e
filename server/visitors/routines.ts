/**
 * Looks a visitor up in one round trip, for the token of every call and every returning socket. It runs with the caller's rights: the
 * tenant comes out of the token, is set for this statement only, and row security shows nothing else. The secret in the token decides.
 */
export const visitorRoutines = [
  `
create or replace function app.visit_session(in_tenant uuid, in_visitor uuid)
returns table (o_token_hash bytea, o_contact uuid, o_site text, o_verified_until timestamptz, o_identified boolean, o_blocked boolean)
language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('app.tenant_id', in_tenant::text, true);
  return query
    select v.token_hash, v.contact_id, v.site, v.verified_until, c.external_id is not null, c.blocked_at is not null
    from visitor v join contact c on c.tenant_id = v.tenant_id and c.id = v.contact_id
    where v.tenant_id = in_tenant and v.id = in_visitor;
end $$;
`,
];
