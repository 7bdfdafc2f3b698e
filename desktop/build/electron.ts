/**
 * Bundles what runs beside the page: main, the preload (one CommonJS file, because it is sandboxed), and the core with its checking
 * thread. Everything is bundled but Electron itself and the one native module.
 */
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rolldown } from "vite";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const external = ["electron", "better-sqlite3", ...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

interface Bundle {
  name: string;
  entry: Record<string, string>;
  format: "es" | "cjs";
}

const bundles: readonly Bundle[] = [
  { name: "main", entry: { main: here("main/main.ts") }, format: "es" },
  { name: "preload", entry: { preload: here("preload/preload.ts") }, format: "cjs" },
  { name: "core", entry: { core: here("main/core-entry.ts"), "check-driver": here("core/store/check-driver.ts") }, format: "es" },
];

export async function bundleElectron(outDir = here("dist"), plugins: () => Plugin[] = () => []): Promise<void> {
  for (const { name, entry, format } of bundles) {
    const output: Rolldown.OutputOptions = {
      entryFileNames: `[name].${format === "cjs" ? "cjs" : "js"}`,
      chunkFileNames: "[name].js",
      format,
    };
    await build({
      configFile: false,
      logLevel: "warn",
      plugins: plugins(),
      ssr: { noExternal: true, external: ["electron", "better-sqlite3"] },
      build: {
        ssr: true,
        outDir: `${outDir}/${name}`,
        emptyOutDir: true,
        target: "node24",
        minify: false,
        rolldownOptions: { input: entry, external, output },
      },
    });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleElectron();
