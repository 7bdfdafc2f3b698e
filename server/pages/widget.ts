/**
 * The widget's files: the loader that customers paste, the chat's frame with its own policy for every tenant, the sample shop.
 * Who may embed the frame is the tenant's list of domains; what the frame may do is as little as a chat needs.
 */
import type { RouterContext } from "@koa/router";
import type { Core } from "../core/core.ts";
import { page, type Page } from "../core/http/page.ts";
import { Problem } from "../core/problem.ts";
import { assertServes, tenantBySlug } from "../tenants/index.ts";
import { frameAncestorsOf } from "../visitors/index.ts";
import { createWidgetFiles, pack, type WidgetFile, type WidgetFiles } from "./widget-files.ts";

const forEver = "public, max-age=31536000, immutable";
const forMinutes = "public, max-age=300, stale-while-revalidate=86400";
const askAgain = "no-cache";
const slug = /^[a-z0-9][a-z0-9_-]{0,63}$/iu;

export const widgetPages = (files: WidgetFiles = createWidgetFiles()): Page[] => [
  page("widget", (router, core) => {
    router.get("/widget.js", (ctx) => loader(ctx, files.get("widget.js"), forMinutes));
    router.get("/widget/:file", (ctx) => loader(ctx, files.get(`pinned/${ctx["params"].file}`), forEver));
    router.get("/chat/", (ctx) => frame(ctx, core, files));
    router.get("/chat/assets/:file", (ctx) => send(ctx, files.get(`chat/assets/${ctx["params"].file}`), forEver));
    for (const name of ["", "index.html", "th.html", "ja.html"])
      router.get(`/demo/${name}`, (ctx) => shop(ctx, files, name || "index.html"));
    router.get("/demo/shop.css", (ctx) => send(ctx, files.get("demo/shop.css"), askAgain));
  }),
];

/** Any site may load it, also with `integrity`, which needs an answer that is readable across origins. */
function loader(ctx: RouterContext, file: WidgetFile | undefined, caching: string): void {
  ctx.set("Access-Control-Allow-Origin", "*");
  ctx.set("Cross-Origin-Resource-Policy", "cross-origin");
  send(ctx, file, caching);
}

async function frame(ctx: RouterContext, core: Core, files: WidgetFiles): Promise<void> {
  const ancestors = await embeddersOf(core, String(ctx.query["tenant"] ?? ""));
  ctx.set("Content-Security-Policy", framePolicy(ancestors, core.config.PUBLIC_URL.replace(/^http/u, "ws")));
  // The older header knows one site only and would contradict the list.
  ctx.remove("X-Frame-Options");
  ctx.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), display-capture=(), payment=(), usb=()");
  ctx.set("Referrer-Policy", "no-referrer");
  // A site that isolates itself may still embed the chat.
  ctx.set("Cross-Origin-Resource-Policy", "cross-origin");
  ctx.set("Cross-Origin-Embedder-Policy", "require-corp");
  ctx.set("X-Robots-Tag", "noindex");
  // The policy is the tenant's and may change while the file does not: never "not modified".
  send(ctx, files.get("chat/index.html"), "no-store");
}

/** Nobody may embed the chat of a tenant that does not exist or does not serve; the frame then says so by itself. */
async function embeddersOf(core: Core, key: string): Promise<readonly string[]> {
  try {
    if (!slug.test(key)) return ["'none'"];
    const { id } = await assertServes(core, await tenantBySlug(core, key));
    return await frameAncestorsOf(core, id);
  } catch (error) {
    if (error instanceof Problem) return ["'none'"];
    throw error;
  }
}

const framePolicy = (ancestors: readonly string[], sockets: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    // Not every browser counts the sockets of its own host as its own.
    `connect-src 'self' ${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    `frame-ancestors ${ancestors.join(" ")}`,
  ].join("; ");

/** A customer's page with the snippet of one tenant, under a policy as strict as a careful customer's. */
function shop(ctx: RouterContext, files: WidgetFiles, name: string): void {
  const key = String(ctx.query["tenant"] ?? "");
  const file = files.get(`demo/${name}`);
  ctx.set(
    "Content-Security-Policy",
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
  );
  const filled = slug.test(key)
    ? file?.plain.toString("utf8").replaceAll('data-tenant="demo"', `data-tenant="${key}"`).replaceAll('.html"', `.html?tenant=${key}"`)
    : undefined;
  send(ctx, filled === undefined || file === undefined ? file : pack(Buffer.from(filled), file.type), "no-store");
}

function send(ctx: RouterContext, file: WidgetFile | undefined, caching: string): void {
  if (file === undefined) return; // 404, as for any path that is none
  ctx.status = 200;
  ctx.set("Content-Type", file.type);
  ctx.set("Cache-Control", caching);
  ctx.vary("Accept-Encoding");
  if (caching !== "no-store") ctx.set("ETag", file.etag);
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  const encoding = ctx.acceptsEncodings("br", "gzip", "identity");
  if (encoding === "br" || encoding === "gzip") ctx.set("Content-Encoding", encoding);
  ctx.body = encoding === "br" ? file.br : encoding === "gzip" ? file.gzip : file.plain;
}
