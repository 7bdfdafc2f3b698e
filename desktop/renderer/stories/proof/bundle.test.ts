/** PERFORMANCE B15: what the console loads before it shows anything, what it can ever load, and that the stories are in neither. */
import { build, type Rolldown } from "vite";
import { expect, it } from "vitest";

/** Docs: decisions/013. The first is the handbook's bound; the second only says when something large has come in. */
const mostAtStart = 500_000;
const mostAltogether = 600_000;

async function zipped(content: string | Uint8Array): Promise<number> {
  const stream = new Blob([content as BlobPart]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** The entry, what it imports before it runs, and their sheets. */
function atStart(files: ReadonlyMap<string, Rolldown.OutputChunk | Rolldown.OutputAsset>): Set<string> {
  const found = new Set<string>();
  const add = (name: string) => {
    const file = files.get(name);
    if (found.has(name) || file?.type !== "chunk") return;
    found.add(name);
    for (const sheet of file.viteMetadata?.importedCss ?? []) found.add(sheet);
    file.imports.forEach(add);
  };
  for (const file of files.values()) if (file.type === "chunk" && file.isEntry) add(file.fileName);
  return found;
}

it("starts with at most 500 kB, zipped, in any language, and without the stories", { timeout: 120_000 }, async () => {
  const configFile = decodeURIComponent(new URL("../../../vite.config.ts", import.meta.url).pathname);
  const before = process.env["NODE_ENV"];
  // As it is shipped: Vite and the JSX transform go by this, not by the mode.
  process.env["NODE_ENV"] = "production";
  const built = await build({ configFile, mode: "production", logLevel: "error", build: { write: false } }).finally(() => {
    process.env["NODE_ENV"] = before;
  });
  if (!("output" in built)) throw new Error("not one bundle");
  const files = new Map(built.output.map((file) => [file.fileName, file]));
  const sizes = new Map<string, number>();
  for (const [name, file] of files) {
    const content = file.type === "chunk" ? file.code : file.source;
    sizes.set(name, await zipped(content));
    expect(String(content)).not.toContain("fakeCore");
  }
  const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
  const language = Math.max(...[...sizes].map(([name, size]) => (/\/(?:th|ja)-/.test(name) ? size : 0)));
  expect(language).toBeGreaterThan(10_000);
  const start = sum(atStart(files)) + language;
  expect(start).toBeGreaterThan(100_000);
  expect(start).toBeLessThanOrEqual(mostAtStart);
  expect(sum(sizes.keys())).toBeLessThanOrEqual(mostAltogether);
});
