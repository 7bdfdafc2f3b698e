/** The renderer's files, and nothing beside them. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { extname, join, sep } from "node:path";

const types: { readonly [extension: string]: string } = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".webp": "image/webp",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".wav": "audio/wav",
  ".mp3": "audio/mpeg",
  ".ogg": "audio/ogg",
};

export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const safeHeaders: { readonly [name: string]: string } = {
  "content-security-policy": contentPolicy,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
};

/**
 * The widget's preview is a page inside ours. It brings its own policy for what it may run (`widget/build/preview.ts`); this one takes
 * its origin away, so that it can reach nothing of the console whatever stands in it.
 */
export const previewPage = "preview.html";
export const previewHeaders: { readonly [name: string]: string } = {
  ...safeHeaders,
  "content-security-policy": "sandbox allow-scripts; connect-src 'none'; frame-ancestors 'self'",
  "x-frame-options": "SAMEORIGIN",
};

export interface PageFile {
  body: Buffer;
  type: string;
  /** Named after its content, so it never changes. */
  lasting: boolean;
}

/** A file of the folder by its path in an address; null for everything else, however it is spelled. */
export function findPage(folder: string, path: string): PageFile | null {
  let name: string;
  try {
    name = decodeURIComponent(path === "" ? "index.html" : path);
  } catch {
    return null;
  }
  if (name.includes("\0") || name.includes("\\") || name.split("/").some((part) => part === "" || part.startsWith("."))) return null;
  const type = types[extname(name)];
  if (type === undefined) return null;
  try {
    const root = realpathSync(folder);
    const file = realpathSync(join(root, name));
    if (!file.startsWith(root + sep) || !statSync(file).isFile()) return null;
    return { body: readFileSync(file), type, lasting: name.startsWith("assets/") };
  } catch {
    return null;
  }
}
