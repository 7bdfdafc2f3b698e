-- What the planner learned of single tenants is forgotten, see `hideTenants` in guards.ts. Before PostgreSQL 18 only a superuser could do
-- that: there `delete from pg_statistic` for these columns does the same.
do $$ declare name text; begin
  if to_regprocedure('pg_clear_attribute_stats(text, text, text, boolean)') is not null then
    for name in select relation.relname from pg_attribute own join pg_class relation on relation.oid = own.attrelid
      where own.attname = 'tenant_id' and relation.relkind = 'r' and relation.relnamespace = 'public'::regnamespace
    loop
      perform pg_clear_attribute_stats('public', name, 'tenant_id', false);
    end loop;
  end if;
end $$;
