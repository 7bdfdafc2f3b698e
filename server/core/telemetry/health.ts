/** /healthz: the process answers. /readyz: it can do its work. /metrics: for Prometheus. */
import type Router from "@koa/router";
import type { RouterContext } from "@koa/router";
import type { Pool } from "pg";
import type { Core } from "../core.ts";
import { sameSecret } from "../secrets.ts";

export interface Readiness {
  database(): Promise<boolean>;
  queue(): Promise<boolean>;
  redis?: (() => Promise<boolean>) | undefined;
  draining(): boolean;
}

export function mountHealth(router: Router, core: Core, readiness: Readiness): void {
  router.get("/healthz", (ctx) => {
    ctx.body = { status: "alive" };
  });
  router.get("/readyz", async (ctx) => {
    const checks = {
      database: await readiness.database(),
      queue: await readiness.queue(),
      ...(readiness.redis ? { redis: await readiness.redis() } : {}),
    };
    const ready = checks.database && checks.queue && !readiness.draining();
    ctx.status = ready ? 200 : 503;
    ctx.body = { status: ready ? "ready" : "not ready", draining: readiness.draining(), checks };
  });
  router.get("/metrics", async (ctx) => {
    const token = core.config.METRICS_TOKEN;
    const allowed =
      token === undefined ? isFromHere(ctx) : sameSecret(Buffer.from(ctx.get("authorization")), Buffer.from(`Bearer ${token}`));
    if (!allowed) {
      ctx.status = 404;
      return;
    }
    ctx.type = "text/plain; version=0.0.4";
    ctx.body = await core.metrics.text();
  });
}

const here: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Somebody on this machine itself. A proxy beside us connects from here too, in the name of the whole world, and says so. */
function isFromHere(ctx: RouterContext): boolean {
  return here.has(ctx.ip) && !["x-forwarded-for", "x-real-ip", "forwarded", "via"].some((name) => ctx.get(name) !== "");
}

export function answers(pool: Pool, query: string): () => Promise<boolean> {
  return () =>
    pool.query(query).then(
      () => true,
      () => false,
    );
}
