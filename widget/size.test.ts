/** Covers SECURITY W-08. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measureWidget } from "./build/sizes.ts";

// Built for this test, so that neither a stale nor a missing `dist` decides.
const dist = mkdtempSync(join(tmpdir(), "widget-dist-"));
const read = (name: string) => readFileSync(join(dist, name), "utf8");
const scripts = () =>
  ["widget.js", ...readdirSync(join(dist, "chat/assets")).map((name) => `chat/assets/${name}`)].filter((name) => name.endsWith(".js"));

const run = promisify(execFile);
// By itself, as `npm run build` does: the test runner's own environment would make another build.
const build = fileURLToPath(new URL("build/build.ts", import.meta.url));
beforeAll(() => run(process.execPath, [build, dist], { env: { ...process.env, NODE_ENV: "production" } }), 60_000);
afterAll(() => rmSync(dist, { recursive: true }));

describe("the built widget", () => {
  it("costs a page at most 3 000 bytes before anybody clicks", () => {
    expect(measureWidget(dist).loader).toBeLessThanOrEqual(3_000);
  });

  it.each(["en", "th", "ja"] as const)("is open in %s for at most 33 000 bytes", (language) => {
    const { chat, files } = measureWidget(dist);
    expect(Object.keys(files).filter((name) => name.startsWith("assets/"))).toHaveLength(6);
    expect(chat[language]).toBeLessThanOrEqual(33_000);
  });

  it("fetches the socket and the sentences only when they are needed", () => {
    const entry = /assets\/chat-[\w-]+\.js/u.exec(read("chat/index.html"))?.[0] ?? "";
    expect(read(`chat/${entry}`)).not.toMatch(/^import|;import[^(]/u);
    expect(read(`chat/${entry}`)).toMatch(/import\(`\.\/socket-/u);
  });

  it("has names that say their content, so that they may be kept for ever", () => {
    for (const name of readdirSync(join(dist, "chat/assets"))) expect(name).toMatch(/^\w+-[\w-]{8,}\.(?:js|css)$/u);
    const { loader } = JSON.parse(read("manifest.json")) as { loader: { pinned: string; integrity: string } };
    expect(read(loader.pinned)).toBe(read("widget.js"));
    expect(loader.integrity).toBe(`sha384-${createHash("sha384").update(read("widget.js")).digest("base64")}`);
  });

  it("makes no markup from text, evaluates nothing, sets no cookie and brings no font", () => {
    for (const name of scripts()) {
      // Preact knows how to set markup when it is told to; nobody tells it.
      const code = read(name)
        .replaceAll("dangerouslySetInnerHTML", "")
        .replace(/\w+\.innerHTML=\w+\.__html/u, "");
      expect([name, /insertAdjacentHTML|outerHTML=|document\.write|srcdoc/u.test(code)]).toEqual([name, false]);
      expect([name, /\beval\(|new Function|document\.cookie/u.test(code)]).toEqual([name, false]);
    }
    for (const name of readdirSync(dist, { recursive: true, encoding: "utf8" })) expect(name).not.toMatch(/\.(?:woff2?|ttf|otf|map)$/u);
    expect(read("chat/index.html")).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son\w+=/u);
  });
});
