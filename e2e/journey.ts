/** A journey's tools: one installation for all journeys of a run, its mailbox, and pictures kept as artefacts. */
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { test as base, type BrowserContext, type Page } from "@playwright/test";
import { lookOut, type Lookout } from "./canaries.ts";
import { mali, openDesk, type Desk, type Entry } from "./console.ts";
import { startInstallation, type Installation } from "./installation.ts";
import { memberOf } from "./tenant.ts";

interface Mail {
  id: number;
  to: string;
  subject: string;
  text: string;
}

interface JourneyTools {
  /** The newest mail to this address; waits until it is there. */
  mailTo(address: string): Promise<Mail>;
  /** An operator signed in at a console of their own. */
  desk(email?: string, entry?: Entry): Promise<Desk>;
  /** A picture for people to look at: light and dark. */
  picture(page: Page, name: string): Promise<void>;
  /** Conversations that a journey began are closed when it ends: the next finds operators with room for theirs. */
  tidy: void;
}

interface Ground {
  installation: Installation;
  /** A file that gives itself another name here begins on an installation that no other journey has been through. */
  ground: string;
}

export const test = base.extend<JourneyTools, Ground>({
  ground: ["shared", { option: true, scope: "worker" }],
  installation: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a fixture needs from this pattern
    async ({}, use) => {
      const installation = await startInstallation();
      await use(installation);
      await installation.stop();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ installation }, use) => use(installation.url),
  mailTo: async ({ installation }, use) => {
    await use(async (address) => {
      let found: Mail | undefined;
      await base.expect
        .poll(async () => {
          const mails = (await (await fetch(`${installation.url}/demo/mail.json`)).json()) as Mail[];
          found = mails.find(({ to }) => to === address);
          return found?.to;
        })
        .toBe(address);
      if (!found) throw new Error(`No mail to ${address}.`);
      return found;
    });
  },
  desk: async ({ browser, installation }, use) => {
    const desks: { desk: Desk; lookout: Lookout | undefined }[] = [];
    await use(async (email, entry = {}) => {
      let lookout: Lookout | undefined;
      const prepare = async (context: BrowserContext) => {
        // Who serves both shops may see both.
        if (entry.tenant !== "All tenants") lookout = lookOut(context);
        await entry.prepare?.(context);
      };
      const desk = await openDesk(browser, installation, email, { ...entry, prepare });
      desks.push({ desk, lookout });
      return desk;
    });
    for (const { desk, lookout } of desks) lookout?.folder(desk.folder);
    await Promise.all(desks.map(({ desk }) => desk.close()));
    for (const { lookout } of desks) base.expect(lookout?.leaks ?? []).toEqual([]);
  },
  context: async ({ context }, use) => {
    const { leaks } = lookOut(context);
    await use(context);
    base.expect(leaks).toEqual([]);
  },
  tidy: [
    async ({ installation }, use) => {
      const began = Date.now();
      await use();
      const { api } = await memberOf(installation, mali);
      const { items } = await api.call(conversationsApi.list, { query: { queue: "all", limit: 100 } });
      const open = items.filter(({ startedAt, status }) => Date.parse(startedAt) >= began && status !== "closed");
      for (const { id } of open) await api.call(conversationsApi.setStatus, { params: { conversationId: id }, body: { to: "closed" } });
    },
    { auto: true },
  ],
  picture: async ({ browserName: _browser }, use) => {
    await use(async (page, name) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.screenshot({ path: `e2e/artefacts/${name}-${colorScheme}.png`, fullPage: true });
      }
      await page.emulateMedia({ colorScheme: "light" });
    });
  },
});

export { expect } from "@playwright/test";
