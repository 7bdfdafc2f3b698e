/** Once for all proofs: the stories, built, and served under the CSP of the real hosts. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    stories: string;
  }
}

/** SECURITY D-02. */
const csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' att: data:; font-src 'self'; connect-src 'none'";

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const configFile = decodeURIComponent(new URL("../../../vite.config.ts", import.meta.url).pathname);
  const outDir = mkdtempSync(join(tmpdir(), "switchboard-stories-"));
  const shared = { configFile, mode: "stories", logLevel: "error" } as const;
  await build({ ...shared, build: { outDir, emptyOutDir: true } });
  const server = await preview({
    ...shared,
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0, headers: { "content-security-policy": csp } },
  });
  project.provide("stories", `${server.resolvedUrls?.local[0] ?? ""}stories.html`);
  return async () => {
    await new Promise((resolve) => server.httpServer.close(resolve));
    rmSync(outDir, { recursive: true, force: true });
  };
}
