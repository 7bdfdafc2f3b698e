/** `npm run licences`: what every installed package is licensed under, and whether that fits ours. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const accepted = new Set([
  "MIT",
  "MIT-0",
  "ISC",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "0BSD",
  "CC0-1.0",
  "Unlicense",
  "BlueOak-1.0.0",
  "Python-2.0",
  "CC-BY-4.0",
  "PostgreSQL",
  "Zlib",
  "WTFPL",
]);
/** For development only: they are not part of what is shipped. */
export const acceptedForTools = new Set(["MPL-2.0"]);

/** `(MIT OR CC0-1.0)`: one that fits is enough; `AND` needs all. */
export function fits(licence, tool = false) {
  const ok = (name) => accepted.has(name) || (tool && acceptedForTools.has(name));
  return licence
    .replace(/[()]/g, "")
    .split(/ OR /i)
    .some((part) => part.split(/ AND /i).every((name) => ok(name.trim())));
}

export function licenceOf({ license, licenses }) {
  if (typeof license === "string") return license;
  if (license?.type) return license.type;
  if (Array.isArray(licenses)) return licenses.map(({ type }) => type).join(" OR ");
  return "none named";
}

export function listLicences(root) {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  return Object.entries(packages).flatMap(([path, { dev = false, link = false }]) => {
    const file = join(root, path, "package.json");
    if (!path.includes("node_modules/") || link || !existsSync(file)) return [];
    const found = JSON.parse(readFileSync(file, "utf8"));
    const licence = licenceOf(found);
    return [{ name: found.name, version: found.version, licence, dev, fits: fits(licence, dev) }];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const list = listLicences(join(dirname(fileURLToPath(import.meta.url)), ".."));
  const counted = new Map();
  for (const { licence } of list) counted.set(licence, (counted.get(licence) ?? 0) + 1);
  for (const [licence, count] of [...counted].sort(([, a], [, b]) => b - a)) console.log(`${String(count).padStart(5)}  ${licence}`);
  const wrong = list.filter((one) => !one.fits);
  for (const { name, version, licence } of wrong) console.error(`✗ ${name} ${version}: ${licence}`);
  console.log(wrong.length === 0 ? `${list.length} packages, all fit.` : `${wrong.length} of ${list.length} packages do not fit.`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}
