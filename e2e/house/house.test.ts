/** Covers SECURITY I-02. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { featureOrder, inspect, type Violation } from "./rules.ts";
import { scan } from "./scan.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

function readRepository(): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !["node_modules", "dist", "artefacts"].includes(entry.name)) walk(path);
      else if (/\.tsx?$|^README\.md$/.test(entry.name)) files.set(relative(root, path).replaceAll("\\", "/"), readFileSync(path, "utf8"));
    }
  };
  for (const workspace of ["shared", "server", "widget", "desktop", "e2e", "bench"]) walk(join(root, workspace));
  return files;
}

test("the house keeps its rules (ARCHITECTURE §3)", () => {
  expect(inspect(readRepository()).map(({ rule, path, message }) => `[${rule}] ${path}: ${message}`)).toEqual([]);
});

/** A small house in which everything is in order: two features, the second knows the first. */
const sound: Record<string, string> = {
  "shared/model/hours.ts": `export const open = 1;`,
  "shared/api/tasks.ts": `import { z } from "zod";\nimport { open } from "../model/hours.ts";\nexport const task = z.literal(open);`,
  "shared/client/client.ts": `import { io } from "socket.io-client";\nimport { task } from "../api/tasks.ts";\nexport { io, task };`,
  "server/core/work.ts": `export const work = (em: Em) => em.transactional(() => 1);\ninterface Em { transactional(run: () => number): number }`,
  "server/core/clock.ts": `export const now = () => new Date();`,
  "server/core/config.ts": `export const env = process.env;`,
  "server/accounts/README.md": "Accounts",
  "server/accounts/index.ts": `export { accounts } from "./feature.ts";`,
  "server/accounts/feature.ts": `import { work } from "../core/work.ts";\nexport const accounts = { work };`,
  "server/tasks/README.md": "Tasks",
  "server/tasks/index.ts": `export const tasks = 1;`,
  "server/tasks/create-task.ts": `import { accounts } from "../accounts/index.ts";\nimport { task } from "@switchboard/shared/api/tasks.ts";\nexport const create = [accounts, task];`,
  "server/features.ts": `import { accounts } from "./accounts/feature.ts";\nimport { tasks } from "./tasks/index.ts";\nexport const features = [accounts, tasks];`,
  "server/main.ts": `import { features } from "./features.ts";\nvoid features;`,
  "widget/chat/main.ts": `import { h } from "preact";\nimport type { task } from "@switchboard/shared/api/tasks.ts";\nimport { open } from "@switchboard/shared/model/hours.ts";\nvoid [h, open];\nexport type T = typeof task;`,
  "desktop/bridge/inbox.ts": `import { z } from "zod";\nexport const inbox = z.string();`,
  "desktop/core/sync/sync.ts": `import { inbox } from "../../bridge/inbox.ts";\nexport { inbox };`,
  "desktop/core/store/driver.ts": `import Database from "better-sqlite3";\nexport { Database };`,
  "desktop/renderer/inbox/inbox.tsx": `import { useState } from "react";\nimport type { inbox } from "../../bridge/inbox.ts";\nvoid useState;\nexport type I = typeof inbox;`,
  "desktop/main/main.ts": `import { app } from "electron";\nvoid app;`,
};

const house = (changes: Record<string, string>) => new Map(Object.entries({ ...sound, ...changes }));

test("a house in order has no violation", () => expect(inspect(house({}))).toEqual([]));

/** Each row is one planted mistake: where, what, and the rule that must find it. */
const planted: [what: string, path: string, source: string, rule: string][] = [
  ["shared needs Node", "shared/model/file.ts", `import { readFileSync } from "node:fs";`, "shared"],
  ["shared needs a framework", "shared/client/view.ts", `import React from "react";`, "shared"],
  ["model needs zod", "shared/model/plans.ts", `import { z } from "zod";`, "shared"],
  ["model knows the contracts", "shared/model/plans.ts", `import type { task } from "../api/tasks.ts";`, "shared"],
  ["shared knows the server", "shared/api/x.ts", `import { now } from "../../server/core/clock.ts";`, "shared"],
  ["only the client of shared opens sockets", "shared/sync/x.ts", `import { io } from "socket.io-client";`, "shared"],
  ["core knows a feature", "server/core/x.ts", `import { tasks } from "../tasks/index.ts";`, "core"],
  ["core knows the list of features", "server/core/x.ts", `import { features } from "../features.ts";`, "core"],
  ["core knows what is made for tests", "server/core/x.ts", `import { twin } from "../testing/twin.ts";`, "core"],
  ["a feature uses what is made for tests", "server/tasks/x.ts", `import { twin } from "../testing/twin.ts";`, "testing"],
  ["a feature looks behind another's index", "server/tasks/x.ts", `import { accounts } from "../accounts/feature.ts";`, "feature"],
  ["a feature knows one below it", "server/accounts/x.ts", `import { tasks } from "../tasks/index.ts";`, "feature"],
  ["a feature knows the type of one below it", "server/accounts/x.ts", `import type { tasks } from "../tasks/index.ts";`, "feature"],
  ["a feature loads one below it late", "server/accounts/x.ts", `export const late = () => import("../tasks/index.ts");`, "feature"],
  ["a feature knows the list of features", "server/tasks/x.ts", `export { features } from "../features.ts";`, "feature"],
  ["a folder of the server is no feature", "server/extras/index.ts", `export const x = 1;`, "feature"],
  ["an index gives everything away", "server/tasks/index.ts", `export * from "./create-task.ts";`, "feature"],
  ["the server knows the console", "server/main.ts", `import { inbox } from "../desktop/bridge/inbox.ts";`, "server"],
  ["the widget knows the server", "widget/chat/x.ts", `import { now } from "../../server/core/clock.ts";`, "widget"],
  ["the widget needs zod", "widget/chat/x.ts", `import { z } from "zod";`, "widget"],
  ["the widget takes a contract's value", "widget/chat/x.ts", `import { task } from "@switchboard/shared/api/tasks.ts";`, "widget"],
  ["the widget loads zod by a detour", "widget/chat/x.ts", `import { io } from "@switchboard/shared/client/client.ts";`, "widget"],
  ["a screen loads zod by a detour", "desktop/renderer/x.ts", `import { task } from "@switchboard/shared/api/tasks.ts";`, "desktop"],
  ["the widget is not preact", "widget/chat/x.ts", `import { useState } from "react";`, "widget"],
  ["the renderer knows core", "desktop/renderer/x.ts", `import { inbox } from "../core/sync/sync.ts";`, "desktop"],
  ["the renderer needs Node", "desktop/renderer/x.ts", `import { join } from "node:path";`, "desktop"],
  ["core needs Electron", "desktop/core/x.ts", `import { app } from "electron";`, "desktop"],
  ["core draws", "desktop/core/x.ts", `import { useState } from "react";`, "desktop"],
  ["host needs Electron", "desktop/host/x.ts", `import { app } from "electron";`, "desktop"],
  ["bridge knows core", "desktop/bridge/x.ts", `import { inbox } from "../core/sync/sync.ts";`, "desktop"],
  ["preload knows core", "desktop/preload/x.ts", `import { inbox } from "../core/sync/sync.ts";`, "desktop"],
  ["the console knows the server", "desktop/main/x.ts", `import { now } from "@switchboard/server/core/clock.ts";`, "desktop"],
  ["a second door to SQLite", "desktop/core/search/x.ts", `import Database from "better-sqlite3";`, "door"],
  ["a second door to mail", "server/tasks/x.ts", `import { createTransport } from "nodemailer";`, "door"],
  ["a second door to sockets", "server/tasks/x.ts", `import { Server } from "socket.io";`, "door"],
  ["a second door to the queue", "server/tasks/x.ts", `import { run } from "graphile-worker";`, "door"],
  ["a second door to the database", "server/tasks/x.ts", `import pg from "pg";`, "door"],
  ["a second door to other people's addresses", "server/tasks/x.ts", `import { request } from "node:https";`, "door"],
  ["the same with fetch", "server/tasks/x.ts", `export const get = (url: string) => fetch(url);`, "door"],
  ["a second door to Stripe", "server/tasks/x.ts", `import Stripe from "stripe";`, "door"],
  ["a second door to transactions", "server/tasks/x.ts", `export const x = (em: Em) => em.transactional(run);`, "door"],
  ["an entity manager of one's own", "server/tasks/x.ts", `export const x = (em: Em) => em.fork();`, "door"],
  ["a feature emits", "server/tasks/x.ts", `export const x = (io: Io) => io.to("room").emit("task", 1);`, "door"],
  ["a second reader of the environment", "server/tasks/x.ts", `export const port = process.env["PORT"];`, "door"],
  ["a program that picks from the environment", "server/main.ts", `export const port = process.env.PORT;`, "door"],
  ["production loads the demo", "server/main.ts", `import { people } from "./demo/people.ts";`, "testing"],
  ["a feature loads the factories of its tests", "server/tasks/x.ts", `import { makeTask } from "./make.ts";`, "testing"],
  ["the widget loads its own tools", "widget/chat/x.ts", `import { serve } from "../dev/server.ts";`, "testing"],
  ["a feature loads the demo", "server/tasks/x.ts", `import { people } from "../demo/people.ts";`, "testing"],
  ["the environment, hidden in a template", "server/main.ts", "export const url = `http://${process.env.HOST}`;", "door"],
  ["a second clock", "server/tasks/x.ts", `export const at = Date.now();`, "door"],
  ["the time without asking", "shared/model/x.ts", `export const at = new Date();`, "door"],
  ["the time without parentheses", "shared/model/x.ts", `export const at = new Date;`, "door"],
  ["the new way to the time", "desktop/renderer/x.ts", `export const at = Temporal.Now.instant();`, "door"],
  [
    "a value in a statement",
    "server/tasks/x.ts",
    "export const q = (id: string) => db.execute(`select * from task where id = '${id}'`);",
    "sql",
  ],
  ["a value in a statement made before", "server/tasks/x.ts", "const text = `\n  update task set title = ${title}`;", "sql"],
  ["a value in a statement by plus", "server/tasks/x.ts", `export const q = "delete from task where id = " + id;`, "sql"],
  ["a folder without a meaning", "server/tasks/utils/x.ts", `export const x = 1;`, "tree"],
  ["an import of a whole workspace", "server/main.ts", `import { task } from "@switchboard/shared";`, "workspace"],
  ["a test of one program that knows another", "widget/chat/x.test.ts", `import { inbox } from "../../desktop/bridge/inbox.ts";`, "widget"],
];

describe("finds a planted mistake", () => {
  test.each(planted)("%s", (_, path, source, rule) => {
    const found = inspect(house({ [path]: source })).filter((violation) => violation.rule === rule);
    expect(found.map((violation: Violation) => violation.path)).toContain(
      rule === "feature" && !path.endsWith("/x.ts") ? path.replace(/\/[^/]*$/, "") : path,
    );
  });

  test("a cycle of values, but not of types", () => {
    const cycle = (word: string) =>
      house({
        "shared/model/a.ts": `import { b } from "./b.ts";\nexport const a = b;`,
        "shared/model/b.ts": `import ${word} { a } from "./a.ts";\nexport const b = 1;`,
      });
    expect(inspect(cycle("")).map(({ rule, message }) => `${rule}: ${message}`)).toEqual([
      "cycle: shared/model/a.ts → shared/model/b.ts → shared/model/a.ts",
    ]);
    expect(inspect(cycle("type"))).toEqual([]);
  });

  test("a feature without a README", () => {
    const files = house({});
    files.delete("server/tasks/README.md");
    expect(inspect(files)).toEqual([{ rule: "feature", path: "server/tasks", message: "has no README.md with its words and states" }]);
  });
});

describe("leaves alone what only looks like a mistake", () => {
  test.each([
    ["words in a comment", "server/tasks/x.ts", `// never new Date() or process.env here\nexport const x = 1; /* import "pg" */`],
    ["words in a string", "server/tasks/x.ts", `export const x = "process.env and Date.now()";`],
    ["an import in a template", "server/tasks/x.ts", 'export const script = `\nimport pg from "pg";\n`;'],
    ["a date from a number", "server/tasks/x.ts", `export const x = new Date(0);`],
    [
      "a statement whose values stay apart",
      "server/tasks/x.ts",
      "export const q = (id: string) => sql`select * from task where id = ${id}`;",
    ],
    ["the same with a type", "server/tasks/x.ts", "export const q = (id: string) => sql<Row>`select * from task where id = ${id}`;"],
    ["a statement with text of ours", "server/tasks/x.ts", 'export const q = `select ${iso("row.at")} from task`;'],
    [
      "a trigger with names of ours",
      "server/tasks/entities.ts",
      "export const t = (name: string) => `insert into log values ('${name}')`;",
    ],
    ["a test factory with a socket", "server/tasks/make.ts", `export const say = (s: S) => s.emit("x");`],
    ["a tool of the widget", "widget/dev/server.ts", `import { createServer } from "node:http";\nexport { createServer };`],
    ["a statement without values", "server/tasks/x.ts", "export const q = `select 1 from task`;"],
    ["a sentence with a value", "server/tasks/x.ts", "export const q = (name: string) => `Select ${name} in the list`;"],
    ["a regular expression with quotes", "server/tasks/x.ts", "export const r = /[\"'`]/;\nexport const x = 1;"],
    ["a program that hands the environment on", "server/main.ts", `export const config = readConfig(process.env, { demo: false });`],
    ["npm start with demo data", "server/start.ts", `import { people } from "./demo/people.ts";\nvoid people;`],
    ["demo data that uses what tests use", "server/demo/people.ts", `import { mailbox } from "../testing/mailbox.ts";\nvoid mailbox;`],
    ["Electron's types", "desktop/core/x.ts", `import type { App } from "electron";\nexport type X = App;`],
    ["a test with a clock and a door of its own", "server/tasks/x.test.ts", `import pg from "pg";\nexport const at = Date.now();`],
  ])("%s", (_, path, source) => expect(inspect(house({ [path]: source }))).toEqual([]));
});

describe("the scanner", () => {
  test("reads every way to import", () => {
    const { imports } = scan(`import a from "a";
import type { B } from "b";
import { c,
  type C } from 'c';
export * from "d"; export type { E } from "e";
import "f";
const g = await import("g");
import type from "h";
import * as i from "i";`);
    expect(imports.map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? " type" : ""}`).toSorted()).toEqual(
      ["a", "b type", "c", "d", "e type", "f", "g", "h", "i"].toSorted(),
    );
  });

  test("keeps its way through nested templates, divisions and apostrophes in JSX", () => {
    const { bare, templates } = scan("const t = `a ${b + `c ${d / 2}`} e`; <p>Don't</p>;\nconst z = Date.now() / 2;");
    expect(templates.map(({ text }) => text)).toEqual(["a ${} e", "c ${}"]);
    expect(bare).toContain("Date.now() / 2");
  });

  test("reads the order of the features from their list, not from the imports", () => {
    const source = `import { tasks } from "./tasks/index.ts";\nimport { accounts } from "./accounts/feature.ts";\nexport const features: readonly Feature[] = [accounts, tasks];`;
    expect(featureOrder(source, [{ to: "server/tasks/index.ts" }, { to: "server/accounts/feature.ts" }])).toEqual(["accounts", "tasks"]);
  });
});
