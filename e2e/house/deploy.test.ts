/** What stands in `deploy/` names only what exists; that the image builds and starts is `npm run image-check`. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { settings } from "@switchboard/server/core/config.ts";
import { describe, expect, it } from "vitest";
import { parseDockerfile } from "../deploy/dockerfile.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const isSetting = (name: string) =>
  name in settings || (name.endsWith("_FILE") && "secret" in (settings[name.slice(0, -5) as keyof typeof settings] ?? {}));

describe("the image", () => {
  const stages = parseDockerfile(read("deploy/Dockerfile"));

  it("copies what is there, from the repository or from an earlier stage", () => {
    for (const [index, { steps }] of stages.entries())
      for (const { from, sources } of steps.filter(({ kind }) => kind === "COPY"))
        if (from === undefined) expect(sources.filter((source) => !existsSync(join(root, source)))).toEqual([]);
        else expect(stages.slice(0, index).map(({ name }) => name)).toContain(from);
  });

  it("runs as nobody special, on the Node of this project, with no script of a package run while it is built", () => {
    const last = stages.at(-1);
    expect(last?.user).toBe("node");
    expect(last?.cmd.slice(0, 2)).toEqual(["node", "server/main.ts"]);
    expect(new Set(stages.map(({ base }) => base)).size).toBe(1);
    for (const { command } of stages.flatMap(({ steps }) => steps))
      if (command.includes("npm ci")) expect(command).toContain("--ignore-scripts");
  });

  it("refuses a Dockerfile that it would not understand", () => {
    expect(() => parseDockerfile("FROM node\nVOLUME /data")).toThrow(/VOLUME/);
  });
});

describe("the compose file", () => {
  const compose = read("deploy/compose.yaml");

  it("sets only what the server reads", () => {
    const ours =
      compose.slice(0, compose.indexOf("  postgres:")) + compose.slice(compose.indexOf("  prepare:"), compose.indexOf("  nginx:"));
    const named = [...ours.matchAll(/^\s+([A-Z][A-Z_]+):/gm)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !isSetting(name))).toEqual([]);
  });

  it("asks for the secrets that the script makes, each readable only through its folder", () => {
    const folder = mkdtempSync(join(tmpdir(), "switchboard-secrets-"));
    try {
      cpSync(join(root, "deploy", "make-secrets.sh"), join(folder, "make-secrets.sh"));
      const make = () => execFileSync("bash", [join(folder, "make-secrets.sh")], { encoding: "utf8" });
      expect(make()).not.toContain("kept");
      const first = readFileSync(join(folder, "secrets", "token_secret"), "utf8");
      expect(first).toMatch(/^[0-9a-f]{64}$/);
      expect(make()).not.toContain("written");
      expect(readFileSync(join(folder, "secrets", "token_secret"), "utf8")).toBe(first);
      const asked = [...compose.matchAll(/file: secrets\/(\w+)/g)].map(([, name = ""]) => name);
      expect(readdirSync(join(folder, "secrets")).toSorted()).toEqual(asked.toSorted());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

it("systemd starts what is there", () => {
  for (const name of readdirSync(join(root, "deploy/systemd"))) {
    const [, file = "", role] = /^ExecStart=\/usr\/bin\/node (\S+) (\w+)$/m.exec(read(`deploy/systemd/${name}`)) ?? [];
    expect([name, existsSync(join(root, file)), role]).toEqual([name, true, name.replace(/^switchboard-(\w+)\.service$/, "$1")]);
  }
});
