/**
 * Packages the console. `node desktop/build/package.ts` makes installers; with `--dir` over a stub Electron (tests, machines without the
 * binary) it makes the unpacked program only, so that what goes into the archive can be listed and the packaged core started.
 */
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createPackage } from "@electron/asar";
import { build, Platform } from "electron-builder";
import { build as bundlePage } from "vite";
import { bundleElectron } from "./electron.ts";
import { collectLicences } from "./licences.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const electronVersion = "45.3.4";

export async function bundleAll(): Promise<void> {
  const licences = collectLicences();
  const plugins = () => [licences.plugin()];
  const configFile = join(root, "desktop", "vite.config.ts");
  await bundlePage({ root: join(root, "desktop", "renderer"), configFile, logLevel: "warn", plugins: plugins() });
  await bundleElectron(undefined, plugins);
  licences.add(join(root, "node_modules", "better-sqlite3"));
  writeFileSync(join(root, "desktop", "dist", "licences.txt"), licences.text());
}

/** Enough of an Electron for electron-builder: a program, its version, an empty archive, and the fuses' sentinel so that flips can be read back. */
export async function stubElectron(folder: string): Promise<string> {
  const empty = join(folder, "empty");
  const dist = join(folder, "electron");
  mkdirSync(join(dist, "resources"), { recursive: true });
  mkdirSync(empty, { recursive: true });
  writeFileSync(join(empty, "package.json"), "{}");
  const sentinel = Buffer.from("dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX");
  const fuses = 8;
  writeFileSync(join(dist, "electron"), Buffer.concat([sentinel, Buffer.from([1, fuses]), Buffer.alloc(fuses, "0")]), { mode: 0o755 });
  writeFileSync(join(dist, "version"), electronVersion);
  writeFileSync(join(dist, "LICENSE"), "");
  await createPackage(empty, join(dist, "resources", "default_app.asar"));
  return dist;
}

/** Electron comes on first use; a machine that only packages may never have fetched it. */
const hasElectron = (): boolean => existsSync(join(root, "node_modules", "electron", "dist", "version"));

/** The folder of the unpacked program. */
export async function packageFolder(output: string, electronDist?: string): Promise<string> {
  await build({
    projectDir: root,
    targets: Platform.current().createTarget("dir"),
    publish: "never",
    config: {
      extends: join(root, "electron-builder.yml"),
      directories: { app: "desktop", output, buildResources: "desktop/assets" },
      electronVersion,
      ...(electronDist === undefined ? {} : { electronDist }),
    },
  });
  return join(output, process.platform === "linux" ? "linux-unpacked" : process.platform === "win32" ? "win-unpacked" : "mac");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await bundleAll();
  const installers = join(root, "desktop", "dist", "installers");
  if (process.argv.includes("--dir")) {
    const stub = hasElectron() ? undefined : await stubElectron(mkdtempSync(join(tmpdir(), "switchboard-electron-")));
    if (stub !== undefined)
      process.stdout.write("No Electron on this machine: packaged over a stub. The archive is the real one, the program does not start.\n");
    process.stdout.write(`${await packageFolder(installers, stub)}\n`);
  } else await build({ projectDir: root, config: join(root, "electron-builder.yml"), publish: "never" });
}
