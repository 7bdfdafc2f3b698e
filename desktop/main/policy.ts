/**
 * What a window of the console may do. Pure decisions; `security.ts` asks them for every web contents. Addresses are parsed, never
 * matched by a piece of their text. The renderer counts as untrusted: it shows what visitors write.
 */
import { isAbsolute, join, normalize, relative, sep } from "node:path";

export const scheme = "app";
export const origin = "app://console";

export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "media-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For the widget's preview, which stands in a frame of ours: no origin, no network; what it may run says the page itself. */
export const previewPolicy = "sandbox allow-scripts; connect-src 'none'; frame-ancestors 'self'";

export function policyFor(address: string): string {
  return parse(address)?.pathname === "/preview.html" ? previewPolicy : contentPolicy;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}

/** Our own page, and nothing else: the scheme and the host, whatever stands behind them. */
export function isOwnPage(address: string): boolean {
  const url = parse(address);
  return url !== null && url.protocol === `${scheme}:` && url.host === "console" && url.username === "" && url.password === "";
}

/** The file that our scheme answers with, inside the renderer's folder only; null is "not found". */
export function fileFor(address: string, folder: string): string | null {
  if (!isOwnPage(address)) return null;
  const { pathname } = new URL(address);
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  // Control characters, and the backslash and colon that mean a drive or a stream on Windows.
  if (/[\p{Cc}\\:]/u.test(path)) return null;
  const file = normalize(join(folder, path === "/" ? "index.html" : path));
  const inside = relative(folder, file);
  return inside === "" || inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? null : file;
}

const external = new Set(["https:", "mailto:", "tel:"]);

/** The address as it may be handed to the system, or null. Only what a person expects a link to be. */
export function externalAddress(address: string): string | null {
  if (address.length > 4_000 || /[\p{Cc}\p{Zl}\p{Zp}\s]/u.test(address)) return null;
  const url = parse(address);
  if (url === null || !external.has(url.protocol)) return null;
  if (url.protocol === "https:" && (url.hostname === "" || url.username !== "" || url.password !== "")) return null;
  return url.href;
}

const allowedPermissions = new Set(["notifications", "clipboard-sanitized-write"]);

/** For requests and checks alike; `from` is the requesting frame's address. */
export function allowsPermission(permission: string, from: string): boolean {
  return allowedPermissions.has(permission) && isOwnPage(from);
}

/** Main process messages: only from the top frame of our own page. */
export function isTrustedSender(frame: { url: string; isMain: boolean } | null): boolean {
  return frame !== null && frame.isMain && isOwnPage(frame.url);
}

export interface DeepLink {
  view: "conversation" | "task" | "followup" | "settings";
  id: string | null;
}

const views = new Set<DeepLink["view"]>(["conversation", "task", "followup"]);
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/u;

/** `switchboard://conversation/<id>` and its like: a place to show, never a token, never a command. */
export function deepLink(address: string): DeepLink | null {
  const url = address.length > 200 ? null : parse(address);
  if (url === null || url.protocol !== "switchboard:" || url.search !== "" || url.hash !== "" || url.username !== "" || url.port !== "")
    return null;
  const id = url.pathname.replace(/^\//u, "");
  if (url.host === "settings" && id === "") return { view: "settings", id: null };
  const view = [...views].find((one) => one === url.host);
  return view !== undefined && uuid.test(id) ? { view, id } : null;
}
