/** The Koa app: what every request passes, then pages and endpoints. */
import Koa from "koa";
import cors from "@koa/cors";
import Router from "@koa/router";
import helmet from "koa-helmet";
import type { Core } from "../core.ts";
import { newId } from "../ids.ts";
import { problem } from "../problem.ts";
import { logContext } from "../telemetry/log.ts";
import { mountHealth, type Readiness } from "../telemetry/health.ts";
import { mountApiDocs } from "./api-docs.ts";
import { answerProblem, mountEndpoints } from "./serve.ts";

/** Pages of people of the platform and the tenant: nothing from elsewhere, nobody may frame them. */
const staffPolicy = {
  "default-src": ["'none'"],
  "script-src": ["'self'"],
  "style-src": ["'self'"],
  "img-src": ["'self'", "data:"],
  "font-src": ["'self'"],
  "connect-src": ["'self'"],
  "form-action": ["'self'"],
  "base-uri": ["'none'"],
  "frame-ancestors": ["'none'"],
};

export function createApp(core: Core, readiness: Readiness): Koa {
  const app = new Koa({ proxy: core.config.TRUSTED_PROXIES > 0, maxIpsCount: core.config.TRUSTED_PROXIES });
  app.silent = true;
  app.use((ctx, next) => {
    const requestId = newId();
    ctx.state["requestId"] = requestId;
    ctx.set("X-Request-Id", requestId);
    return logContext.run({ requestId }, async () => {
      const started = core.clock.monotonicMs();
      await next();
      const ms = Math.round(core.clock.monotonicMs() - started);
      if (!quietPaths.has(ctx.path))
        core.log.info({ method: ctx.method, path: shownPath(ctx.state, ctx.path), status: ctx.status, ms }, "request");
    });
  });
  app.use(
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives: staffPolicy },
      strictTransportSecurity: core.config.PUBLIC_URL.startsWith("https:") ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      referrerPolicy: { policy: "strict-origin-when-cross-origin" },
      crossOriginResourcePolicy: { policy: "same-origin" },
    }),
  );
  app.use(async (ctx, next) => {
    if (ctx.path.startsWith("/api/")) ctx.set("Cache-Control", "no-store");
    await next();
  });
  // The widget asks from its customers' pages, with a token and never with cookies; everything else is same-origin.
  const open = cors({
    origin: "*",
    allowHeaders: ["authorization", "content-type", "idempotency-key"],
    allowMethods: "GET,POST,PUT,PATCH,DELETE",
    maxAge: 600,
  });
  app.use((ctx, next) => (ctx.path.startsWith("/api/v1/visit/") ? open(ctx, next) : next()));

  const router = new Router();
  mountHealth(router, core, readiness);
  mountApiDocs(router, core);
  for (const feature of core.registry.features) for (const page of feature.pages) page.mount(router, core);
  mountEndpoints(router, core);
  app.use(async (ctx, next) => {
    try {
      await next();
      if (ctx.status === 404 && ctx.body === undefined) {
        if (ctx.path.startsWith("/api/")) throw problem("not_found");
        // Whoever takes anything, as a script does, is no person who reads a page.
        if (ctx.accepts("text/plain", "text/html") === "text/html")
          for (const { nothingHere } of core.registry.features) nothingHere?.(core, ctx);
      }
      if (ctx.status === 405) throw problem("method_not_allowed");
    } catch (error) {
      answerProblem(core, ctx as never, error);
    }
  });
  app.use(router.routes()).use(router.allowedMethods());
  return app;
}

/** A page whose address is a secret says what stands in the log instead. */
function shownPath(state: Record<string, unknown>, path: string): string {
  return typeof state["shownPath"] === "string" ? state["shownPath"] : path;
}

const quietPaths = new Set(["/healthz", "/readyz", "/metrics"]);
