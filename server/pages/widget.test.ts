/** Covers SECURITY W-05, W-08, W-09. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { feature } from "../core/feature.ts";
import { features } from "../features.ts";
import { createWorld, type World } from "../testing/world.ts";
import { createWidgetFiles } from "./widget-files.ts";
import { widgetPages } from "./widget.ts";

let world: World;
let shop: MadeTenant;
let bikes: MadeTenant;
const folder = mkdtempSync(join(tmpdir(), "widget-"));

function build(files: Record<string, string>): void {
  for (const [name, content] of Object.entries({ ...files, "manifest.json": "{}" })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

beforeAll(async () => {
  const pages = feature({ name: "pages", pages: widgetPages(createWidgetFiles(folder)) });
  world = await createWorld({ features: [...features.filter(({ name }) => name !== "pages"), pages] });
  shop = await makeTenant(world.core, { site: "shop.example" });
  bikes = await makeTenant(world.core, { site: "bikes.example" });
});
afterAll(async () => {
  await world.stop();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(world.url + path, { headers, redirect: "manual" });
const policyOf = async (path: string) => (await get(path)).headers.get("content-security-policy") ?? "";

describe("the widget's files", () => {
  it("are not there before they are built, and appear with a build without a restart", async () => {
    expect((await get("/widget.js")).status).toBe(404);
    build({
      "widget.js": "/* loader */ ".repeat(50),
      "pinned/widget-0123456789ab.js": "/* loader */",
      "chat/index.html": "<!doctype html><title>Chat</title>",
      "chat/assets/chat-AbCd1234.js": "/* chat */",
      "demo/index.html": '<script src="/widget.js" data-tenant="demo" async></script><a href="th.html">ไทย</a>',
    });
    expect((await get("/widget.js")).status).toBe(200);
  });

  it("loads on any site, also pinned by its hash", async () => {
    for (const path of ["/widget.js", "/widget/widget-0123456789ab.js"]) {
      const { headers } = await get(path, { origin: "https://anywhere.example" });
      expect(headers.get("access-control-allow-origin")).toBe("*");
      expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
      expect(headers.get("content-type")).toContain("text/javascript");
      expect(headers.get("set-cookie")).toBeNull();
    }
    expect((await get("/widget.js")).headers.get("cache-control")).toContain("max-age=300");
    for (const path of ["/widget/widget-0123456789ab.js", "/chat/assets/chat-AbCd1234.js"])
      expect((await get(path)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  });

  it("travel packed, and are not sent again when they did not change", async () => {
    const packed = await get("/widget.js", { "accept-encoding": "gzip" });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("vary")).toContain("Accept-Encoding");
    expect(gunzipSync(createWidgetFiles(folder).get("widget.js")?.gzip ?? "").toString()).toContain("loader");
    // Not by fetch, which adds "no-cache" to a conditional request of its own accord.
    const headers = { "if-none-match": packed.headers.get("etag") ?? "" };
    const status = await new Promise((resolve) =>
      request(`${world.url}/widget.js`, { headers }, (answer) => resolve(answer.resume().statusCode)).end(),
    );
    expect(status).toBe(304);
  });

  it.each([
    "/widget/manifest.json",
    "/widget/..%2fmanifest.json",
    "/chat/assets/..%2findex.html",
    "/chat/assets/%2e%2e%2f%2e%2e%2fwidget.js",
    "/widget/__proto__",
  ])("are only those of the build: not %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});

describe("the chat's frame", () => {
  it("may be embedded by the tenant's own sites alone", async () => {
    expect(await policyOf(`/chat/?tenant=${shop.slug}`)).toMatch(/frame-ancestors https:\/\/shop\.example$/u);
    expect(await policyOf(`/chat/?tenant=${shop.slug}`)).not.toContain("bikes.example");
    expect(await policyOf(`/chat/?tenant=${bikes.slug}`)).toContain("frame-ancestors https://bikes.example");
    expect((await get(`/chat/?tenant=${shop.slug}`)).headers.get("x-frame-options")).toBeNull();
  });

  it.each(["", "?tenant=nobody-at-all", "?tenant=a&tenant=b", "?tenant=x%3B%20frame-ancestors%20*", `?tenant=${"x".repeat(300)}`])(
    "may be embedded by nobody when the address says %s",
    async (query) => {
      expect(await policyOf(`/chat/${query}`)).toMatch(/frame-ancestors 'none'$/u);
    },
  );

  it("runs its own script and nothing else, and asks the browser for nothing", async () => {
    const answer = await get(`/chat/?tenant=${shop.slug}`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).not.toMatch(/unsafe|\*|https?:(?!\/\/shop\.example)/u);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "base-uri 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
      expect(policy.split("; ")).toContain(part);
    expect(answer.headers.get("permissions-policy")).toContain("camera=(), microphone=()");
    expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("follows the tenant's domains when they change", async () => {
    const { token } = await enterAs(world.core, bikes.admin);
    const admin = world.api(token);
    const kind = "domains";
    const { version } = await admin.call(tenantsApi.getSettings, { params: { kind } });
    await admin.call(tenantsApi.saveSettings, {
      params: { kind },
      body: { base: version, document: { entries: ["*.bikes.example", "http://localhost:4000"] } },
    });
    expect(await policyOf(`/chat/?tenant=${bikes.slug}`)).toMatch(/frame-ancestors https:\/\/\*\.bikes\.example http:\/\/localhost:4000$/u);
  });
});

describe("the sample shop", () => {
  it("carries the snippet of the tenant that is asked for, and keeps it from page to page", async () => {
    const text = await (await get(`/demo/?tenant=${shop.slug}`)).text();
    expect(text).toContain(`src="/widget.js" data-tenant="${shop.slug}"`);
    expect(text).toContain(`href="th.html?tenant=${shop.slug}"`);
  });

  it("takes no markup for a tenant", async () => {
    const text = await (await get(`/demo/?tenant=${encodeURIComponent('"><script>alert(1)</script>')}`)).text();
    expect(text).toContain('data-tenant="demo"');
    expect(text).not.toContain("alert");
  });
});
