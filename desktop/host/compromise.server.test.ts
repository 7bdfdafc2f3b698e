/**
 * The page is taken over: somebody else's script runs in it and speaks over the port of a signed-in operator, and a program on the same
 * computer knocks at the host. Neither gets a file, a program, a token, another tenant's words or a way out. Covers SECURITY D-11, D-03, D-12.
 */
import { createServer } from "node:http";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, type RawData } from "ws";
import { makeMember, makeTenant, madePassword, type MadeTenant } from "../../server/accounts/make.ts";
import { makeVisitor } from "../../server/conversations/make.ts";
import { newId } from "../../server/core/ids.ts";
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { createFolder, type TestFolder } from "../core/testing/folder.ts";
import { openShop, type Shop } from "../core/testing/server.ts";
import { createPage, type Page } from "../core/testing/page.ts";
import { portOfWebSocket } from "../core/rpc/web-socket.ts";
import { startHost, type Host } from "./host.ts";

const canary = "zibeline";
let shop: Shop;
let other: MadeTenant;
let foreignConversation = "";
let folder: TestFolder;
let host: Host;
let page: Page;
let line: WebSocket;
let room = "";
let cookie = "";
/** Everything that the page was told, as it came. */
const heard: string[] = [];
/** Addresses that nothing here may ever ask. */
const visited: string[] = [];
const outside = createServer((request, response) => {
  visited.push(`${request.method} ${request.url}`);
  response.end("{}");
});

async function connect(): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}${room}bridge`, {
    headers: { cookie, origin: `http://127.0.0.1:${host.port}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.once("error", reject);
  });
  socket.on("message", (data: RawData) => void heard.push(Buffer.isBuffer(data) ? data.toString("utf8") : "bytes"));
  return socket;
}

beforeAll(async () => {
  shop = await openShop();
  other = await makeTenant(shop.world.core, { name: `House of ${canary}`, site: "other.example" });
  const stranger = await makeVisitor(shop.world.url, { slug: other.slug, site: "other.example" });
  const { conversation } = await stranger.api.call(visitApi.send, {
    body: { id: newId(), conversation: null, text: `A secret of ${canary}` },
  });
  foreignConversation = conversation.id;
  await shop.visitor("Hello from the shop");
  folder = createFolder();
  const pages = join(folder.path, "pages");
  mkdirSync(pages);
  writeFileSync(join(pages, "index.html"), "<!doctype html><title>Console</title>");
  writeFileSync(join(folder.path, "secret.json"), `"${canary}"`);
  host = await startHost({
    port: 0,
    dataFolder: join(folder.path, "data"),
    serverUrl: shop.world.url,
    rendererFolder: pages,
    log: () => undefined,
  });
  await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
  const launch = new URL(host.launchUrl());
  const opened = await fetch(`http://127.0.0.1:${host.port}${launch.pathname}${launch.search}`, { redirect: "manual" });
  room = opened.headers.get("location") ?? "";
  cookie = opened.headers.get("set-cookie")?.split(";")[0] ?? "";
  line = await connect();
  page = createPage(portOfWebSocket(line));
  const member = await makeMember(shop.world.core, shop.tenant.id, { role: "operator" });
  await page.do("session.signIn", { email: member.email, password: madePassword });
  await page.do("session.openTenant", { tenantId: shop.tenant.id });
  await page.until("inbox.list", { tenants: "all", queue: "queue" } as never, (value) =>
    JSON.stringify(value).includes("Hello from the shop"),
  );
});
afterAll(async () => {
  line.terminate();
  await host.stop();
  outside.close();
  await shop.stop();
  folder.remove();
});

const here = () => ({ tenantId: shop.tenant.id });
const outsideUrl = () => `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
/** Any name and any input, as a script would. */
const command = (name: string, input: unknown) => page.do(name as never, input as never);
const query = (name: string, input: unknown) => page.ask(name as never, input as never);
const api = (name: string, more: object = {}) => command("api", { ...here(), name, ...more });

/** Every attempt ends in a refusal with one of these codes; `harmless` ones may be answered, and the answers are read below. */
type Attempt = readonly [what: string, run: () => Promise<unknown>, codes: RegExp | "harmless"];
const refused = /^(?:unknown|invalid_input|not_available|not_found|forbidden|offline)$/;

const attempts: readonly Attempt[] = [
  // Files, programs, the process.
  ...[
    "fs.readFile",
    "child_process.exec",
    "require",
    "process.exit",
    "eval",
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "store.sql",
    "keyring.read",
    "session.tokens",
    "session.refresh",
    "shell.execute",
    "shell.openPath",
    "log.read",
  ].map((name): Attempt => [
    `the command ${name}`,
    () => command(name, { path: "/etc/passwd", command: `touch ${folder.file("owned")}`, sql: "select * from sqlite_master" }),
    refused,
  ]),
  ...["keyring", "account", "constructor", "__proto__", "valueOf"].map((name): Attempt => [
    `the query ${name}`,
    () => query(name, {}),
    refused,
  ]),
  // Tokens, and calls in the name of somebody else.
  ...[
    "session.refresh",
    "session.openTenant",
    "session.signOut",
    "accounts.signIn",
    "invitations.accept",
    "platform.enter",
    "platform.tenants",
    "platform.refresh",
    "sync.pull",
    "sync.push",
    "visit.start",
    "__proto__",
    "constructor",
    "",
  ].map((name): Attempt => [
    `the call ${name || "without a name"}`,
    // With what would succeed if the call were let through: then the answer holds a token.
    () => api(name, { body: name === "session.openTenant" ? here() : { tenantId: other.id, refreshToken: "x" } }),
    /^(?:unknown|invalid_input)$/,
  ]),
  // Paths that lead elsewhere on the server.
  ...["../../platform/tenants", "..%2f..%2fplatform%2ftenants", "x/../../../admin", "?tenant=1", "#", "//evil.example/", "\u0000"].map(
    (conversationId): Attempt => [
      `a conversation called ${JSON.stringify(conversationId)}`,
      () => api("conversations.get", { params: { conversationId } }),
      refused,
    ],
  ),
  // The other tenant.
  ["another tenant's call", () => command("api", { tenantId: other.id, name: "conversations.list" }), refused],
  ["another tenant opened", () => command("session.openTenant", { tenantId: other.id }), refused],
  [
    "another tenant's conversation, by our own call",
    () => api("conversations.get", { params: { conversationId: foreignConversation } }),
    refused,
  ],
  ["another tenant's messages", () => query("conversation.messages", { tenantId: other.id, conversationId: foreignConversation }), refused],
  [
    "another tenant's history",
    () => command("conversation.loadEarlier", { ...here(), conversationId: foreignConversation, before: 9 }),
    /./,
  ],
  ["another tenant's people", () => query("people.list", { tenantId: other.id }), refused],
  ["a tenant by a path", () => query("people.list", { tenantId: `../${other.id}` }), refused],
  ["a list over all tenants", () => query("inbox.list", { tenants: [other.id], queue: "team" }), "harmless"],
  ["a search over another tenant", () => query("search.find", { tenants: [other.id], text: canary }), "harmless"],
  [
    "a search that speaks SQL",
    () => query("search.find", { tenants: "all", text: `' or 1=1 union select text from message --` }),
    "harmless",
  ],
  ["a search that speaks FTS", () => query("search.find", { tenants: "all", text: `"${canary}" OR * NEAR(a b, 5) col:x ^` }), "harmless"],
  [
    "a mutation on a stranger's conversation",
    () => command("mutate", { ...here(), name: "sendMessage", args: { conversationId: foreignConversation, id: newId(), body: "x" } }),
    /./,
  ],
  // Ways out.
  ...[
    "file:///etc/passwd",
    "javascript:alert(1)",
    "smb://evil.example/x",
    "ms-msdt:/id",
    "https://a@evil.example",
    "\\\\evil.example\\x",
  ].map((url): Attempt => [`the link ${url}`, () => command("shell.openExternal", { url }), refused]),
  [
    "a sign-in at another server",
    () => command("session.signIn", { server: outsideUrl(), email: "what@was.read", password: "in the conversations" }),
    /^not_available$/,
  ],
  ["a sign-in at a file", () => command("session.signIn", { server: "file:///etc", email: "a@b.example", password: "x" }), refused],
  [
    "a sign-in at the metadata address",
    () => command("session.signIn", { server: "http://169.254.169.254/", email: "a@b.example", password: "x" }),
    /^not_available$/,
  ],
];

describe("a page that was taken over gets nothing by", () => {
  it("at least forty attempts", () => expect(attempts.length + malformed.length + knocks.length).toBeGreaterThanOrEqual(60));

  it.each(attempts)("%s", async (_, run, codes) => {
    const end = await run().then(
      (value) => ({ value: JSON.stringify(value) }),
      (error: { code?: string }) => ({ code: error.code ?? "an error of no kind" }),
    );
    expect(JSON.stringify(end)).not.toContain(canary);
    if (codes !== "harmless") expect("code" in end ? end.code : end.value).toMatch(codes);
  });
});

/** Frames that are none. The port answers none of them and lives on. */
const malformed: readonly string[] = [
  "null",
  "[]",
  "{}",
  "0",
  '"x"',
  '{"t":"command"}',
  '{"t":"__proto__","id":1,"name":"sync.now","input":{}}',
  '{"t":"command","id":-1,"name":"sync.now","input":{}}',
  '{"t":"command","id":1e99,"name":"sync.now","input":{}}',
  '{"t":"command","id":"1","name":"sync.now","input":{}}',
  '{"t":"command","id":9001,"name":"sync.now","input":{},"as":"main"}',
  '{"t":"command","id":9002,"name":{"toString":"sync.now"},"input":{}}',
  '{"t":"done","id":1,"value":{}}',
  '{"t":"event","name":"session.goTo","payload":{}}',
  `{"t":"command","id":9003,"name":"${"x".repeat(5_000)}","input":{}}`,
  '{"__proto__":{"polluted":true},"t":"unsubscribe","id":5}',
];

describe("a frame that is none", () => {
  it.each(malformed)("%s is not answered", async (frame) => {
    const before = heard.length;
    line.send(frame);
    expect(await query("session.state", {})).toMatchObject({ state: "signed-in" });
    expect(heard.slice(before).filter((text) => /"id":900\d/.test(text))).toEqual([]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it.each([
    ["too large", () => `{"t":"command","id":1,"name":"draft.save","input":"${"x".repeat(2_000_000)}"}`],
    ["no JSON", () => "}{"],
    ["bytes", () => new Uint8Array([1, 2, 3])],
  ])("%s ends the connection, and only this one", async (_, frame) => {
    const socket = await connect();
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    socket.on("error", () => undefined);
    socket.send(frame());
    await closed;
    expect(await query("session.state", {})).toMatchObject({ state: "signed-in" });
  });

  it("comes in floods: the flood is refused, and the next page is served", async () => {
    const socket = await connect();
    const flooding = createPage(portOfWebSocket(socket));
    const lives = Array.from({ length: 600 }, () => flooding.live("sync.state", {}));
    await expect(flooding.ask("sync.state", {})).rejects.toMatchObject({ code: "rate_limited" });
    expect(lives).toHaveLength(600);
    socket.terminate();
    expect(await query("session.state", {})).toMatchObject({ state: "signed-in" });
  });
});

/** What another program on this computer, or another site's page, may try. */
const knocks: readonly (readonly [what: string, path: () => string, headers: () => Record<string, string>])[] = [
  ["the page without the cookie", () => room, () => ({})],
  ["the page with a guessed cookie", () => room, () => ({ cookie: "console=AAAA" })],
  ["the page from another site", () => room, () => ({ cookie, "sec-fetch-site": "cross-site" })],
  ["the page with a foreign origin", () => room, () => ({ cookie, origin: "https://evil.example" })],
  ["a guessed launch", () => "/open?token=AAAA", () => ({})],
  ["a launch without a token", () => "/open?token=", () => ({})],
  ["the session's key", () => `${room}../data/session.key`, () => ({ cookie })],
  ["the session's key, encoded", () => `${room}..%2fdata%2fsession.key`, () => ({ cookie })],
  ["the account's file", () => `${room}%2e%2e/data/account.json`, () => ({ cookie })],
  ["a file beside the pages", () => `${room}../secret.json`, () => ({ cookie })],
];

describe("a program beside it gets nothing by", () => {
  it.each(knocks)("%s", async (_, path, headers) => {
    const answer = await fetch(`http://127.0.0.1:${host.port}${path()}`, { headers: headers(), redirect: "manual" });
    expect([403, 404, 421]).toContain(answer.status);
    expect(await answer.text()).not.toContain(canary);
  });

  it.each([
    ["no cookie", () => ({ origin: `http://127.0.0.1:${host.port}` })],
    ["no origin", () => ({ cookie })],
    ["a foreign origin", () => ({ cookie, origin: "https://evil.example" })],
    ["a forged host", () => ({ cookie, host: "evil.example", origin: "http://evil.example" })],
  ] as const)("a second line with %s", async (_, headers) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${room}bridge`, { headers: headers() });
    const status = await new Promise((resolve) => {
      socket.once("open", () => resolve("open"));
      socket.once("unexpected-response", (_request, answer) => resolve(answer.statusCode));
      socket.on("error", () => undefined);
    });
    socket.terminate();
    expect(status).toBe(403);
  });
});

it("and in all that the page was told there is no key, no token, no file and no word of another tenant", async () => {
  expect(heard.length).toBeGreaterThan(50);
  const all = heard.join("\n");
  const key = readFileSync(join(folder.path, "data", "session.key"), "utf8");
  const { deviceToken } = JSON.parse(readFileSync(join(folder.path, "data", "account.json"), "utf8")) as { deviceToken: string };
  for (const [what, secret] of Object.entries({
    key,
    deviceToken,
    canary,
    room: room.replaceAll("/", ""),
    cookie: cookie.split("=")[1] ?? "",
  })) {
    expect(secret.length).toBeGreaterThan(6);
    expect([what, all.includes(secret)]).toEqual([what, false]);
  }
  expect(all).not.toMatch(/eyJ[\w-]{10,}\.eyJ|root:x:0|"passwordHash|sqlite_master/);
  expect(visited).toEqual([]);
  expect(existsSync(folder.file("owned"))).toBe(false);
  // Whoever was signed in still is, and their work goes on.
  expect(await query("session.state", {})).toMatchObject({ state: "signed-in", tenants: [{ tenantId: shop.tenant.id, state: "ready" }] });
});
