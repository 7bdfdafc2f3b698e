/** Every `http` example in `docs/` is sent to a real server, in the order of its page: a document that is not true is a failing test. */
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, makeTenant } from "../accounts/make.ts";
import { createWorld, type World } from "./world.ts";

const folder = new URL("../../docs/", import.meta.url);

interface Example {
  method: string;
  path: string;
  body: string;
}

function examplesIn(text: string): Example[] {
  return [...text.matchAll(/^```http\n(?<method>[A-Z]+) (?<path>\S+)\n(?<body>[^`]*)^```$/gmu)].map(({ groups }) => ({
    method: groups?.["method"] ?? "",
    path: groups?.["path"] ?? "",
    body: (groups?.["body"] ?? "").trim(),
  }));
}

const pages = readdirSync(folder)
  .filter((name) => name.endsWith(".md"))
  .map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }))
  .filter(({ text }) => text.includes("```http"));

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it("finds the examples of a page, and each that is fenced", () => {
  expect(pages.length).toBeGreaterThan(0);
  for (const { text } of pages) expect(examplesIn(text)).toHaveLength(text.split("```http").length - 1);
});

describe.each(pages)("$name", ({ text }) => {
  it("has only examples that a server answers as told", async () => {
    const tenant = await makeTenant(world.core);
    const { token } = await enterAs(world.core, tenant.admin);
    const answers: string[] = [];
    for (const { method, path, body } of examplesIn(text)) {
      const response = await fetch(world.url + path, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === "" ? {} : { "content-type": "application/json" }) },
        ...(body === "" ? {} : { body }),
      });
      answers.push(`${method} ${path} ${response.ok ? "ok" : `${response.status} ${await response.text()}`}`);
      if (response.ok && method === "GET")
        expect(((await response.json()) as { items: unknown[] }).items.length, `${path} shows what the page made`).toBeGreaterThan(0);
    }
    expect(answers.filter((answer) => !answer.endsWith(" ok"))).toEqual([]);
  });
});
