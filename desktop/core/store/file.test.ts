/** How a file is opened, brought up to date, refused, and put aside. */
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createFolder, type TestFolder } from "../testing/folder.ts";
import { cacheMigrations } from "./cache-schema.ts";
import { sqliteDriver, type Driver, type OpenDriver } from "./driver.ts";
import { dropBackups, NewerDatabase, openFile, type FileKind } from "./file.ts";
import { outboxMigrations } from "./outbox-schema.ts";

const first = { version: 10, sql: "create table thing (id integer primary key, name text);" };
const second = {
  version: 20,
  sql: "alter table thing add column colour text; update thing set colour = 'blue'; create index thing_colour on thing (colour);",
};
const third = { version: 30, sql: "create table other (id integer primary key);" };
const kind = (...migrations: FileKind["migrations"]): FileKind => ({ name: "test", migrations, synchronous: "FULL" });

describe("a database file", () => {
  let folder: TestFolder;
  let file = "";
  beforeEach(() => {
    folder = createFolder();
    file = folder.file("test.db");
  });
  afterEach(() => folder.remove());
  const open = (...migrations: FileKind["migrations"]) => openFile(sqliteDriver(), file, kind(...migrations));
  const fill = () => {
    const driver = open(first);
    driver.run("insert into thing (name) values (?)", "one");
    driver.close();
  };
  const schemaOf = (driver: Driver) => [driver.get("pragma user_version"), driver.all("select name from sqlite_master order by name")];

  it("is for its owner only, with its journal, and opened with care", () => {
    const driver = open(first);
    driver.run("insert into thing (name) values ('x')");
    for (const name of readdirSync(folder.path)) expect([name, statSync(folder.file(name)).mode & 0o777]).toEqual([name, 0o600]);
    expect(readdirSync(folder.path)).toContain("test.db-wal");
    const pragma = (name: string) => Object.values(driver.get<Record<string, unknown>>(`pragma ${name}`) ?? {})[0];
    expect(["journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store"].map((name) => pragma(name))).toEqual([
      "wal",
      2,
      1,
      1,
      2,
    ]);
    driver.close();
  });

  it("is brought up to date, with a copy from before until it has started well", () => {
    fill();
    const driver = open(first, second, third);
    expect(driver.all("select name, colour from thing")).toEqual([{ name: "one", colour: "blue" }]);
    driver.close();
    expect(statSync(`${file}.before-10`).mode & 0o777).toBe(0o600);
    const copy = openFile(sqliteDriver(), `${file}.before-10`, kind(first));
    expect(copy.all("select * from thing")).toEqual([{ id: 1, name: "one" }]);
    copy.close();
    dropBackups(file);
    expect(existsSync(`${file}.before-10`)).toBe(false);
  });

  it("has the old schema or the new one, whichever statement is the last before the end", () => {
    fill();
    const before = open(first);
    const old = schemaOf(before);
    before.close();
    for (let n = 1; n <= 20; n += 1) {
      let left = n;
      const dying: OpenDriver = (name) => {
        const driver = sqliteDriver()(name);
        const spend = () => {
          left -= 1;
          if (left === 0) throw new Error("killed");
        };
        return { ...driver, exec: (sql) => (spend(), driver.exec(sql)), run: (sql, ...values) => (spend(), driver.run(sql, ...values)) };
      };
      try {
        openFile(dying, file, kind(first, second, third)).close();
      } catch (error) {
        expect((error as Error).message).toBe("killed");
        const after = open(first);
        expect(schemaOf(after)).toEqual(old);
        after.close();
        continue;
      }
      const after = open(first, second, third);
      expect(after.get("pragma user_version")).toEqual({ user_version: 30 });
      after.close();
      return;
    }
    throw new Error("It never came through.");
  });

  it("of a newer console is refused and left as it is", () => {
    open(first, second).close();
    const bytes = readFileSync(file);
    expect(() => open(first)).toThrow(NewerDatabase);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  it("that is no database is refused", () => {
    writeFileSync(file, "x".repeat(8_192));
    expect(() => open(first)).toThrow(expect.objectContaining({ code: "SQLITE_NOTADB" }));
  });
});

describe("migrations", () => {
  it.each([
    ["cache", cacheMigrations],
    ["outbox", outboxMigrations],
  ])("of the %s go up in steps of ten", (_name, migrations) => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, index) => (index + 1) * 10));
  });
});
