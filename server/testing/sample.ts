/**
 * Tables that only tests have, one of each kind that a feature may register, so that the guards are proven from the first day and
 * whatever the product's own tables look like.
 */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import pg from "pg";
import { tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { guardSql } from "../core/database/guards.ts";
import { connectOrm, schemaDifference } from "../core/database/orm.ts";
import { table } from "../core/database/table.ts";
import { feature, type Registry } from "../core/feature.ts";

export const Shelf = defineEntity({
  name: "SampleShelf",
  tableName: "sample_shelf",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "name"] }],
  properties: { ...tenantColumns, name: p.text(), books: p.integer().default(0) },
});
export type Shelf = InferEntity<typeof Shelf>;

export const Book = defineEntity({
  name: "SampleBook",
  tableName: "sample_book",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "shelfId"] }],
  properties: { ...tenantColumns, shelfId: p.uuid(), lentBy: p.uuid().nullable(), title: p.text() },
});
export type Book = InferEntity<typeof Book>;

/** Not synced, never changed after it was written. */
export const Stamp = defineEntity({
  name: "SampleStamp",
  tableName: "sample_stamp",
  ...tenantScoped,
  properties: { ...tenantColumns, bookId: p.uuid(), label: p.text() },
});

export const Catalogue = defineEntity({
  name: "SampleCatalogue",
  tableName: "sample_catalogue",
  properties: { id: p.uuid().primary(), title: p.text() },
});

/** Counts what a tenant has on a shelf: a definer function with its tenant predicate written out. */
const countBooks = `
create or replace function app.sample_count_books(shelf uuid) returns bigint language sql stable security definer set search_path = public, pg_temp
  as $$ select count(*) from sample_book where tenant_id = app.current_tenant() and shelf_id = shelf $$;
grant execute on function app.sample_count_books(uuid) to switchboard_app;`;

export const sample = feature({
  name: "sample",
  tables: [
    table(Shelf, { synced: { entity: "shelf", scope: "'tenant'", derived: ["books"] } }),
    table(Book, {
      references: { shelf_id: "sample_shelf", lent_by: "sample_shelf" },
      cascade: ["shelf_id"],
      synced: { entity: "book", scope: "'team:' || row.shelf_id" },
    }),
    table(Stamp, { references: { book_id: "sample_book" }, grants: ["select", "insert"] }),
    table(Catalogue, { kind: "global" }),
  ],
  routines: [countBooks],
});

/** Brings a test database, which has the product's tables, to everything that this registry says. */
export async function addTables(ownerUrl: string, { tables, features }: Registry): Promise<void> {
  const orm = await connectOrm({ url: ownerUrl, tables, poolMax: 1, statementTimeoutMs: 0, applicationName: "test tables" });
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("begin");
    for (const statement of await schemaDifference(orm)) await client.query(statement);
    await client.query(
      guardSql(
        tables,
        features.flatMap(({ routines }) => routines),
      ),
    );
    await client.query("commit");
  } finally {
    await client.end();
    await orm.close();
  }
}
