/** Which Node runs the product. 24 is the target, 22.18 the floor; an older system gets Node 24 from the packages. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SetupError } from "./progress.mjs";

/** Node 23 never got the type stripping that we rely on without a flag for long enough; it is out of support. */
export function isGoodNode(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/** Where the packages may have put Node 24 for this system. */
export function bundledNodes(root, platform = process.platform, arch = process.arch) {
  const modules = join(root, "node_modules");
  const system = platform === "win32" ? "win" : platform;
  const file = platform === "win32" ? "node.exe" : "node";
  return [
    join(modules, `node-${system}-${arch}`, "bin", file),
    join(modules, `node-bin-${system}-${arch}`, "bin", file),
    join(modules, ".bin", file),
  ];
}

function versionOf(node) {
  try {
    return execFileSync(node, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  } catch {
    return ""; // built for another system, for example musl
  }
}

export function chooseNode(root, current = { version: process.version, path: process.execPath }) {
  if (isGoodNode(current.version)) return current.path;
  const found = bundledNodes(root).find((path) => existsSync(path) && isGoodNode(versionOf(path)));
  if (found !== undefined) return found;
  throw new SetupError(
    `Switchboard needs Node 22.18 or 24, this is ${current.version}, and there is no package of Node 24 for ${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and run this again.`,
  );
}

export function describeNode(path) {
  return path === process.execPath ? process.version : `${versionOf(path)} from the packages, because the system's is ${process.version}`;
}
