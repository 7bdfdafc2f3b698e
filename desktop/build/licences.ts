/** Whose work is in the installers: each package that the bundles took something from, with the text under which it was given. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

export interface Licences {
  /** Sees what each bundle takes. */
  plugin(): Plugin;
  /** Also what is shipped beside the bundles. */
  add(packageFolder: string): void;
  /** One text for all. A package that has none names at least its licence. */
  text(): string;
}

export function collectLicences(): Licences {
  const folders = new Set<string>();
  return {
    plugin: () => ({
      name: "licences",
      generateBundle(_options, bundle) {
        for (const file of Object.values(bundle)) {
          if (file.type !== "chunk") continue;
          for (const id of file.moduleIds) {
            const folder = folderOf(id);
            if (folder !== undefined) folders.add(folder);
          }
        }
      },
    }),
    add: (folder) => void folders.add(folder),
    text: () =>
      [...new Map([...folders].map((folder) => entryOf(folder))).entries()]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([title, text]) => `${title}\n${"-".repeat(title.length)}\n\n${text}\n`)
        .join("\n\n"),
  };
}

/** The package in whose folder a module lies; undefined for our own. */
function folderOf(moduleId: string): string | undefined {
  return /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(moduleId)?.[1];
}

function entryOf(folder: string): readonly [title: string, text: string] {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, string>; // npm's own file
  const file = readdirSync(folder).find((one) => /^(?:licen[cs]e|copying)/iu.test(one));
  const text =
    file !== undefined && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
  return [`${name} ${version}`, text];
}
