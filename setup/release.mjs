/** `node setup/release.mjs 0.2.0`: one version everywhere, and what is left to do. Publishes nothing. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const workspaces = ["shared", "server", "widget", "desktop", "e2e", "bench"];

/** Why this version cannot be released, as a sentence; undefined when it can. */
export function objection({ version, current, changelog, changed }) {
  if (!/^\d+\.\d+\.\d+$/.test(version)) return "Name the version like 1.2.3.";
  const [next, now] = [version, current].map((text) => text.split(".").map(Number));
  const newer = next[0] !== now[0] ? next[0] > now[0] : next[1] !== now[1] ? next[1] > now[1] : next[2] > now[2];
  if (!newer) return `${version} is not newer than ${current}.`;
  if (!changelog.includes(`\n## ${version}\n`)) return `CHANGELOG.md has no section "## ${version}".`;
  if (changed !== "") return "The tree has changes that are not committed.";
  return undefined;
}

/** Our own packages in the text of a package.json or the lockfile; everything else keeps its version. */
export function withVersion(text, version) {
  const file = JSON.parse(text);
  const set = (one) => {
    if (one.version !== undefined && (one.name === "switchboard" || one.name?.startsWith("@switchboard/"))) one.version = version;
    for (const list of [one.dependencies, one.devDependencies])
      for (const name of Object.keys(list ?? {})) if (name.startsWith("@switchboard/")) list[name] = version;
  };
  set(file);
  for (const one of Object.values(file.packages ?? {})) set(one);
  return `${JSON.stringify(file, null, 2)}\n`;
}

function main(version) {
  const root = join(dirname(fileURLToPath(import.meta.url)), "..");
  const read = (name) => readFileSync(join(root, name), "utf8");
  const current = JSON.parse(read("package.json")).version;
  const changed = execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" }).trim();
  const why = objection({ version: version ?? "", current, changelog: read("CHANGELOG.md"), changed });
  if (why !== undefined) {
    console.error(`✗ ${why}`);
    process.exitCode = 1;
    return;
  }
  for (const name of ["package.json", "package-lock.json", ...workspaces.map((one) => `${one}/package.json`)])
    writeFileSync(join(root, name), withVersion(read(name), version));
  console.log(`${current} → ${version}. Now:
  npm test
  npm run dist                                          installers into desktop/dist/installers
  docker build -f deploy/Dockerfile -t switchboard:${version} .
  git commit -am "Release ${version}" && git tag v${version}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv[2]);
