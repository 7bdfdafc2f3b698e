/** The documentation as it is served, and what it tells people to run. */
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityApi } from "../../../shared/api/contacts.ts";
import { visitApi } from "../../../shared/api/visit.ts";
import { enterAs, makeTenant } from "../../accounts/make.ts";
import { pageOn } from "../../conversations/make.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { addressOf, docsFolder, readSite, slug } from "./site.ts";

const site = readSite();
let world: World;
beforeAll(async () => {
  world = await createWorld({ realTime: true });
});
afterAll(() => world.stop());

describe("the site", () => {
  it("shows every page under the strict policy, and lists each in the contents", async () => {
    const listed = new Set(site.contents.flatMap(({ pages }) => pages.map(({ path }) => path)));
    for (const { path, title } of site.pages.values()) {
      const answer = await fetch(`${world.url}/docs/${path}`);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.headers.get("content-security-policy")).toContain("script-src 'self'");
      expect(await answer.text()).toContain("<main");
      expect(title).not.toBe("");
      if (path !== "" && !path.startsWith("decisions/") && !path.startsWith("proof/")) expect(listed).toContain(`/docs/${path}`);
    }
    expect(await (await fetch(`${world.url}/docs/api`)).text()).toContain('href="/docs/"');
    expect((await fetch(`${world.url}/docs/nothing-here`)).status).toBe(404);
    expect((await fetch(`${world.url}/docs/..%2fpackage.json`)).status).toBe(404);
    expect((await fetch(`${world.url}/docs/pictures/..%2f..%2fREADME.md`)).status).toBe(404);
  });

  it("leads nowhere that does not answer", async () => {
    const seen = new Set<string>();
    for (const { markup } of site.pages.values()) for (const [, href = ""] of markup.matchAll(/(?:href|src)="([^"]+)"/g)) seen.add(href);
    const own = [...seen].filter((href) => href.startsWith("/"));
    expect(own.length).toBeGreaterThan(20);
    for (const href of own) expect([href, (await fetch(world.url + href)).status]).toEqual([href, 200]);
    for (const { markup, path } of site.pages.values())
      for (const [, id = ""] of markup.matchAll(/href="#([^"]+)"/g)) expect([path, markup.includes(`id="${id}"`)]).toEqual([path, true]);
  });

  it("gives the search every page's words", async () => {
    const pages = (await (await fetch(`${world.url}/docs/search.json`)).json()) as { path: string; text: string }[];
    expect(pages.find(({ path }) => path === "deployment")?.text).toContain("prepare-database");
  });

  it("has no markup of its own from a document", () => {
    const page = readSite(docsFolder).pages.get("widget");
    expect(page?.markup).toContain("&lt;script src=");
    expect(page?.markup).not.toContain("<script");
  });

  it("follows links between files, and none out of the folder", () => {
    expect(addressOf("scale.md#steps", "deployment.md")).toBe("/docs/scale#steps");
    expect(addressOf("../deployment.md", "decisions/001.md")).toBe("/docs/deployment");
    expect(addressOf("README.md", "x.md")).toBe("/docs/");
    expect(addressOf("../server/main.ts", "x.md")).toBeUndefined();
    expect(addressOf("javascript:alert(1)", "x.md")).toBeUndefined();
    expect(slug("What it cannot do")).toBe("what-it-cannot-do");
  });
});

describe("the examples of identity verification", () => {
  const blocks = (language: string) =>
    [...readFileSync(join(docsFolder, "widget.md"), "utf8").matchAll(new RegExp("```" + language + "\\n([\\s\\S]*?)```", "g"))].map(
      ([, code = ""]) => code,
    );
  const [, node = ""] = blocks("js");
  const [python = ""] = blocks("python");
  const [php = ""] = blocks("php");
  const all = [
    { language: "Node", program: process.execPath, args: ["--input-type=module", "-e", node] },
    { language: "Python", program: "python3", args: ["-c", python] },
    { language: "PHP", program: "php", args: ["-r", php.replace("<?php", "")] },
  ];
  const here = all.filter(({ program }) => spawnSync(program, ["--version"]).status === 0);

  it(`make tokens that the server takes (on this machine: ${here.map(({ language }) => language).join(", ")})`, async () => {
    const tenant = await makeTenant(world.core, { site: "bluebay.example" });
    const { secret } = await world.api((await enterAs(world.core, tenant.admin)).token).call(identityApi.makeSecret);
    const start = (identity: string) =>
      world.api().call(visitApi.start, { body: { tenant: tenant.slug, identity, page: pageOn("bluebay.example") } });
    for (const { language, program, args } of here) {
      const env = { PATH: process.env["PATH"], WIDGET_SECRET: secret, WIDGET_KEY: tenant.slug };
      const identity = execFileSync(program, args, { encoding: "utf8", env }).trim();
      expect([language, (await start(identity)).visitor]).toMatchObject([language, { name: "Ada", verified: true }]);
      await expect(start(`${identity.slice(0, -2)}AA`)).rejects.toThrow(/unauthenticated/);
    }
    expect(here.length).toBeGreaterThan(0);
  });
});
