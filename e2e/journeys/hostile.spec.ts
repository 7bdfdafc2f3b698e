/** Covers SECURITY X-01, X-04 (text of the corpus in every view), W-06, W-07 (pages around the widget), B-03 (pages of others), D-02. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { demoPassword, openDesk, type Desk } from "../console.ts";
import { corpus, makeHostileTenant, messages, some, watch, type HostileTenant } from "../hostile.ts";
import { expect, test } from "../journey.ts";

let hostile: HostileTenant;

/** What somebody would try whose script runs in the console's page; as text, because that is how it would come. */
const injected = `(async () => {
  // What the debugger itself runs may evaluate; what comes later is the page's own.
  await new Promise((resolve) => setTimeout(resolve));
  const reached = [];
  const attempt = async (what, run) => {
    try {
      await run();
      reached.push(what);
    } catch {}
  };
  await attempt("eval", () => eval("1"));
  await attempt("new Function", () => new Function("return 1")());
  await attempt("fetch to the outside", () => fetch("https://evil.example/", { mode: "no-cors" }));
  await attempt("a module from elsewhere", () => import("data:text/javascript,export default 1"));
  await attempt("Node", () => import("node:fs"));
  await attempt("a worker", () => new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob(["postMessage(1)"])));
    worker.onmessage = resolve;
    worker.onerror = reject;
  }));
  await attempt("a socket to the outside", () => new Promise((resolve, reject) => {
    const socket = new WebSocket("wss://evil.example/");
    socket.onopen = resolve;
    socket.onerror = reject;
  }));
  for (const name of ["require", "process", "ipcRenderer", "electron", "Buffer", "__dirname"]) if (name in globalThis) reached.push(name);
  if (/console=/.test(document.cookie)) reached.push("the cookie");
  for (const store of [localStorage, sessionStorage])
    if (/eyJ|v1\\.[0-9a-f]{32}/.test(JSON.stringify({ ...store }))) reached.push("a token in storage");
  const script = document.createElement("script");
  script.textContent = "window.ranInline = true";
  document.head.append(script);
  if ("ranInline" in globalThis) reached.push("an inline script");
  const frame = document.createElement("iframe");
  frame.src = "https://evil.example/";
  document.body.append(frame);
  return reached;
})()`;

/** Every link there is leads where a link may, and takes nothing of ours along. */
async function assertLinksAreSafe(page: Page, mail = false): Promise<number> {
  const links = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>("a[href]")]
          // As the browser would follow it, whatever was written.
          .filter(({ origin }) => origin !== location.origin)
          .map(({ href, rel, target }) => [href, rel, target] as const),
      ),
    ),
  );
  const outside = links.flat();
  for (const [href, rel, target] of outside) {
    expect([href, /^(?:https?:\/\/|mailto:|tel:)/.test(href)]).toEqual([href, true]);
    // A mail is read in a mail program, where nothing has an opener.
    if (target === "_blank" && !mail) expect([href, rel]).toEqual([href, expect.stringMatching(/noopener/)]);
  }
  return outside.length;
}

test.beforeAll(async ({ installation }) => {
  test.setTimeout(60_000);
  hostile = await makeHostileTenant(installation);
});

test.afterAll(() => hostile.leave());
/** A console that a failed test left open. */
let open: Desk | undefined;
test.afterEach(async () => {
  await open?.close();
  open = undefined;
});

test("the corpus bites where a page takes text for markup", async ({ browser }) => {
  expect(corpus.length).toBeGreaterThan(500);
  const context = await browser.newContext();
  const { fired } = await watch(context);
  const careless = await context.newPage();
  await careless.goto("about:blank");
  // Only what acts where it stands: what navigates or embeds takes the page with it.
  const acting = some(600, 120).filter(
    (line) => /^<(?:img|svg|video|input|details)[ /]/.test(line) && !/[:#]|location|import|throw/.test(line),
  );
  await careless.evaluate((lines) => {
    for (const line of lines) document.body.appendChild(document.createElement("div")).innerHTML = line;
  }, acting);
  await expect.poll(() => fired.length).toBeGreaterThan(10);
  await context.close();
});

test("in the widget, text of the tenant and of its team is text", async ({ browser, installation }) => {
  const { admin, slug } = hostile;
  const context = await browser.newContext();
  const { fired } = await watch(context);
  const shop = await context.newPage();
  await shop.goto(`${installation.url}/demo/?tenant=${slug}`);
  await shop.locator("button.b").click();
  const chat = shop.frameLocator("iframe");
  const asked = chat.locator("input[type=checkbox]");
  await expect(asked).toBeVisible();
  await asked.check();
  await chat.locator("form button[type=submit]").click();
  const write = chat.getByRole("textbox", { name: "Write a message" });
  await write.fill(`from this browser\n${some(40, 70).join("\n")}`);
  await write.press("Enter");
  await expect(chat.getByText("from this browser").first()).toBeVisible();
  // What the team answers is no better: the whole corpus.
  // The widget shows what was written before the server has it.
  const begun = async () => {
    const { items } = await admin.call(conversationsApi.list, { query: { queue: "all", limit: 20 } });
    return items.find(({ preview }) => preview.includes("from this browser"))?.id ?? "";
  };
  await expect.poll(begun).not.toBe("");
  const params = { conversationId: await begun() };
  for (const body of messages()) await admin.call(conversationsApi.send, { params, body: { id: newId(), body } });
  await admin.call(conversationsApi.send, { params, body: { id: newId(), body: "that was all of it" } });
  await expect(chat.getByText("that was all of it").first()).toBeVisible({ timeout: 15_000 });
  expect(await assertLinksAreSafe(shop)).toBeGreaterThan(0);
  await shop.reload();
  await expect(chat.getByText("that was all of it").first()).toBeVisible();
  expect(fired).toEqual([]);
  await context.close();
});

test("in the console, text of visitors and colleagues is text, and a script that got in gets nowhere", async ({
  browser,
  installation,
}) => {
  test.setTimeout(90_000);
  const { name, email, password } = hostile;
  let fired: readonly string[] = [];
  const prepare = async (context: BrowserContext) => ({ fired } = await watch(context));
  const desk = await openDesk(browser, installation, email, { password, tenant: name, prepare });
  open = desk;
  const { page } = desk;
  await page.getByRole("tab", { name: /Queue/ }).click();
  await page.mouse.move(720, 300);
  const rows = page.locator("[data-command-row]");
  await expect(rows.first()).toBeVisible();
  const count = Math.min(6, await rows.count());
  for (let at = 0; at < count; at += 1) {
    await rows.nth(at).click();
    await expect(page.getByRole("textbox", { name: /reply/i }).first()).toBeVisible();
  }
  await expect(page.getByText("pwned()").first()).toBeVisible();
  await assertLinksAreSafe(page);
  for (const address of ["/tasks", "/tasks?tab=list", "/followups?tab=list", "/followups"]) {
    await page.evaluate((hash) => (location.hash = hash), address);
    await expect(page.getByText("pwned()").first()).toBeVisible();
    await page.getByText("pwned()").first().click({ timeout: 3_000 });
    await assertLinksAreSafe(page);
    await page.keyboard.press("Escape");
  }
  await page.keyboard.press("Control+k");
  await page.keyboard.type("pwned");
  await page.keyboard.press("Escape");
  expect(fired).toEqual([]);

  // From here on the page's own policy speaks up, as it should.
  expect(await page.evaluate(injected)).toEqual([]);
  expect(fired.filter((one) => one.startsWith("ran"))).toEqual([]);
  expect(fired.filter((one) => one.startsWith("violation")).length).toBeGreaterThan(3);
});

test("in the back office, the mails and the pages of links, text is text", async ({ browser, installation }) => {
  const { name, email, slug } = hostile;
  const context = await browser.newContext();
  const { fired } = await watch(context);
  const page = await context.newPage();
  await page.goto(`${installation.url}/admin/sign-in?back=javascript:pwned()`);
  await page.getByLabel("E-mail").fill("root@switchboard.example");
  await page.getByLabel("Password").fill(demoPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("navigation", { name: "Back office" })).toBeVisible();
  await page.goto(`${installation.url}/admin/tenants`);
  await page.getByRole("link", { name, exact: true }).click();
  const detail = page.getByRole("complementary", { name });
  await expect(detail).toContainText(email);
  await detail.getByPlaceholder("Reason, for example").fill("<svg onload=pwned()>");
  await detail.getByRole("button", { name: "Start access" }).click();
  await page.getByRole("status").getByRole("link", { name: "Look" }).click();
  await expect(page.getByText("pwned()").first()).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: /pwned/ }).first().click();
  await expect(page.getByRole("complementary")).toContainText("pwned()");
  for (const place of ["accounts", "requests", "health", "audit", "settings", "overview"]) {
    await page.goto(`${installation.url}/admin/${place}`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await assertLinksAreSafe(page);
  }
  const mails = (await (await fetch(`${installation.url}/demo/mail.json`)).json()) as { id: number; to: string }[];
  const ours = mails.filter(({ to }) => to.endsWith("@hostile.example"));
  expect(ours.length).toBeGreaterThanOrEqual(3);
  for (const { id } of ours.slice(0, 8)) {
    await page.goto(`${installation.url}/demo/mail/${id}/html`);
    await assertLinksAreSafe(page, true);
    await page.goto(`${installation.url}/demo/mail/${id}`);
  }
  for (const address of [
    "/demo/mail",
    "/signup?x=<script>pwned()</script>",
    "/verify#<img src=x onerror=pwned()>",
    "/invite#javascript:pwned()",
    `/demo/?tenant=${encodeURIComponent('"><script>pwned()</script>')}`,
    `/chat/?tenant=${slug}&language="><svg onload=pwned()>`,
    "/docs/api#<svg onload=pwned()>",
    "/nothing<script>pwned()</script>",
  ])
    await page.goto(installation.url + address);
  expect(fired).toEqual([]);
  await context.close();
});

/** A page server of somebody else's. */
async function site(page: (path: string) => string): Promise<{ port: number; server: Server }> {
  const server = createServer((request, response) => {
    response.setHeader("content-type", "text/html");
    response.end(page(request.url ?? "/"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, server };
}

test("pages around the widget say what they like: it hears its own page only, and nobody reads what is inside", async ({
  browser,
  installation,
}) => {
  test.setTimeout(60_000);
  const { admin, slug } = hostile;
  /** Says to every window it can reach what only the chat or the loader may say. */
  const evil = await site(
    () => `<script>
      const lies = [
        { switchboard: 1, type: "gone", text: "", count: 0 }, { switchboard: 1, type: "close", text: "", count: 0 },
        { switchboard: 1, type: "badge", text: "evil", count: 99 }, { switchboard: 1, type: "message", text: '{"text":"evil"}', count: 1 },
        { switchboard: 1, type: "shutdown" }, { switchboard: 1, type: "identify", token: "evil" },
        { switchboard: 1, type: "attribute", name: "email", value: "evil@evil.example" },
        { switchboard: 1, type: "panel", shown: false, focus: false, url: "https://evil.example/", title: "evil", referrer: "" },
        { switchboard: "1", type: "gone" }, { type: "constructor", switchboard: 1 }, "gone", null, 1, [1],
      ];
      addEventListener("message", ({ data }) => parent.postMessage({ heardByEvil: JSON.stringify(data) }, "*"));
      const say = () => { for (const target of [parent, top, ...Array.from({ length: parent.length }, (_, n) => parent[n])]) for (const lie of lies) try { target.postMessage(lie, "*"); } catch {} };
      say(); setInterval(say, 50);
    </script>`,
  );
  const shopSite = await site(
    () => `<!doctype html><title>Shop</title><script>window.heard = []; addEventListener("message", (e) => { if (e.data && e.data.heardByEvil) heard.push(e.data.heardByEvil); });</script>
      <script src="${installation.url}/widget.js" data-tenant="${slug}"></script><iframe id="evil" src="http://127.0.0.1:${evil.port}/"></iframe>`,
  );
  const shopUrl = `http://localhost:${shopSite.port}`;
  const { version } = await admin.call(tenantsApi.getSettings, { params: { kind: "domains" } });
  await admin.call(tenantsApi.saveSettings, {
    params: { kind: "domains" },
    body: { base: version, document: { entries: [installation.url, shopUrl] } },
  });
  const branding = await admin.call(tenantsApi.getSettings, { params: { kind: "branding" } });
  const plain = { texts: {}, preChat: { enabled: false, fields: [] } };
  await admin.call(tenantsApi.saveSettings, {
    params: { kind: "branding" },
    body: { base: branding.version, document: { ...branding.document, ...plain } },
  });

  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(shopUrl);
  await page.locator("button.b").click();
  const chat = page.frameLocator("iframe.f");
  const write = chat.getByRole("textbox", { name: "Write a message" });
  await write.fill("A word between us");
  await write.press("Enter");
  await expect(chat.getByText("A word between us")).toBeVisible();
  // Long enough that the liar said everything many times, to both ends.
  await page.waitForFunction(() => performance.now() > 3_000);
  await expect(page.locator("iframe.f")).toHaveCount(1);
  await expect(page.locator("button.b")).toHaveAttribute("aria-expanded", "true");
  expect(await page.locator("button.b").getAttribute("aria-label")).not.toContain("evil");
  const { items } = await admin.call(conversationsApi.list, { query: { queue: "all", limit: 20 } });
  expect(JSON.stringify(items)).not.toContain("evil@evil.example");

  // Nothing of the visitor's is to be had from the page around it.
  const seen = await page.evaluate(() => {
    const shadow = [...document.querySelectorAll("*")].find((element) => element.shadowRoot)?.shadowRoot;
    const frame = shadow?.querySelector("iframe");
    const reach = (read: () => unknown) => {
      try {
        return read() ?? null;
      } catch {
        return null;
      }
    };
    return {
      document: reach(() => frame?.contentDocument?.body.innerHTML),
      storage: reach(() => Object.entries(frame?.contentWindow?.localStorage ?? {}).join()),
      cookie: document.cookie,
      kept: [localStorage, sessionStorage].flatMap((store) => Object.entries(store)).join(),
      sandbox: frame?.getAttribute("sandbox"),
      allow: frame?.getAttribute("allow"),
      address: frame?.src ?? "",
      heard: (globalThis as unknown as { heard: string[] }).heard.join(),
    };
  });
  expect(seen).toMatchObject({ document: null, storage: null, cookie: "", allow: null });
  expect(seen.sandbox?.split(" ").toSorted()).toEqual([
    "allow-forms",
    "allow-popups",
    "allow-popups-to-escape-sandbox",
    "allow-same-origin",
    "allow-scripts",
  ]);
  expect(`${seen.kept}${seen.address}${seen.heard}`).not.toMatch(/v1\.[0-9a-f]{32}|A word between us/);
  expect((await context.cookies()).map(({ name }) => name)).toEqual([]);

  // A page that the tenant does not list gets neither launcher nor frame.
  const stranger = await site((path) =>
    path === "/frame"
      ? `<iframe src="${installation.url}/chat/?tenant=${slug}"></iframe>`
      : `<script src="${installation.url}/widget.js" data-tenant="${slug}"></script>`,
  );
  const strange = await context.newPage();
  // By a name of its own: while the server runs on this machine, every name of the machine counts as ours.
  await context.route("http://stranger.example/**", async (route) => {
    const answer = await fetch(`http://127.0.0.1:${stranger.port}${new URL(route.request().url()).pathname}`);
    await route.fulfill({ contentType: "text/html", body: await answer.text() });
  });
  await strange.goto("http://stranger.example/");
  await strange.waitForLoadState("networkidle");
  await expect(strange.locator("button.b")).toHaveCount(0);
  await strange.goto("http://stranger.example/frame");
  await strange.waitForLoadState("networkidle");
  expect(strange.frames().filter((frame) => frame.url().includes("/chat/"))).toEqual([]);

  // A super-admin is signed in, in the same browser, and looks at a page of somebody else's.
  const office = await context.newPage();
  await office.goto(`${installation.url}/admin/sign-in`);
  await office.getByLabel("E-mail").fill("root@switchboard.example");
  await office.getByLabel("Password").fill(demoPassword);
  await office.getByRole("button", { name: "Sign in" }).click();
  await expect(office.getByRole("navigation", { name: "Back office" })).toBeVisible();
  await strange.goto(`http://127.0.0.1:${stranger.port}/`);
  const got = await strange.evaluate(async (url) => {
    const ask = (path: string, init: RequestInit) =>
      fetch(url + path, { credentials: "include", ...init }).then(
        (answer) => `${answer.type} ${answer.status}`,
        () => "refused",
      );
    const json = { "content-type": "application/json" };
    return {
      renewed: await ask("/admin/session/refresh", { method: "POST", headers: json, body: "{}" }),
      read: await ask("/api/v1/platform/tenants", {}),
      ended: await ask("/admin/session", { method: "DELETE" }),
      // Without a preflight a browser sends it, and nobody reads the answer.
      simple: await ask("/admin/session/refresh", { method: "POST", body: "{}", mode: "no-cors" }),
    };
  }, installation.url);
  expect(got).toMatchObject({
    renewed: "refused",
    read: "refused",
    ended: "refused",
    simple: expect.stringMatching(/^(?:opaque 0|refused)$/),
  });
  await office.goto(`${installation.url}/admin/tenants`);
  await expect(office.getByRole("link", { name: "Baan Mai Ceramics" })).toBeVisible();
  await context.close();
  for (const { server } of [evil, shopSite, stranger]) {
    server.closeAllConnections();
    server.close();
  }
});
