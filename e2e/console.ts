/** Operators at consoles of their own: each has a browser host with its own folder, as each has their own computer. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { freePort } from "@switchboard/server/core/ports.ts";
import { startProxy } from "../desktop/core/testing/proxy.ts";
import type { Installation } from "./installation.ts";

export const demoPassword = "seven green umbrellas";
export const mali = "mali@baanmai.example";
export const jonas = "jonas@baanmai.example";
/** The second admin. */
export const preeya = "preeya@baanmai.example";
/** Operator of both demo shops. */
export const napat = "napat@demo.example";

export interface Desk {
  page: Page;
  /** Where the console of this computer keeps what it holds. */
  folder: string;
  /** The computer is switched off and on again: same folder, new process. */
  restart(): Promise<void>;
  /** The line between this computer and the server is cut, or whole again; nobody else notices. */
  line(whole: boolean): void;
  close(): Promise<void>;
}

const host = fileURLToPath(new URL("../desktop/host/main.ts", import.meta.url));

async function startHost(folder: string, port: number, serverUrl: string): Promise<{ launchUrl: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [host], {
    env: { ...process.env, CONSOLE_PORT: String(port), CONSOLE_DATA: folder, SWITCHBOARD_SERVER: serverUrl },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const launchUrl = await new Promise<string>((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        const found = /http:\/\/\S+token=\S+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
    child.once("exit", () => reject(new Error(`The console's host ended:\n${said}`)));
  });
  return {
    launchUrl,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

export interface Entry {
  password?: string;
  /** What is chosen where the console asks for the tenant. */
  tenant?: string;
  /** Before the first page opens. */
  prepare?(context: BrowserContext): Promise<unknown>;
}

/** A console on a computer of its own, at its sign-in. */
export async function sitDown(browser: Browser, installation: Installation, prepare?: Entry["prepare"]): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-desk-"));
  const line = await startProxy(installation.url);
  // The same port after a restart: what the page remembers belongs to its address.
  const port = await freePort();
  let running = await startHost(folder, port, line.url);
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Asia/Bangkok", viewport: { width: 1440, height: 900 } });
  await prepare?.(context);
  const page = await context.newPage();
  await page.goto(running.launchUrl);
  return {
    page,
    folder,
    async restart() {
      await running.stop();
      running = await startHost(folder, port, line.url);
      await page.goto(running.launchUrl);
    },
    line: (whole) => line.down(!whole),
    async close() {
      await context.close();
      await running.stop();
      await line.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function openDesk(
  browser: Browser,
  installation: Installation,
  email = mali,
  { password = demoPassword, tenant = "Baan Mai Ceramics", prepare }: Entry = {},
): Promise<Desk> {
  const desk = await sitDown(browser, installation, prepare);
  try {
    await enter(desk.page, { email, password, tenant });
  } catch (error) {
    await desk.close(); // whoever asked for it never gets it, and could not close it
    throw error;
  }
  return desk;
}

async function enter(page: Page, { email, password, tenant }: { email: string; password: string; tenant: string }): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Where do you want to work?")).toBeVisible();
  await page.getByText(tenant).first().click();
  await expect(page.getByText("Online · everything is sent")).toBeVisible({ timeout: 20_000 });
}

/** A page of the settings, also from any other page. */
export async function openSettings(page: Page, name: string): Promise<void> {
  const nav = page.getByRole("navigation", { name: "Settings" });
  if (!(await nav.isVisible())) {
    await page.keyboard.press("Control+,");
    await nav.waitFor();
  }
  await nav.getByRole("button", { name, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}
