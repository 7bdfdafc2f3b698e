/**
 * Builds what the server hands out: the loader as one classic script (also under a name with its own hash, for pages that pin it),
 * the chat with hashed files, the demo page. `manifest.json` says what is where and how the loader is pinned.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { languages } from "@switchboard/shared/i18n/languages.ts";
import { find, type Messages } from "@switchboard/shared/i18n/t.ts";
import { build, type InlineConfig } from "vite";
import { shopWords } from "../demo/words.ts";
import { inlineLimits, withoutUnused } from "./lean.ts";

const widget = fileURLToPath(new URL("..", import.meta.url));
const common: InlineConfig = { configFile: false, root: widget, logLevel: "warn", publicDir: false };
const target = ["chrome111", "firefox114", "safari16.4"];

const hashOf = (content: string | Buffer) => createHash("sha256").update(content).digest("hex").slice(0, 12);

/** The few words that are needed before the chat is opened, in every language. */
async function launcherWords(): Promise<string> {
  const words: Record<string, string[]> = {};
  for (const language of languages) {
    const file = JSON.parse(await readFile(join(widget, `../shared/i18n/widget/${language}.json`), "utf8")) as Messages; // checked by its own test
    words[language] = ["launcher.chat", "launcher.close"].map((key) => find(file, key) ?? key);
  }
  return JSON.stringify(words);
}

async function buildLoader(dist: string): Promise<{ file: string; pinned: string; integrity: string }> {
  await build({
    ...common,
    define: { __LAUNCHER_WORDS__: await launcherWords() },
    build: {
      target,
      outDir: dist,
      emptyOutDir: false,
      lib: { entry: "loader/main.ts", formats: ["iife"], name: "_", fileName: () => "widget.js" },
    },
  });
  const content = await readFile(join(dist, "widget.js"));
  const pinned = `pinned/widget-${hashOf(content)}.js`;
  await mkdir(join(dist, "pinned"));
  await writeFile(join(dist, pinned), content);
  return { file: "widget.js", pinned, integrity: `sha384-${createHash("sha384").update(content).digest("base64")}` };
}

async function buildChat(dist: string): Promise<void> {
  const outDir = join(dist, "chat");
  await build({
    ...common,
    root: join(widget, "chat"),
    plugins: [withoutUnused(), inlineLimits()],
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      target,
      outDir,
      emptyOutDir: true,
      // A library build keeps plain imports: no preload helper, and the page below is written by hand.
      lib: { entry: "main.tsx", formats: ["es"], cssFileName: "style" },
      rollupOptions: {
        // A library's file that gives us nothing does nothing we need.
        treeshake: { moduleSideEffects: (id) => !id.includes("node_modules") },
        // The comments that help a bundler help nobody in the browser.
        output: {
          entryFileNames: "assets/chat-[hash].js",
          chunkFileNames: "assets/[name]-[hash].js",
          minify: true,
          comments: { annotation: false },
        },
      },
      minify: false,
      cssMinify: true,
    },
  });
  const style = await readFile(join(outDir, "style.css"));
  const styleName = `assets/style-${hashOf(style)}.css`;
  await writeFile(join(outDir, styleName), style);
  await rm(join(outDir, "style.css"));
  const script = (await readdir(join(outDir, "assets"))).find((name) => name.startsWith("chat-")) ?? "";
  const page = await readFile(join(widget, "chat/index.html"), "utf8");
  await writeFile(join(outDir, "index.html"), page.replace("./style.css", styleName).replace("./main.tsx", `assets/${script}`));
}

/** One page a language, so that the widget can be seen to follow the page. */
async function buildDemo(dist: string): Promise<void> {
  const outDir = join(dist, "demo");
  await mkdir(outDir);
  await cp(join(widget, "demo/shop.css"), join(outDir, "shop.css"));
  const page = await readFile(join(widget, "demo/page.html"), "utf8");
  for (const language of languages) {
    const words: Record<string, string> = { language, ...shopWords[language] };
    const filled = page.replace(/\{\{(\w+)\}\}/gu, (_, name: string) => words[name] ?? "");
    await writeFile(join(outDir, language === "en" ? "index.html" : `${language}.html`), filled);
  }
}

export async function buildWidget(dist = join(widget, "dist")): Promise<void> {
  await rm(dist, { recursive: true, force: true });
  const loader = await buildLoader(dist);
  await buildChat(dist);
  await buildDemo(dist);
  await writeFile(join(dist, "manifest.json"), `${JSON.stringify({ loader }, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWidget(process.argv[2]);
