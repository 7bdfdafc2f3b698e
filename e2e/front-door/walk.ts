/** A newcomer's first ten minutes: every line of the README's table, opened and used as it says. */
import { expect, type Page } from "@playwright/test";
import type { Address, Readme } from "./readme.ts";

export interface Tour {
  readonly readme: Readme;
  /** What `npm start` printed. */
  readonly printed: string;
  /** Where an address of the README is this time. */
  locate(url: string): string;
  newPage(): Promise<Page>;
}

const question = "Is the blue teapot still there?";
const answer = "It is, the last one.";

export async function walk(tour: Tour): Promise<void> {
  const { readme, locate } = tour;
  const open = async (url: string) => {
    const page = await tour.newPage();
    await page.goto(locate(url));
    return page;
  };
  let desk: Page | undefined;

  /** By the end of the address; a line that is new in the table must be learned here. */
  const steps: readonly [RegExp, (address: Address) => Promise<unknown>][] = [
    [
      /:4100\/$/,
      async ({ url, login = "" }) => {
        const launchUrl = /Console\s+(http\S+)/.exec(tour.printed)?.[1] ?? "";
        expect(launchUrl.startsWith(locate(url))).toBe(true);
        desk = await tour.newPage();
        await desk.goto(launchUrl);
        await desk.getByLabel("E-mail").fill(login);
        await desk.getByLabel("Password").fill(readme.password);
        await desk.keyboard.press("Enter");
        await desk.getByText("Baan Mai Ceramics").first().click();
        await expect(desk.getByText("Online · everything is sent")).toBeVisible({ timeout: 20_000 });
      },
    ],
    [
      /\/demo\/$/,
      async ({ url }) => {
        if (!desk) throw new Error("The README sends people to the shop before anybody is there to answer.");
        const shop = await open(url);
        await shop.getByRole("button", { name: "Chat" }).click();
        const chat = shop.frameLocator("iframe");
        const write = chat.getByRole("textbox", { name: "Write a message" });
        await write.fill(question);
        await write.press("Enter");
        await desk.getByText(question).first().click();
        const reply = desk.getByRole("textbox", { name: /reply/i }).first();
        await reply.fill(answer);
        await reply.press("Enter");
        await expect(chat.getByText(answer)).toBeVisible();
      },
    ],
    [/\/signup$/, async ({ url }) => expect((await open(url)).getByRole("heading", { level: 1 })).toHaveText("Create your Switchboard")],
    [/\/demo\/mail$/, async ({ url }) => expect((await open(url)).getByRole("heading", { level: 1, name: "Mail" })).toBeVisible()],
    [
      /\/admin\/$/,
      async ({ url, login = "" }) => {
        const page = await open(url);
        await page.getByLabel("E-mail").fill(login);
        await page.getByLabel("Password").fill(readme.password);
        await page.getByRole("button", { name: "Sign in" }).click();
        await expect(page.getByRole("link", { name: "Tenants" }).first()).toBeVisible();
      },
    ],
    [
      /\/docs\/$/,
      async ({ url }) => {
        const page = await open(url);
        await page.getByRole("searchbox").fill("backup");
        await expect(page.getByRole("link", { name: /backup/i }).first()).toBeVisible();
      },
    ],
  ];

  for (const address of readme.addresses) {
    const step = steps.find(([place]) => place.test(address.url))?.[1];
    if (!step) throw new Error(`The README names ${address.url}, and nobody has tried it.`);
    await step(address);
    for (const path of address.also) {
      const response = await fetch(new URL(path, locate(address.url)));
      expect(response.status, `${path}, which the README names`).toBe(200);
    }
  }
}
