/** The back office in a browser: pages that hold no data, and a cookie that no script and no other site can use (SECURITY B-01, B-03). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { platformApi } from "../../../shared/api/platform.ts";
import { translateTo } from "../../../shared/i18n/index.ts";
import { languages } from "../../../shared/i18n/languages.ts";
import { makeAccount, madePassword, makeTenant, type MadePerson } from "../../accounts/make.ts";
import { problemOf } from "../../testing/answers.ts";
import { createWorld, type World } from "../../testing/world.ts";
import { auditTypes, auditWords } from "./audit-words.ts";
import { adminViews } from "./frame.ts";

const origin = "http://localhost:4000"; // the world's PUBLIC_URL
let world: World;
let root: MadePerson;

beforeAll(async () => {
  world = await createWorld();
  root = await makeAccount(world.core, { superAdmin: true, name: "Root" });
});
afterAll(() => world.stop());

interface Asking {
  origin?: string | null;
  cookie?: string;
  body?: unknown;
  type?: string;
  url?: string;
}

async function ask(
  method: string,
  path: string,
  { origin: from = origin, cookie, body = {}, type = "application/json", url = world.url }: Asking = {},
) {
  const answer = await fetch(url + path, {
    method,
    headers: { "content-type": type, ...(from === null ? {} : { origin: from }), ...(cookie ? { cookie } : {}) },
    ...(method === "DELETE" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const cookies = answer.headers.getSetCookie();
  return { status: answer.status, text, value: text === "" ? {} : (JSON.parse(text) as Record<string, unknown>), cookies };
}

const signIn = (more: Asking = {}) => ask("POST", "/admin/session", { body: { email: root.email, password: madePassword }, ...more });
const cookieOf = (cookies: readonly string[], name = "switchboard-admin=") =>
  cookies.find((one) => one.startsWith(name))?.split(";")[0] ?? "";

describe("the pages", () => {
  it.each(["sign-in", "visit", ...adminViews])(
    "/admin/%s is drawn in three languages, without data, inline script or style",
    async (name) => {
      const drawn = new Set<string>();
      for (const language of languages) {
        const answer = await fetch(`${world.url}/admin/${name}`, { headers: { "accept-language": language } });
        const text = await answer.text();
        expect(answer.status).toBe(200);
        const policy = answer.headers.get("content-security-policy") ?? "";
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("script-src 'self'");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toContain("unsafe");
        expect(answer.headers.get("cache-control")).toBe("no-store");
        expect(answer.headers.get("referrer-policy")).toBe("no-referrer");
        expect(text).toContain(`<html lang="${language}"`);
        expect(text).not.toMatch(/>\s*admin\.\w+|"admin\.[\w.]+"|undefined|\[object/);
        expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:/i);
        expect(text).not.toContain(root.email);
        drawn.add(text);
      }
      expect(drawn.size).toBe(3);
    },
  );

  it("/admin leads to the overview, and no file is served but its own", async () => {
    const answer = await fetch(`${world.url}/admin`, { redirect: "manual" });
    expect(answer.headers.get("location")).toBe("/admin/overview");
    for (const path of ["../admin.test.ts", "..%2fsession.ts", "nothing.js"])
      expect((await fetch(`${world.url}/admin/assets/${path}`)).status).toBe(404);
  });

  it("have a sentence for every entry of the audit, in every language", () => {
    for (const language of languages) {
      const words = auditWords(translateTo(language));
      for (const type of auditTypes) expect([type, words[`entry-${type}`]]).not.toEqual([type, type]);
    }
  });
});

describe("the session of a browser", () => {
  it("keeps the refresh token from scripts and from other sites, and hands out short access", async () => {
    const { value, text, cookies } = await signIn();
    const [session, device] = ["switchboard-admin=", "switchboard-admin-device="].map((name) =>
      cookies.find((one) => one.startsWith(name)),
    );
    for (const cookie of [session, device]) {
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
      expect(cookie).toMatch(/; Path=\/;/);
    }
    const secret = cookieOf(cookies).split("=")[1] ?? "";
    expect(secret.length).toBeGreaterThan(60);
    expect(text).not.toContain(secret);
    const { token } = value["access"] as { token: string };
    expect((await world.api(token).call(platformApi.me)).account).toMatchObject({ email: root.email, name: "Root" });
  });

  it("is renewed by the cookie, each time by a new one, and ended with it", async () => {
    const first = cookieOf((await signIn()).cookies);
    const renewed = await ask("POST", "/admin/session/refresh", { cookie: first });
    expect(renewed.status).toBe(200);
    const second = cookieOf(renewed.cookies);
    expect(second).not.toBe(first);
    const { token } = renewed.value["access"] as { token: string };
    await world.api(token).call({ ...platformApi.me, method: "DELETE", path: "/api/v1/platform/session" } as never);
    const left = await ask("DELETE", "/admin/session", { cookie: second });
    expect(left.cookies.join()).toMatch(/switchboard-admin=; .*Max-Age=0/);
    expect((await ask("POST", "/admin/session/refresh", { cookie: second })).status).toBe(401);
    expect((await ask("POST", "/admin/session/refresh")).status).toBe(401);
    expect(await problemOf(world.api(token).call(platformApi.me))).toBe("unauthenticated");
  });

  it.each([
    ["another site", "https://evil.example"],
    ["a look-alike", "http://localhost.evil.example:4000"],
    ["a sandbox", "null"],
    ["nobody", null],
  ])("is refused to %s, with a cookie or a password", async (_, from) => {
    const cookie = cookieOf((await signIn()).cookies);
    expect((await signIn({ origin: from })).status).toBe(403);
    for (const method of ["POST", "DELETE"])
      expect((await ask(method, method === "POST" ? "/admin/session/refresh" : "/admin/session", { cookie, origin: from })).status).toBe(
        403,
      );
    expect((await ask("POST", "/admin/session/refresh", { cookie })).status).toBe(200);
  });

  it("takes JSON of the right form only", async () => {
    const body = { email: root.email, password: madePassword };
    expect((await signIn({ type: "text/plain" })).status).toBe(415);
    expect((await signIn({ type: "application/x-www-form-urlencoded", body: new URLSearchParams(body).toString() })).status).toBe(415);
    for (const wrong of [{}, { email: root.email }, { ...body, scope: "platform" }, { email: { $ne: "" }, password: [] }, "{", "[]"])
      expect((await signIn({ body: wrong })).status).toBe(400);
    expect((await signIn({ body: { ...body, password: "x".repeat(5_000) } })).status).toBe(413);
  });

  it("is for super-admins, and a wrong password says no more than that", async () => {
    const tenant = await makeTenant(world.core);
    const answers = await Promise.all(
      [
        { email: root.email, password: "not the password" },
        { email: tenant.admin.email, password: madePassword },
        { email: "nobody@nowhere.example", password: madePassword },
      ].map((body) => signIn({ body })),
    );
    for (const { status, value, cookies } of answers) expect([status, value["code"], cookies]).toEqual([401, "wrong_credentials", []]);
  });

  it("insists on https and on this host where the installation has it", async () => {
    const secure = await createWorld({ env: { PUBLIC_URL: "https://chat.example" } });
    const person = await makeAccount(secure.core, { superAdmin: true });
    const { cookies } = await ask("POST", "/admin/session", {
      url: secure.url,
      origin: "https://chat.example",
      body: { email: person.email, password: madePassword },
    });
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies)
      expect(cookie).toMatch(/^__Host-switchboard-admin.*; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+; Secure$/);
    expect(
      (await ask("POST", "/admin/session", { url: secure.url, origin, body: { email: person.email, password: madePassword } })).status,
    ).toBe(403);
    await secure.stop();
  });
});
