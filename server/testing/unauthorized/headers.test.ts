/**
 * What every answer says besides its content. Every page and route there is gets the same protection, no call of the API sets or reads a
 * cookie, strangers' origins get nothing, and neither Host nor X-Forwarded-* changes an answer. Covers SECURITY B-01, B-02, B-03, B-05, B-06.
 */
import Router from "@koa/router";
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../../shared/api/accounts.ts";
import { visitApi } from "../../../shared/api/visit.ts";
import { newId } from "../../core/ids.ts";
import { registry } from "../../features.ts";
import type { Answer } from "../knock.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
let secure: World;
let twin: Twin;

beforeAll(async () => {
  world = await createWorld();
  secure = await createWorld({ env: { PUBLIC_URL: "https://chat.example", TRUSTED_PROXIES: "1" } });
  ({ ours: twin } = await makeTwins(world));
});
afterAll(async () => {
  await world.stop();
  await secure.stop();
});

/** What a browser may open directly, as the features mounted it. */
function pages(): string[] {
  const router = new Router();
  for (const feature of registry.features) for (const page of feature.pages) page.mount(router, world.core);
  const paths = router.stack.filter(({ methods }) => methods.includes("GET")).map(({ path }) => String(path));
  return [
    ...new Set(["/healthz", "/readyz", "/metrics", "/docs/api", "/docs/api.css", "/api/v1/openapi.json", "/nothing/here", ...paths]),
  ].map((path) => path.replaceAll(/:\w+/g, "x"));
}

/** With every header as we say, also those that `fetch` would not send. */
function raw(path: string, headers: Record<string, string>, url = world.url, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port: new URL(url).port, path, method, headers, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => (text += part));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers as Record<string, string> }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

const always = {
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
};

describe("every page", () => {
  it("has a policy that allows no inline script, no foreign script and no frame of strangers", async () => {
    const paths = pages();
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const { headers } = await raw(path, {});
      expect([path, headers]).toEqual([path, expect.objectContaining(always)]);
      const policy = headers["content-security-policy"] ?? "";
      expect([path, policy]).toEqual([path, expect.stringContaining("default-src 'none'")]);
      expect([path, policy]).not.toEqual([path, expect.stringMatching(/unsafe-|script-src[^;]*(?:https?:|\*|data:|blob:)/)]);
      expect([path, policy]).toEqual([path, expect.stringMatching(/frame-ancestors/)]);
      // The chat alone may be embedded, and by listed sites only; here the address names no tenant.
      expect([path, policy]).toEqual([path, expect.stringMatching(/frame-ancestors 'none'/)]);
      expect([path, headers["referrer-policy"]]).toEqual([
        path,
        expect.stringMatching(/^(?:no-referrer|strict-origin-when-cross-origin)$/),
      ]);
      expect([path, headers["set-cookie"]]).toEqual([path, undefined]);
      expect([path, headers["server"], headers["x-powered-by"]]).toEqual([path, undefined, undefined]);
    }
  });

  it("insists on https where the installation has it", async () => {
    for (const path of ["/healthz", "/admin/sign-in", "/signup", "/api/v1/nothing"])
      expect([path, (await raw(path, {}, secure.url)).headers["strict-transport-security"]]).toEqual([
        path,
        expect.stringMatching(/max-age=(?:31536000|\d{8,}).*includeSubDomains/),
      ]);
    expect((await raw("/healthz", {})).headers["strict-transport-security"]).toBeUndefined();
  });
});

describe("every route", () => {
  const origin = "https://evil.example";
  const addressOf = (path: string) => path.replaceAll(/:\w+/g, newId());

  it.each(registry.contracts.map((contract) => [contract.name, contract] as const))(
    "%s is never stored, sets no cookie, opens itself to foreign pages only where the widget asks, and takes no cookie for a key",
    async (_, contract) => {
      const [path, widget] = [addressOf(contract.path), contract.path.startsWith("/api/v1/visit/")];
      const asked = await preflight(path, contract.method, origin);
      // Called as it should not be; what good calls are answered is looked at by the watch over every world.
      const called = await raw(path, { origin }, world.url, contract.method);
      for (const { headers } of [asked, called]) {
        expect(headers).toMatchObject({ ...always, "cache-control": "no-store" });
        expect(headers["set-cookie"]).toBeUndefined();
        expect(headers["access-control-allow-credentials"]).toBeUndefined();
        // A star without credentials: the token is the key, and the tenant's list is asked with the call itself.
        expect(headers["access-control-allow-origin"]).toBe(widget ? "*" : undefined);
      }
      if (contract.access.who === "public") return;
      const tokens = [twin.admin, await twin.some.visitor(), await twin.some.superAdmin()].map(({ token }) => token);
      const cookie = tokens.flatMap((token, at) => [`token${at}=${token}`, `switchboard-admin${at || ""}=${token}`]).join("; ");
      expect((await raw(path, { cookie }, world.url, contract.method)).status).toBe(401);
    },
  );
});

function preflight(path: string, method: string, origin: string): Promise<Answer> {
  return raw(
    path,
    { origin, "access-control-request-method": method, "access-control-request-headers": "authorization" },
    world.url,
    "OPTIONS",
  );
}

describe("who is asked for, and through whom", () => {
  const liars = [
    { host: "evil.example" },
    { host: "localhost:4000@evil.example" },
    { "x-forwarded-host": "evil.example" },
    { "x-forwarded-proto": "https", "x-forwarded-port": "1" },
    { forwarded: "host=evil.example;proto=https" },
    { "x-original-url": "/admin/overview", "x-rewrite-url": "/admin/overview" },
    { "x-http-method-override": "DELETE" },
  ];

  it.each(liars)("%j changes no answer", async (headers) => {
    for (const path of ["/admin", "/signup", "/healthz", "/api/v1/nothing", `/api/v1/visit/config?tenant=${twin.tenant.slug}`]) {
      const [plain, lied] = [await raw(path, {}), await raw(path, headers)];
      const bare = ({ status, text, headers: said }: Answer) => [
        status,
        text.replaceAll(/"(?:requestId|serverTime)":"[^"]*"/g, ""),
        said["location"],
      ];
      expect([path, bare(lied)]).toEqual([path, bare(plain)]);
      expect(JSON.stringify([lied.text, lied.headers])).not.toContain("evil.example");
    }
  });

  it("takes no address of a caller from a header that any caller may write", async () => {
    const address = async (url: string, forwarded: string) => {
      const answer = await raw("/metrics", { "x-forwarded-for": forwarded }, url);
      return answer.status;
    };
    // The figures are for this machine only: whoever comes through a proxy does not, whatever they say.
    expect((await raw("/metrics", {})).status).toBe(200);
    for (const forwarded of ["203.0.113.9", "127.0.0.1", "203.0.113.9, 127.0.0.1"]) expect(await address(world.url, forwarded)).toBe(404);
    // Behind one trusted proxy its own word counts, which stands last; what the caller wrote before it does not.
    expect(await address(secure.url, "127.0.0.1, 203.0.113.9")).toBe(404);
  });

  it.each([
    "//evil.example",
    "/\\evil.example",
    "/%2f%2fevil.example",
    "/admin//evil.example",
    "/admin?back=//evil.example",
    "/admin?back=https://evil.example",
  ])("%s leads nowhere else", async (path) => {
    const { status, headers } = await raw(path, {});
    expect(status).toBeLessThan(500);
    expect(headers["location"] ?? "/").toMatch(/^\/(?![/\\])/);
    expect(headers["location"] ?? "").not.toContain("evil");
  });

  it("mails links to the configured address only", async () => {
    const body = JSON.stringify({ email: twin.admin.email });
    const answer = await fetch(world.url + accountsApi.forgotPassword.path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-forwarded-host": "evil.example",
        origin: "https://evil.example",
        referer: "https://evil.example/",
      },
      body,
    });
    expect(answer.status).toBeLessThan(300);
    await world.settle();
    const mail = world.mailbox.latest(twin.admin.email);
    expect(mail?.text).toContain("http://localhost:4000/");
    expect(`${mail?.text}${mail?.html}`).not.toContain("evil.example");
  });

  it("the widget's own calls need a listed page, whatever CORS lets a browser read", async () => {
    const visitor = await twin.some.visitor();
    const answer = await raw(visitApi.state.path, { origin: "https://evil.example", authorization: `Bearer ${visitor.token}` });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([403, expect.objectContaining({ code: "origin_refused" })]);
  });
});
