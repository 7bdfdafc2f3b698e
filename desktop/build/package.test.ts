/** Covers SECURITY D-07. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { extractAll, listPackage } from "@electron/asar";
import { FuseState, FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleAll, packageFolder, stubElectron } from "./package.ts";

const limit = 240_000;

describe("the packaged console, over a stub Electron", () => {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-package-"));
  let program: string;
  let files: string[];

  beforeAll(async () => {
    await bundleAll();
    program = await packageFolder(join(folder, "out"), await stubElectron(folder));
    files = listPackage(join(program, "resources", "app.asar"), { isPack: false }).map((path) => path.replaceAll("\\", "/"));
  }, limit);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("holds bundles, one native file, and nothing else", () => {
    expect(files.filter((path) => path.endsWith(".node"))).toEqual([
      `/node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`,
    ]);
    const strangers = files.filter((path) => !/^\/(assets|dist|node_modules\/better-sqlite3|node_modules$|package\.json$)/.test(path));
    expect(strangers).toEqual([]);
    expect(files.filter((path) => /\.(ts|tsx|map)$|\.test\.|\/stories|\/src\//.test(path))).toEqual([]);
    for (const needed of ["/dist/main/main.js", "/dist/preload/preload.cjs", "/dist/core/core.js", "/dist/renderer/index.html"])
      expect(files).toContain(needed);
  });

  it("says under which licence it comes, and whose work is in it", () => {
    expect(readFileSync(join(program, "LICENSE.txt"), "utf8")).toContain("Apache License");
    const others = readFileSync(join(program, "licences.txt"), "utf8");
    for (const name of ["better-sqlite3", "react", "react-dom", "zod", "socket.io-client", "@tanstack/react-query"])
      expect(others).toMatch(new RegExp(`^${name} \\d+\\.`, "mu"));
    expect(others.match(/^(?:The )?MIT Licen[cs]e|Permission is hereby granted/gmu)?.length).toBeGreaterThan(10);
  });

  it("switches off what would let somebody else run as us", async () => {
    const wire = await getCurrentFuseWire(join(program, "switchboard"));
    const states = (option: FuseV1Options) => wire[option as unknown as keyof typeof wire];
    for (const off of [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ])
      expect(states(off)).toBe(FuseState.DISABLE);
    for (const on of [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ])
      expect(states(on)).toBe(FuseState.ENABLE);
  });

  it("has a core that starts from the archive, opens its database and answers a page", () => {
    const unpacked = join(folder, "unpacked");
    extractAll(join(program, "resources", "app.asar"), unpacked);
    const script = join(folder, "start.mjs");
    const core = JSON.stringify(join(unpacked, "dist", "core", "core.js"));
    // What Electron's main process is to it: a channel, a keyring that holds nothing, and one page.
    writeFileSync(
      script,
      `import { createRequire } from "node:module";
import { MessageChannel } from "node:worker_threads";
const Database = createRequire(${core})("better-sqlite3");
console.log("sqlite", new Database(":memory:").prepare("select sqlite_version() as v").get().v);
const listeners = [];
const tell = (data, ports = []) => listeners.forEach((run) => run({ data, ports }));
process.parentPort = {
  postMessage(message) {
    if (message.t === "readSecret") tell({ t: "secret", call: message.call, secret: null });
  },
  on: (event, run) => listeners.push(run),
};
process.argv.splice(2, process.argv.length, ${JSON.stringify(join(folder, "data"))}, "memory", "0.1.0");
await import(${core});
const { port1, port2 } = new MessageChannel();
const asked = ["shell.facts", "session.state"];
const answers = new Map();
port2.on("message", ({ t, values = [] }) => {
  if (t !== "values" || answers.size === asked.length) return;
  for (const { id, value } of values) answers.set(id, value);
  if (answers.size < asked.length) return;
  console.log(JSON.stringify(asked.map((name, index) => [name, answers.get(index)])));
  tell({ t: "stop" });
});
tell({ t: "connect", window: 1 }, [port1]);
asked.forEach((name, id) => port2.postMessage({ t: "subscribe", id, name, input: {} }));
`,
    );
    // It ends by itself, with its files closed, because it was told to.
    const [sqlite = "", answers = ""] = execFileSync(process.execPath, [script], { encoding: "utf8", timeout: 30_000 }).split("\n");
    expect(sqlite).toMatch(/^sqlite \d+\.\d+/);
    expect(JSON.parse(answers)).toMatchObject([
      ["shell.facts", { host: "electron", version: "0.1.0" }],
      ["session.state", { state: "signed-out", remembered: "memory" }],
    ]);
  });
});
