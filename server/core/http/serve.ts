/**
 * One request: id and log context -> body limit -> actor from token -> rate limit -> parse (all problems at once) -> permission ->
 * endpoint -> present by the output schema. The order is the security model; features cannot change it. What is `bulk` presents itself.
 */
import Router, { type RouterContext } from "@koa/router";
import type { Contract } from "../../../shared/api/contract.ts";
import { problems } from "../../../shared/api/problems.ts";
import { actorKey, anonymous, holds, tenantOf, type Actor } from "../actor.ts";
import type { Core } from "../core.ts";
import { problem } from "../problem.ts";
import { logContext } from "../telemetry/log.ts";
import { traced } from "../telemetry/trace.ts";
import { documentOf, problemOf } from "./document.ts";
import type { Call, Endpoint } from "./endpoint.ts";
import { languageOf } from "./language.ts";
import { parseInput, parseJson } from "./parse.ts";

/** Super-admins work on while everybody else is asked to come back later. */
const backOffice = "/api/v1/platform/";

export function mountEndpoints(router: Router, core: Core): void {
  for (const endpoint of core.registry.endpoints) {
    const { method, path } = endpoint.contract;
    router.register(path, [method], (ctx) =>
      traced(endpoint.contract.name, { "http.method": method, "http.route": path }, () => serve(core, endpoint, ctx)),
    );
  }
}

async function serve(core: Core, endpoint: Endpoint, ctx: RouterContext): Promise<void> {
  const { contract } = endpoint;
  const started = core.clock.monotonicMs();
  try {
    if (!contract.path.startsWith(backOffice)) core.maintenance.assertOff();
    const raw = await readBody(ctx, contract);
    const actor = await actorOf(core, contract, ctx);
    const context = logContext.getStore();
    if (context) Object.assign(context, { tenantId: tenantOf(actor), actor: actorKey(actor) });
    const known = actor.kind !== "anonymous";
    await core.limiter.take(contract.rate, {
      tenantId: known ? tenantOf(actor) : undefined,
      actor: known ? actorKey(actor) : undefined,
      ip: ctx.ip,
    });
    const input = parseInput(contract, { params: ctx["params"], query: ctx.query, body: parseJson(raw) });
    assertPermitted(contract, actor);
    const call = { core, work: core.work, actor, ...input, request: factsOf(ctx) } as Call; // parsed by this contract's schemas
    const output: unknown = await endpoint.run(call);
    ctx.status = contract.status;
    if (contract.status === 204) ctx.body = null;
    else ctx.body = contract.bulk ? output : contract.output.parse(output);
  } catch (error) {
    answerProblem(core, ctx, error);
  } finally {
    core.metrics.requests.observe(
      { route: contract.name, method: contract.method, status: String(ctx.status) },
      (core.clock.monotonicMs() - started) / 1000,
    );
  }
}

export function answerProblem(core: Core, ctx: RouterContext, error: unknown): void {
  const known = problemOf(error);
  if (known.code === "internal")
    core.log.error({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }, "a request failed");
  ctx.status = problems[known.code].status;
  if (known.retryAfterSeconds !== undefined) ctx.set("Retry-After", String(known.retryAfterSeconds));
  if (known.code === "unauthenticated" || known.code === "token_expired") ctx.set("WWW-Authenticate", "Bearer");
  ctx.type = "application/problem+json";
  ctx.body = JSON.stringify(documentOf(known, languageOf(ctx), String(ctx.state["requestId"] ?? "")));
}

function factsOf(ctx: RouterContext): Call["request"] {
  const key = ctx.get("idempotency-key");
  if (key.length > 200)
    throw problem("invalid_input", { errors: [{ at: "header.idempotency-key", code: "too_big", message: "At most 200 characters." }] });
  return {
    id: String(ctx.state["requestId"] ?? ""),
    ip: ctx.ip,
    userAgent: ctx.get("user-agent").slice(0, 400),
    origin: ctx.get("origin") || undefined,
    language: languageOf(ctx),
    idempotencyKey: key === "" ? undefined : key,
  };
}

async function readBody(ctx: RouterContext, contract: Contract): Promise<string> {
  if (ctx.method === "GET" || ctx.method === "HEAD") return "";
  if (Number(ctx.get("content-length") || 0) > contract.bodyLimit) {
    ctx.set("Connection", "close");
    throw problem("too_large");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > contract.bodyLimit) {
      ctx.set("Connection", "close");
      throw problem("too_large");
    }
    chunks.push(chunk);
  }
  if (size > 0 && !ctx.is("application/json")) throw problem("unsupported_media");
  if (ctx.get("content-encoding") !== "" && ctx.get("content-encoding") !== "identity") throw problem("unsupported_media");
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString("utf8");
  if (text.includes("\uFFFD") && !bytes.equals(Buffer.from(text, "utf8"))) throw problem("malformed");
  return text;
}

async function actorOf(core: Core, contract: Contract, ctx: RouterContext): Promise<Actor> {
  const { access } = contract;
  if (access.who === "public") return anonymous;
  const [scheme, token] = ctx.get("authorization").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) throw problem("unauthenticated");
  const authenticate = core.registry.features.map(({ authenticators }) => authenticators[access.who]).find((found) => found !== undefined);
  if (!authenticate) throw new Error(`No feature can tell who a ${access.who} is.`);
  return authenticate(core, token, { ip: ctx.ip, origin: ctx.get("origin") || undefined });
}

/** The permission table decides; a super-admin looking on may only read. */
export function assertPermitted(contract: Pick<Contract, "access" | "method">, actor: Actor): void {
  const { access } = contract;
  if (access.who !== "member") return;
  if (actor.kind !== "member" && actor.kind !== "support") throw problem("unauthenticated");
  if (access.may !== "any" && !holds(actor, access.may)) throw problem("forbidden");
  if (actor.kind === "support" && contract.method !== "GET") throw problem("read_only");
}
