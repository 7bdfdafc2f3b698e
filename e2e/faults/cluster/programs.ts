/** nginx and Redis of the system; on Debian as root they are installed, as `setup/browser.mjs` does for Chromium. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const wanted = { nginx: "nginx-light", "redis-server": "redis-server" } as const;
type Program = keyof typeof wanted;
const folders = ["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

function find(name: Program, path: string): string | undefined {
  return [...path.split(delimiter), ...folders].map((folder) => join(folder, name)).find((file) => existsSync(file));
}

/** Where they are, or a sentence that says what is missing and how to get it. */
export function bringPrograms(env: NodeJS.ProcessEnv): Record<Program, string> | string {
  const names = Object.keys(wanted) as Program[];
  const missing = () => names.filter((name) => find(name, env["PATH"] ?? "") === undefined);
  const mayInstall = process.getuid?.() === 0 && existsSync("/etc/debian_version");
  if (missing().length > 0 && mayInstall) {
    const options = { env: { ...env, DEBIAN_FRONTEND: "noninteractive" }, stdio: "ignore" } as const;
    const packages = missing().map((name) => wanted[name]);
    spawnSync("apt-get", ["update", "-qq"], options);
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], options);
  }
  const [nginx, redis] = names.map((name) => find(name, env["PATH"] ?? ""));
  if (nginx === undefined || redis === undefined)
    return `it needs ${missing().join(" and ")} (Debian, Ubuntu: sudo apt-get install nginx redis-server; macOS: brew install nginx redis)`;
  return { nginx, "redis-server": redis };
}
