/** Who gets in to the browser host, and who does not. Covers SECURITY D-02, D-12. */
import { request as httpRequest } from "node:http";
import { mkdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createFolder, type TestFolder } from "../core/testing/folder.ts";
import { contentPolicy } from "./pages.ts";
import { startHost, type Host } from "./host.ts";
import { FolderInUse } from "./lock.ts";

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

let folder: TestFolder;
let host: Host;
let room = "";
let cookie = "";

/** With every header as we say, also those that `fetch` would not send. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(
      { host: "127.0.0.1", port: host.port, path, method, headers: { host: `localhost:${host.port}`, ...headers } },
      (answer) => {
        let body = "";
        answer.setEncoding("utf8");
        answer.on("data", (part: string) => (body += part));
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
      },
    );
    asked.on("error", reject);
    asked.end();
  });
}

/** The status of a refused handshake, or `open`. */
function knock(path: string, headers: Record<string, string>): Promise<number | "open"> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    socket.on("open", () => {
      socket.close();
      resolve("open");
    });
    socket.on("unexpected-response", (_request, answer) => {
      answer.destroy();
      socket.terminate();
      resolve(answer.statusCode ?? 0);
    });
    socket.on("error", () => undefined);
  });
}

beforeAll(async () => {
  folder = createFolder();
  const renderer = join(folder.path, "renderer");
  mkdirSync(join(renderer, "assets"), { recursive: true });
  writeFileSync(join(renderer, "index.html"), "<!doctype html><title>Console</title>");
  writeFileSync(join(renderer, "assets", "index-abc.js"), "export {};");
  writeFileSync(join(folder.path, "secret.json"), "{}");
  symlinkSync(join(folder.path, "secret.json"), join(renderer, "link.json"));
  host = await startHost({
    port: 0,
    dataFolder: join(folder.path, "data"),
    serverUrl: "http://127.0.0.1:9",
    rendererFolder: renderer,
    log: () => undefined,
  });
  const answer = await get(new URL(host.launchUrl()).pathname + new URL(host.launchUrl()).search);
  room = String(answer.headers["location"]);
  cookie = String(answer.headers["set-cookie"]).split(";")[0] ?? "";
});
afterAll(async () => {
  await host.stop();
  folder.remove();
});

describe("the browser host", () => {
  it("lets in by its link, once", async () => {
    const { pathname, search } = new URL(host.launchUrl());
    const first = await get(pathname + search);
    expect(first.status).toBe(303);
    expect(String(first.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict/u);
    expect((await get(pathname + search)).status).toBe(403);
    expect((await get("/open?token=guessed")).status).toBe(403);
  });

  it("shows its pages inside, with a policy that allows nothing else", async () => {
    const page = await get(room, { cookie });
    expect([page.status, page.body]).toEqual([200, "<!doctype html><title>Console</title>"]);
    expect(page.headers["content-security-policy"]).toBe(contentPolicy);
    expect(contentPolicy).not.toMatch(/unsafe|https?:|\*/u);
    expect((await get(`${room}assets/index-abc.js`, { cookie })).headers["cache-control"]).toContain("immutable");
  });

  it.each([
    ["no cookie", () => get(room)],
    ["a wrong cookie", () => get(room, { cookie: "console=guessed" })],
    ["no room", () => get("/index.html", { cookie })],
    ["a wrong room", () => get("/guessed/", { cookie })],
    ["another site's page", () => get(room, { cookie, "sec-fetch-site": "cross-site" })],
    ["another origin", () => get(room, { cookie, origin: "http://evil.example" })],
  ])("stays closed for %s", async (_name, ask) => {
    expect((await ask()).status).toBe(403);
  });

  it.each(["evil.example", "evil.example:80", "127.0.0.1", "localhost", "127.0.0.1.evil.example:1", "[::1]:1"])(
    "answers to no other name: %s",
    async (name) => {
      expect((await get(room, { cookie, host: name })).status).toBe(421);
      expect(await knock(`${room}bridge`, { cookie, host: name, origin: `http://${name}` })).toBe(403);
    },
  );

  it.each([
    "../secret.json",
    "..%2fsecret.json",
    "%2e%2e/secret.json",
    "assets/../../secret.json",
    "link.json",
    "assets",
    ".env",
    "a\\..\\b.js",
    "%00.js",
    "%zz.js",
    "//etc/passwd",
  ])("gives no file outside of its folder: %s", async (path) => {
    expect((await get(room + path, { cookie })).status).toBe(404);
  });

  it("is only read", async () => {
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) expect((await get(room, { cookie }, method)).status).toBe(405);
  });

  it("opens the socket only for its own page", async () => {
    const origin = `http://127.0.0.1:${host.port}`;
    const bridge = `${room}bridge`;
    expect(await knock(bridge, { cookie, origin })).toBe("open");
    expect(await knock(bridge, { origin })).toBe(403);
    expect(await knock(bridge, { cookie })).toBe(403);
    expect(await knock(bridge, { cookie, origin: "null" })).toBe(403);
    expect(await knock(bridge, { cookie, origin: "http://localhost:1" })).toBe(403);
    expect(await knock(bridge, { cookie, origin: "http://evil.example" })).toBe(403);
    expect(await knock("/bridge", { cookie, origin })).toBe(403);
    expect(await knock(room, { cookie, origin })).toBe(403);
  });

  it("keeps its path from start to start, for what the browser keeps of it, and takes no cookie of an earlier start", async () => {
    const data = join(folder.path, "again");
    let before = cookie;
    async function started(): Promise<string> {
      const again = await startHost({
        port: 0,
        dataFolder: data,
        serverUrl: "http://127.0.0.1:9",
        rendererFolder: folder.path,
        log: () => undefined,
      });
      const answer = await fetch(again.launchUrl(), { redirect: "manual" });
      const path = String(answer.headers.get("location"));
      const earlier = await fetch(`http://localhost:${again.port}${path}`, { headers: { cookie: before } });
      expect(earlier.status).toBe(403);
      before = String(answer.headers.get("set-cookie")).split(";")[0] ?? "";
      await again.stop();
      return path;
    }
    const first = await started();
    expect(await started()).toBe(first);
    expect(statSync(join(data, "room")).mode & 0o077).toBe(0);
    writeFileSync(join(data, "room"), "damaged");
    const other = await started();
    expect(other).toMatch(/^\/[\w-]{43}\/$/u);
    expect(other).not.toBe(first);
  });

  it("is not started twice on one folder", async () => {
    const again = startHost({
      port: 0,
      dataFolder: join(folder.path, "data"),
      serverUrl: "http://127.0.0.1:9",
      rendererFolder: folder.path,
      log: () => undefined,
    });
    await expect(again).rejects.toBeInstanceOf(FolderInUse);
  });
});
