/**
 * The preview for the console as one file without any other: it runs in a frame without an origin, from which nothing can be fetched. Its
 * policy allows the one script and the one sheet that are in it, by their hashes.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Rollup } from "vite";
import { inlineLimits, withoutUnused } from "./lean.ts";

const widget = fileURLToPath(new URL("..", import.meta.url));

const hashOf = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

export async function buildPreview(): Promise<string> {
  const built = (await build({
    configFile: false,
    root: join(widget, "preview"),
    logLevel: "warn",
    publicDir: false,
    plugins: [withoutUnused(), inlineLimits()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    build: {
      write: false,
      target: ["chrome111", "firefox114", "safari16.4"],
      lib: { entry: "main.tsx", formats: ["es"], cssFileName: "style" },
      rollupOptions: {
        treeshake: { moduleSideEffects: (id) => !id.includes("node_modules") },
        output: { codeSplitting: false, minify: true },
      },
      minify: false,
      cssMinify: true,
    },
  })) as Rollup.RollupOutput[]; // a library in one format: a list of one
  const files = built.flatMap(({ output }) => output);
  const chunks = files.flatMap((file) => (file.type === "chunk" ? [file.code] : []));
  if (chunks.length !== 1) throw new Error(`The preview must be one script, not ${chunks.length}.`);
  const style = files
    .map((file) => (file.type === "asset" && file.fileName.endsWith(".css") ? String(file.source) : ""))
    .join("")
    .trim();
  // Inside a page a script ends where it says so, also in the middle of a text.
  const script = `${chunks[0]?.replaceAll("</script", "<\\/script")}`.trim();
  const policy = `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = await readFile(join(widget, "preview/index.html"), "utf8");
  const parts: Readonly<Record<string, string>> = { POLICY: policy, STYLE: style, SCRIPT: script };
  return page.replaceAll(/__(POLICY|STYLE|SCRIPT)__/gu, (_, name: string) => parts[name] ?? "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await buildPreview());
