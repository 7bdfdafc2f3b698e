/**
 * node setup/complete-lockfile.mjs    after every change of the dependencies
 *
 * Binaries for other systems are optional packages. When a registry does not carry one of them, npm leaves it out of the
 * lockfile without a word, and from then on `npm ci` refuses the lockfile as incomplete, on every machine. This puts the
 * missing ones in: name and version as their parent asks for exactly, and the system as their name says, so that npm skips
 * them elsewhere. They carry no checksum, because nobody here has seen them; npm adds it where it installs one.
 */
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const systems = { win32: "win32", win: "win32", windows: "win32", linuxmusl: "linux" };
for (const name of ["darwin", "linux", "android", "freebsd", "openharmony", "openbsd", "netbsd", "sunos", "aix"]) systems[name] = name;
const processors = ["x64", "arm64", "arm", "ia32", "ppc64", "s390x", "riscv64", "loong64", "mips64el", "wasm32"];

/** The names of the packages that were added. Changes `lockfile`. */
export function completeLockfile(lockfile) {
  const { packages } = lockfile;
  const added = [];
  for (const [from, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (isLocked(packages, from, name)) continue;
      packages[`node_modules/${name}`] = entryFor(name, version, dev);
      added.push(name);
    }
  }
  // In npm's own order, or its next run would rewrite half the file.
  const sorted = Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  lockfile.packages = Object.fromEntries(sorted);
  return added;
}

function entryFor(name, version, dev) {
  if (!/^\d+\.\d+\.\d+/.test(version)) throw new Error(`${name} is asked for as ${version}: only exact versions can be completed.`);
  const words = name.split(/[/_-]/);
  const os = words.map((word) => systems[word]).find(Boolean);
  const cpu = words.find((word) => processors.includes(word));
  const libc = /musl/.test(name) ? "musl" : os === "linux" && /gnu/.test(name) ? "glibc" : undefined;
  if (os === undefined && cpu !== "wasm32") throw new Error(`${name} does not say for which system it is: complete it by hand.`);
  return {
    version,
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(dev ? { dev } : {}),
    optional: true,
    ...(os ? { os: [os] } : {}),
  };
}

/** Node looks beside the asking package first, then in every folder above it. */
function isLocked(packages, from, name) {
  const parts = from.split("/");
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const folder = parts.slice(0, depth).join("/");
    if (packages[`${folder === "" ? "" : `${folder}/`}node_modules/${name}`] !== undefined) return true;
  }
  return false;
}

if (realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../package-lock.json", import.meta.url));
  const lockfile = JSON.parse(readFileSync(file, "utf8"));
  const added = completeLockfile(lockfile);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`);
  console.log(added.length === 0 ? "The lockfile is complete." : `Added ${added.length}: ${added.join(", ")}`);
}
