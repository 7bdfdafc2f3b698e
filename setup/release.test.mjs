import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fits, licenceOf, listLicences } from "./licences.mjs";
import { objection, withVersion } from "./release.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

describe("a release", () => {
  const ready = { version: "0.2.0", current: "0.1.9", changelog: "# Changelog\n\n## 0.2.0\n\nNew.", changed: "" };

  it("needs a newer version, its changelog, and a clean tree", () => {
    expect(objection(ready)).toBeUndefined();
    expect(objection({ ...ready, version: "v2" })).toMatch(/like 1\.2\.3/);
    expect(objection({ ...ready, version: "0.1.10", changelog: "\n## 0.1.10\n" })).toBeUndefined();
    for (const version of ["0.1.9", "0.0.10"]) expect(objection({ ...ready, version })).toMatch(/not newer/);
    expect(objection({ ...ready, changelog: "" })).toMatch(/no section/);
    expect(objection({ ...ready, changed: " M README.md" })).toMatch(/not committed/);
  });

  it("changes the version of our own packages and of nothing else", () => {
    const lock = readFileSync(`${root}package-lock.json`, "utf8");
    const before = JSON.parse(lock).packages;
    const after = JSON.parse(withVersion(lock, "9.9.9")).packages;
    for (const [path, one] of Object.entries(after)) {
      if (one.name === "switchboard" || one.name?.startsWith("@switchboard/")) expect([path, one.version]).toEqual([path, "9.9.9"]);
      else expect([path, one.version]).toEqual([path, before[path].version]);
    }
    expect(after.server.dependencies["@switchboard/shared"]).toBe("9.9.9");
  });
});

describe("licences", () => {
  it("of everything that is installed fit", () => {
    const list = listLicences(root);
    expect(list.length).toBeGreaterThan(300);
    expect(list.filter((one) => !one.fits)).toEqual([]);
  });

  it("are refused when they do not", () => {
    expect(fits("(GPL-3.0 OR MIT)")).toBe(true);
    expect(fits("GPL-3.0 AND MIT")).toBe(false);
    expect([fits("MPL-2.0"), fits("MPL-2.0", true)]).toEqual([false, true]);
    expect(fits(licenceOf({}))).toBe(false);
  });
});
