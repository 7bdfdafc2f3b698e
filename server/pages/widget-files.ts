/** What `npm run build -w widget` made, read once and packed once for every encoding. A new build is seen without a restart. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

export interface WidgetFile {
  type: string;
  etag: string;
  plain: Buffer;
  gzip: Buffer;
  br: Buffer;
}

export interface WidgetFiles {
  /** By its path in the build, `chat/assets/…`; undefined when there is none, or no build at all. */
  get(path: string): WidgetFile | undefined;
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

export function createWidgetFiles(folder = fileURLToPath(new URL("../../widget/dist/", import.meta.url))): WidgetFiles {
  let builtAtMs = 0;
  let files = new Map<string, WidgetFile>();
  return {
    get(path) {
      // The last file of a build; while it is missing the build is not finished.
      const changedAtMs = statSync(join(folder, "manifest.json"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
      if (changedAtMs !== builtAtMs) {
        files = changedAtMs === 0 ? new Map() : readAll(folder);
        builtAtMs = changedAtMs;
      }
      return files.get(path);
    },
  };
}

/** Only files that are listed here can be asked for, so that no path leads out of the folder. */
function readAll(folder: string): Map<string, WidgetFile> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => name.replaceAll("\\", "/"));
  return new Map(
    names.flatMap((name) => {
      const type = types[extname(name)];
      return type === undefined ? [] : [[name, pack(readFileSync(join(folder, name)), type)]];
    }),
  );
}

export function pack(plain: Buffer, type: string): WidgetFile {
  return {
    type,
    plain,
    etag: `"${createHash("sha256").update(plain).digest("base64url").slice(0, 22)}"`,
    gzip: gzipSync(plain, { level: 9 }),
    br: brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  };
}
