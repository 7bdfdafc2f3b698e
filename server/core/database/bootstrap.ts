/** Makes an empty cluster ours: the database, its three roles and extensions. Needs a superuser once; `npm run migrate` does the rest. */
import pg from "pg";

export interface RoleUrls {
  owner: string;
  app: string;
  system: string;
}

export const roles = { owner: "switchboard_owner", app: "switchboard_app", system: "switchboard_system" } as const;

/** Passwords are set apart. */
export const roleSql = `
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'switchboard_owner') then create role switchboard_owner login nosuperuser nobypassrls noinherit; end if;
  if not exists (select 1 from pg_roles where rolname = 'switchboard_app') then create role switchboard_app login nosuperuser nobypassrls noinherit; end if;
  if not exists (select 1 from pg_roles where rolname = 'switchboard_system') then create role switchboard_system login nosuperuser bypassrls noinherit; end if;
end $$;
grant switchboard_system to switchboard_owner with inherit false, set true;
`;

/** Run inside the database by a superuser. */
export const databaseSql = `
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
revoke all on schema public from public;
grant usage, create on schema public to switchboard_owner;
grant usage on schema public to switchboard_app, switchboard_system;
create schema if not exists app authorization switchboard_owner;
grant usage, create on schema app to switchboard_system;
grant usage on schema app to switchboard_app;
`;

/** With one password for all three: for clusters that nobody else reaches. */
export async function bootstrap(superuserUrl: string, database: string, password: string): Promise<RoleUrls> {
  const url = (role: string) => withUser(withDatabase(superuserUrl, database), role, password);
  const urls = { owner: url(roles.owner), app: url(roles.app), system: url(roles.system) };
  await prepareDatabase(superuserUrl, urls);
  return urls;
}

/** Makes the database and the roles that these addresses name, with their passwords. Safe to repeat: passwords are set anew. */
export async function prepareDatabase(superuserUrl: string, urls: RoleUrls): Promise<void> {
  const database = decodeURIComponent(new URL(urls.app).pathname.slice(1));
  const admin = new pg.Client({ connectionString: superuserUrl });
  await admin.connect();
  try {
    await admin.query(roleSql);
    for (const [name, role] of Object.entries(roles)) {
      const url = new URL(urls[name as keyof RoleUrls]); // the keys of `roles` are those of RoleUrls
      if (url.username !== role) throw new Error(`The ${name} address must name the role ${role}, not ${url.username || "nobody"}.`);
      await admin.query(`alter role ${role} password ${admin.escapeLiteral(decodeURIComponent(url.password))}`);
    }
    const known = await admin.query("select 1 from pg_database where datname = $1", [database]);
    if (known.rowCount === 0) {
      await admin.query(
        `create database ${admin.escapeIdentifier(database)} owner ${roles.owner} template template0 encoding 'UTF8' locale 'C.UTF-8'`,
      );
    }
  } finally {
    await admin.end();
  }
  const inside = new pg.Client({ connectionString: withDatabase(superuserUrl, database) });
  await inside.connect();
  try {
    await inside.query(databaseSql);
  } finally {
    await inside.end();
  }
}

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

function withUser(url: string, user: string, password: string): string {
  const changed = new URL(url);
  changed.username = user;
  changed.password = password;
  return changed.toString();
}
