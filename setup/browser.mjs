/** The Chromium of the journeys: the system's own, or on Debian as root a freshly installed one. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { lastLines } from "./packages.mjs";
import { runCaptured } from "./process.mjs";
import { SetupError } from "./progress.mjs";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
];

/** CHROMIUM_PATH wins; when it is set but wrong, that is said instead of silently taking another. */
export function findChromium(env = process.env, executable = isExecutable) {
  if (env.CHROMIUM_PATH) {
    if (executable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH;
    throw new SetupError(`CHROMIUM_PATH is ${env.CHROMIUM_PATH}, and there is no program there. Correct it or unset it.`);
  }
  const folders = [...(env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"].filter(Boolean);
  const candidates = [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...applications];
  return candidates.find(executable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What may differ between machines; a test brings its own. */
const thisMachine = {
  find: findChromium,
  mayInstall: () => process.getuid?.() === 0 && existsSync("/etc/debian_version") && isExecutable("/usr/bin/apt-get"),
  missingFonts,
  install: aptInstall,
};

export async function bringChromium(progress, env, machine = thisMachine) {
  const found = machine.find(env);
  const mayInstall = machine.mayInstall();
  if (found === undefined && !mayInstall)
    throw new SetupError(
      "The journeys need Chromium and there is none. Install it (Debian, Ubuntu: sudo apt-get install chromium; macOS: brew install --cask chromium), or set CHROMIUM_PATH to a Chrome or Chromium, and run this again.",
    );
  const wanted = [...(found === undefined ? ["chromium"] : []), ...(mayInstall ? machine.missingFonts() : [])];
  if (wanted.length > 0)
    await progress.step(`Installs ${wanted.join(", ")} (apt-get)`, () => machine.install(wanted, found === undefined), { slow: true });
  const chromium = found ?? machine.find(env);
  if (chromium === undefined) throw new SetupError("Chromium was installed but is not found: set CHROMIUM_PATH to it.");
  return chromium;
}

/** Without them Thai and Japanese are empty boxes on every screenshot. */
function missingFonts() {
  const covers = (language) => spawnSync("fc-list", [`:lang=${language}`], { encoding: "utf8" }).stdout?.trim();
  return [...(covers("th") ? [] : ["fonts-noto-core"]), ...(covers("ja") ? [] : ["fonts-noto-cjk"])];
}

async function aptInstall(packages, required) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  // A fresh machine has no package lists at all.
  await runCaptured("apt-get", ["update", "-qq", "-o", "Acquire::Retries=3"], { env });
  const args = ["install", "-y", "-qq", "--no-install-recommends", "-o", "Acquire::Retries=3", ...packages];
  const result = await runCaptured("apt-get", args, { env });
  if (result.code !== 0 && required)
    throw new SetupError(
      `apt-get could not install ${packages.join(", ")}; install them by hand or set CHROMIUM_PATH:\n${lastLines(result.output, 15)}`,
    );
}
