/** What README and `docs/` tell people to run and to open exists. What the links of the site answer is tested by `server/pages/docs`. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };

const underDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md"));
const pages = [...readdirSync(root).filter((name) => name.endsWith(".md")), ...underDocs.map((name) => `docs/${name}`)].map((file) => ({
  file,
  text: readFileSync(join(root, file), "utf8"),
}));

const wrong = (find: (page: { file: string; text: string }) => string[]) =>
  pages.flatMap((page) => find(page).map((what) => `${page.file}: ${what}`));

it("names only scripts that are there", () => {
  const named = (text: string) => [...text.matchAll(/\bnpm run ([a-z][\w:-]*)/g)].map(([, name = ""]) => name);
  expect(pages.flatMap(({ text }) => named(text)).length).toBeGreaterThan(10);
  expect(wrong(({ text }) => named(text).filter((name) => !(name in scripts) && name !== "build"))).toEqual([]);
});

it("names only files that are there", () => {
  // What the handbook wants and nobody has built says so in its row.
  const built = (text: string) => text.replaceAll(/^.*not built yet.*$/gm, "");
  const programs = (text: string) => [...text.matchAll(/\bnode ((?:[\w-]+\/)+[\w.-]+\.(?:ts|mjs))/g)].map(([, path = ""]) => path);
  const quoted = (text: string) =>
    [...text.matchAll(/`((?:shared|server|widget|desktop|e2e|bench|docs|deploy|setup)\/[\w./-]+)`/g)].map(([, path = ""]) => path);
  expect(pages.flatMap(({ text }) => quoted(text)).length).toBeGreaterThan(20);
  // What a build makes is not there before it.
  const made = (path: string) => path.includes("/dist/") || path.endsWith("/dist") || path === "deploy/certificates/";
  expect(
    wrong(({ text }) => [...programs(built(text)), ...quoted(built(text))].filter((path) => !made(path) && !existsSync(join(root, path)))),
  ).toEqual([]);
});

it("links only to files that are there", () => {
  const links = (text: string) => [...text.matchAll(/\]\((?!https?:|mailto:|#|\/)([^)#\s]+)/g)].map(([, path = ""]) => path);
  expect(wrong(({ file, text }) => links(text).filter((path) => !existsSync(join(root, normalize(join(dirname(file), path))))))).toEqual(
    [],
  );
});

it("has in each room's README every folder of the room", () => {
  const made = new Set(["node_modules", "dist", "artefacts"]);
  const rooms = ["shared", "server", "widget", "desktop", "e2e", "bench"];
  const unnamed = rooms.flatMap((room) => {
    const text = readFileSync(join(root, room, "README.md"), "utf8");
    const folders = readdirSync(join(root, room), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !made.has(entry.name) ? [entry.name] : [],
    );
    expect(folders.length).toBeGreaterThan(0);
    return folders.filter((folder) => !text.includes(`\`${folder}/\``)).map((folder) => `${room}/${folder}`);
  });
  expect(unnamed).toEqual([]);
});

it("has in its README the figures of the last benchmarks, as they came out", () => {
  const figures = JSON.parse(readFileSync(join(root, "docs/proof/bench.json"), "utf8")) as {
    name: string;
    ratio: number;
    target: number;
    better: string;
    pass: boolean;
  }[];
  const readme = pages.find(({ file }) => file === "README.md")?.text ?? "";
  const rows = [...readme.matchAll(/^\| `([\w-]+)` \|.*\| ([\d.]+) \| ([≤≥]) ([\d.]+) \| (✓|not yet) \|$/gmu)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, name, ratio, sign, target, mark] of rows) {
    const figure = figures.find((one) => one.name === name);
    const expected = { ratio: figure?.ratio.toFixed(2), sign: figure?.better === "higher" ? "≥" : "≤", target: figure?.target };
    expect([name, { ratio, sign, target: Number(target) }, mark]).toEqual([name, expected, figure?.pass === true ? "✓" : "not yet"]);
  }
});
