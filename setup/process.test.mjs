import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { runCaptured } from "./process.mjs";

// Three generations as in life: this test (npm), a parent that uses process.mjs (setup.mjs), and its child (the server).
const parentScript = (child, options = {}) => `
  import { runUntilStopped } from ${JSON.stringify(new URL("./process.mjs", import.meta.url).href)};
  const options = { cwd: "/", env: process.env, ...${JSON.stringify(options)} };
  console.log("parent ended with", await runUntilStopped(process.execPath, ["-e", ${JSON.stringify(child)}], options));`;

const polite = `
  process.on("SIGTERM", () => { console.log("child heard SIGTERM"); setTimeout(() => process.exit(0), 100); });
  process.once("disconnect", () => { console.log("child lost its parent"); process.exit(0); });
  setInterval(() => {}, 1000);
  console.log("child", process.pid);`;

async function startParent(child, options, env = process.env) {
  const parent = spawn(process.execPath, ["--input-type=module", "-e", parentScript(child, options)], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = [];
  const reader = createInterface({ input: parent.stdout });
  const closed = new Promise((done) => reader.once("close", done)); // when the last of the two has gone
  await new Promise((done) => {
    reader.on("line", (line) => {
      lines.push(line);
      done();
    });
  });
  return { parent, lines, closed };
}

test("passes a signal on exactly once and reports how the child ended", async () => {
  const { parent, lines, closed } = await startParent(polite);
  parent.kill("SIGTERM");
  parent.kill("SIGTERM");
  await closed;
  expect(lines.slice(1)).toEqual(["child heard SIGTERM", "parent ended with 0"]);
});

test("ends a child that does not listen", async () => {
  const { parent, lines, closed } = await startParent(
    `process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); console.log("child", process.pid);`,
    { patienceMs: 200 },
  );
  parent.kill("SIGTERM");
  await closed;
  expect(lines.slice(1)).toEqual(["parent ended with 130"]);
});

test("when the parent is killed hard, the child hears of it", async () => {
  const { parent, lines, closed } = await startParent(polite);
  parent.kill("SIGKILL");
  await closed;
  expect(lines.slice(1)).toEqual(["child lost its parent"]);
});

test.runIf(process.platform === "linux")("when npm above the parent and its shell is killed hard, everything stops", async () => {
  const parent = parentScript(polite, { parentWatchMs: 50 });
  // The second command keeps the shell from stepping aside for the first.
  const npm = `
    const { spawn } = require("node:child_process");
    const shell = '"$1" --input-type=module -e "$2"; true';
    spawn("/bin/sh", ["-c", shell, "sh", process.execPath, ${JSON.stringify(parent)}], { stdio: "inherit" });`;
  const env = { ...process.env, npm_lifecycle_event: "start" };
  const top = spawn(process.execPath, ["-e", npm], { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = [];
  const reader = createInterface({ input: top.stdout });
  const closed = new Promise((done) => reader.once("close", done));
  reader.on("line", (line) => {
    lines.push(line);
    if (line.startsWith("child ")) top.kill("SIGKILL");
  });
  await closed;
  expect(lines.slice(1)).toContain("child heard SIGTERM");
});

test("what a finished program left behind does not hold us up", async () => {
  const leaver = `require("node:child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }); process.exit(0);`;
  expect(await runCaptured(process.execPath, ["-e", leaver], { env: process.env, sweepMs: 100 })).toMatchObject({ code: 0 });
});
