/**
 * SQL that every table stands on: the tenant of the transaction, the two logs' commit stamp, and who owns which function.
 *
 * Invariant (SYNC section 1): who has seen `seq` n can never later miss something <= n. The tenant's clock is taken once, as
 * the last lock of the transaction, by a deferred constraint trigger; so numbers become visible in the order they are given.
 */

/** Before tables exist: schema, and functions that table definitions mention. */
export const beforeTables = `
create schema if not exists app;
grant usage on schema app to switchboard_app, switchboard_system;
create or replace function app.current_tenant() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;
create or replace function app.current_tx() returns bigint language sql stable parallel safe
  as $$ select pg_current_xact_id()::text::bigint $$;
`;

const ofThisTransaction = "tx = new.tx and tenant_id is not distinct from tenant";
const ofThisCommit = `${ofThisTransaction} and seq is null`;

/** After tables exist; safe to repeat. Made as switchboard_system, see `guards.ts`. `stamped`: tables that keep the last number of their commit. */
export const definerFunctions = (stamped: readonly string[]) => `
create or replace function app.mark() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into log_marker (tx, tenant_id)
    select distinct app.current_tx(), added.tenant_id from added order by 2
    on conflict do nothing;
  return null;
end $$;

-- The first marker of a transaction stamps for all of them, in tenant order: so two transactions that carry the same tenants in
-- opposite order wait for each other and never deadlock on the clocks. The other markers find nothing left to do.
--
-- It runs while everybody else of the tenant waits for the clock, so it reads what this transaction wrote and nothing else, whatever the
-- planner believes: by the transaction's own index, the only one that fits, because "is not distinct from" can use none. The planner
-- would else expect one row of a tenant that its statistics have never seen, and read the tenant's whole log; or take a log that was
-- empty when the connection planned for the shortest way of all. For the same reason the log is not joined with its own numbering.
create or replace function app.stamp() returns trigger language plpgsql security definer set search_path = public, pg_temp
  set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  tenant uuid; ks bigint[]; changes bigint; events bigint; base bigint; last bigint; head bytea; entry record;
begin
  for tenant in select tenant_id from log_marker where tx = new.tx order by tenant_id loop
    select coalesce(array_agg(k order by k), '{}') into ks from change_log where ${ofThisCommit};
    select count(*) into events from event_log where ${ofThisCommit};
    changes := cardinality(ks);
    update tenant_clock set seq = seq + changes + events where tenant_id = tenant
      returning seq - changes - events, seq, event_head into base, last, head;
    if not found then raise exception 'tenant % has no clock', tenant; end if;
    if changes > 0 then
      update change_log set seq = base + width_bucket(k, ks) where ${ofThisCommit};
    end if;
    if events > 0 then
      base := base + changes;
      for entry in select ctid, * from event_log where ${ofThisCommit} order by k loop
        base := base + 1;
        head := app.event_hash(head, base, entry.type, entry.actor, entry.payload, entry.at);
        update event_log set seq = base, hash = head where ctid = entry.ctid;
      end loop;
      update tenant_clock set event_head = head where tenant_id = tenant;
    end if;${stamped.map((name) => `\n    update "${name}" set seq = last where ${ofThisTransaction};`).join("")}
  end loop;
  delete from log_marker where tx = new.tx;
  return null;
end $$;
`;

export const afterTables = `
create or replace function app.event_hash(head bytea, seq bigint, type text, actor jsonb, payload jsonb, at timestamptz)
  returns bytea language sql immutable parallel safe set search_path = public, pg_temp
  as $$ select sha256(coalesce(head, ''::bytea) || convert_to(jsonb_build_array(seq, type, actor, payload, extract(epoch from at))::text, 'UTF8')) $$;

create or replace function app.keep_tenant() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.tenant_id is distinct from old.tenant_id then raise exception 'tenant_id never changes' using errcode = 'check_violation'; end if;
  return new;
end $$;

drop trigger if exists guard_mark on change_log;
create trigger guard_mark after insert on change_log referencing new table as added for each statement execute function app.mark();
drop trigger if exists guard_mark on event_log;
create trigger guard_mark after insert on event_log referencing new table as added for each statement execute function app.mark();
drop trigger if exists guard_stamp on log_marker;
create constraint trigger guard_stamp after insert on log_marker deferrable initially deferred for each row execute function app.stamp();
`;
