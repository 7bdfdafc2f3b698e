/**
 * A super-admin in a browser. The refresh token lives in a cookie that no script can read and no other site can send; the script holds
 * the access token of ten minutes in memory and gets the next one here. So a page that is closed holds nothing.
 *
 * Against a foreign page (SECURITY B-03): the cookie is `SameSite=Strict`, and every call must be JSON and say our own Origin.
 */
import type Router from "@koa/router";
import type { RouterContext } from "@koa/router";
import { accountsApi } from "../../../shared/api/accounts.ts";
import type { RateClass } from "../../../shared/api/contract.ts";
import { limits } from "../../../shared/model/limits.ts";
import { platformAccess, refresh, signIn } from "../../accounts/index.ts";
import type { Core } from "../../core/core.ts";
import { fieldErrors } from "../../core/http/field-errors.ts";
import { languageOf } from "../../core/http/language.ts";
import { parseJson } from "../../core/http/parse.ts";
import { answerProblem } from "../../core/http/serve.ts";
import { problem } from "../../core/problem.ts";
import { isOwnOrigin } from "../../visitors/index.ts";

const mostBytes = 4_096;
const deviceSeconds = 180 * 86_400;

/** What the JSON API takes; the device is the browser. */
const credentials = accountsApi.platformSignIn.body.omit({ device: true });

export function mountSession(router: Router, core: Core): void {
  const secure = core.config.PUBLIC_URL.startsWith("https:");
  // The prefix makes the browser insist: only https, only this host.
  const prefix = secure ? "__Host-" : "";
  const session = `${prefix}switchboard-admin`;
  const device = `${prefix}switchboard-admin-device`;

  function setCookie(ctx: RouterContext, name: string, value: string, seconds: number): void {
    ctx.append("Set-Cookie", `${name}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure ? "; Secure" : ""}`);
  }

  /** Until the session would be over without a further exchange. */
  function keep(ctx: RouterContext, token: string, until: Date): void {
    setCookie(ctx, session, token, Math.max(0, Math.floor((until.getTime() - core.clock.now().getTime()) / 1_000)));
  }

  function call(rate: RateClass, run: (ctx: RouterContext) => Promise<unknown>) {
    return async (ctx: RouterContext) => {
      ctx.set("Cache-Control", "no-store");
      try {
        assertOwnPage(core, ctx);
        await core.limiter.take(rate, { tenantId: undefined, actor: undefined, ip: ctx.ip });
        ctx.body = await run(ctx);
        ctx.status = 200;
      } catch (error) {
        answerProblem(core, ctx, error);
      }
    };
  }

  router.post(
    "/admin/session",
    call("sign-in", async (ctx) => {
      const given = parseJson(await readBody(ctx));
      const parsed = credentials.safeParse(given);
      if (!parsed.success) throw problem("invalid_input", { errors: fieldErrors("body", parsed.error, given) });
      const userAgent = ctx.get("user-agent").slice(0, limits.userAgent);
      const token = ctx.cookies.get(device);
      const browser = { name: userAgent.slice(0, limits.deviceName), ...(token === undefined ? {} : { token }) };
      const request = { id: "", ip: ctx.ip, userAgent, origin: undefined, language: languageOf(ctx), idempotencyKey: undefined };
      const entered = await signIn(core, { ...parsed.data, device: browser }, request, "platform");
      keep(ctx, entered.refreshToken, entered.refreshExpiresAt);
      setCookie(ctx, device, entered.deviceToken, deviceSeconds);
      return { access: await platformAccess(core, { accountId: entered.account.id, sessionId: entered.sessionId }) };
    }),
  );
  router.post(
    "/admin/session/refresh",
    call("write", async (ctx) => {
      const token = ctx.cookies.get(session);
      if (token === undefined) throw problem("unauthenticated");
      const { refreshToken, refreshExpiresAt, access } = await refresh(core, "platform", token);
      keep(ctx, refreshToken, new Date(refreshExpiresAt));
      return { access };
    }),
  );
  // Ending the session itself is the JSON API's, which knows whose it is.
  router.delete(
    "/admin/session",
    call("write", async (ctx) => {
      setCookie(ctx, session, "", 0);
      return {};
    }),
  );
}

/** Browsers say the Origin of every call that is no GET, and let no page lie about it. */
function assertOwnPage(core: Core, ctx: RouterContext): void {
  const origin = ctx.get("origin");
  if (!isOwnOrigin(core.config, origin)) throw problem("origin_refused");
  if (ctx.method === "POST" && !ctx.is("application/json")) throw problem("unsupported_media");
}

async function readBody(ctx: RouterContext): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) throw problem("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
