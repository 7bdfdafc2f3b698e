/**
 * The demo's second business next door: its words may reach nobody who works for, or writes to, the first. Every answer, every frame of
 * every socket and every file of a console's computer is looked through, in every journey (SECURITY T-05).
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { demoTenants } from "@switchboard/server/demo/people.ts";

const [, neighbour] = demoTenants;
/** Long enough that nobody else says them by chance. */
export const foreignWords: readonly string[] = neighbour
  ? [
      neighbour.name,
      neighbour.admin.email,
      ...neighbour.operators.map(({ email }) => email),
      ...neighbour.visitors.flatMap(({ name, lines }) => [name ?? "", ...lines.map(([, text]) => text)]),
    ].filter((word) => word.length > 12)
  : [];

/** The back office and the demo's mailbox belong to the whole installation. */
const everybodys = /^\/(?:admin|api\/v1\/platform|demo\/mail)/;

export interface Lookout {
  readonly leaks: string[];
  folder(path: string): void;
}

export function lookOut(context: BrowserContext): Lookout {
  const leaks: string[] = [];
  const look = (where: string, text: string) => {
    for (const word of foreignWords)
      if (text.includes(word) || text.includes(JSON.stringify(word).slice(1, -1))) leaks.push(`${where}: "${word}"`);
  };
  context.on("response", (response) => {
    const { pathname } = new URL(response.url());
    if (everybodys.test(pathname) || response.status() >= 300) return;
    // A page that closes meanwhile takes the body along.
    response.text().then(
      (text) => look(`${response.request().method()} ${pathname}`, text),
      () => undefined,
    );
  });
  const watchPage = (page: Page) =>
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => look(`a frame at ${new URL(socket.url()).pathname}`, String(payload))),
    );
  context.on("page", watchPage);
  for (const page of context.pages()) watchPage(page);
  return {
    leaks,
    folder(path) {
      for (const entry of readdirSync(path, { withFileTypes: true, recursive: true }))
        if (entry.isFile()) look(`the file ${entry.name}`, readFileSync(join(entry.parentPath, entry.name)).toString("utf8"));
    },
  };
}
