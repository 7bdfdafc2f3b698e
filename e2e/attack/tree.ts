/** The repository as the attack suite sees it: its files by name, and what they say. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/** What is made or brought, not written. */
const others: ReadonlySet<string> = new Set(["node_modules", "dist", "artefacts", "test-results", ".git", ".data"]);

/** Everything that is or could be committed; also where there is no Git, as in a copy or an archive. */
export function files(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !others.has(name))
    .flatMap((entry) => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? files(path) : entry.isFile() ? [path] : [];
    })
    .toSorted();
}

export const read = (path: string) => readFileSync(join(root, path), "utf8");
