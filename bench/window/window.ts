/** The console in a real window with a tenant of a hundred thousand messages, and beside it pages of nothing from the same host. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { freePort } from "@switchboard/server/core/ports.ts";
import { openOffice, seedConversations, type Office } from "../desk/office.ts";
import { startChild, type Child } from "../harness/children.ts";
import { openChromium, type Context, type Page } from "../harness/chromium.ts";

const conversations = 500;
const messagesEach = 200;

/** What a benchmark opens: which pages, and what they know. */
export interface Window {
  page: Page;
  /** Of the browser's profile, by which its processes are found. */
  profile: string;
  host: Child;
  close(): Promise<void>;
}

export interface Windows {
  office: Office;
  /** A computer with everything on it. `script` runs before the page's own. */
  console(script: string): Promise<Window>;
  /** The same host with nobody signed in, over a page of our own: React with a list, or nothing at all. */
  bare(script: string, pages: "list" | "empty"): Promise<Window>;
  close(): Promise<void>;
}

const folderOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export async function openWindows(say: (line: string) => void): Promise<Windows> {
  say("building the console and the pages of the floor");
  const folder = mkdtempSync(join(tmpdir(), "bench-window-"));
  const list = join(folder, "list");
  await build(folderOf("../../desktop"), []);
  await build(folderOf("./floor"), ["--base", "./", "--outDir", list]);
  say(`a console with ${conversations * messagesEach} messages`);
  const office = await openOffice();
  await seedConversations(office, conversations, messagesEach);
  // What a page remembers belongs to its address.
  const ports = { console: await freePort(), bare: await freePort() };

  async function open(side: keyof typeof ports, pages: string, script: string): Promise<Window> {
    const host = await startChild(new URL("./host.ts", import.meta.url), [String(ports[side]), join(folder, side), office.url, pages]);
    const profile = join(folder, `${side}-profile`);
    const context: Context = await openChromium(profile);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript(script);
    await page.goto(String(host.ready["launchUrl"]));
    return {
      page,
      profile,
      host,
      async close() {
        await context.close();
        await host.stop();
      },
    };
  }

  const rendered = folderOf("../../desktop/dist/renderer");
  const first = await startChild(new URL("./host.ts", import.meta.url), [
    String(ports.console),
    join(folder, "console"),
    office.url,
    rendered,
  ]);
  await first.ask({ email: office.email, tenantId: office.tenantId });
  await first.stop();
  return {
    office,
    console: (script) => open("console", rendered, script),
    bare: (script, which) => open("bare", which === "list" ? list : folderOf("./empty"), script),
    async close() {
      await office.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function build(cwd: string, options: readonly string[]): Promise<void> {
  const vite = folderOf("../../node_modules/vite/bin/vite.js");
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "error", ...options], {
    cwd,
    env: { ...process.env, NODE_ENV: "production" },
  });
}
