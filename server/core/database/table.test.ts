import { defineEntity, p } from "@mikro-orm/postgresql";
import { expect, it } from "vitest";
import { columnsOf, table } from "./table.ts";

it("knows column names before an ORM has looked at the entity", () => {
  const Book = defineEntity({
    name: "Book",
    tableName: "book",
    properties: {
      tenantId: p.uuid().primary(),
      k: p.bigint("number").primary().autoincrement(),
      dueAt: p.datetime(3),
      shelfMark: p.text().name("mark"),
      shown: p.text().persist(false),
    },
  });
  expect(columnsOf(table(Book))).toEqual([
    { property: "tenantId", name: "tenant_id", primary: true, autoincrement: false },
    { property: "k", name: "k", primary: true, autoincrement: true },
    { property: "dueAt", name: "due_at", primary: false, autoincrement: false },
    { property: "shelfMark", name: "mark", primary: false, autoincrement: false },
  ]);
});
