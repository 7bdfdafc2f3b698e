import "./tokens.css";
import "./reset.css";
import { isLanguage, pickLanguage } from "@switchboard/shared/i18n/languages.ts";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { now } from "./clock.ts";
import { connectToCore } from "./connect.ts";
import { keepFilesOut } from "./frame/keep-files-out.ts";
import { applyAppearance, repairAppearance } from "./frame/theme.ts";
import { InboxSection } from "./inbox/inbox-section.tsx";
import { platformOf } from "./keys/binding.ts";
import { createBridge, liveOptions } from "./live.tsx";
import { createMemory } from "./memory/memory.ts";
import { createRendererParts } from "./parts.tsx";
import { createRendererPort } from "./port.ts";
import type { Section } from "./sections.ts";
import { settingsSection } from "./settings/section.ts";
import { workSections } from "./tasks/work-sections.ts";
import { withTabShell } from "./tab-shell.ts";

const sections: readonly Section[] = [
  { id: "inbox", icon: "inbox", command: "go.inbox", place: "top", view: InboxSection },
  ...workSections,
  settingsSection,
];

/** So long the page shows nothing: usually the core has answered by then, and the console is what is drawn first. */
const patienceMs = 200;
/** Nothing to wait for is not waited for: a timer would come after all of the page's own work. */
const wait = (ms: number) => (ms > 0 ? new Promise<void>((resolve) => setTimeout(resolve, ms)) : Promise.resolve());

async function start(page: Window): Promise<void> {
  const root = page.document.documentElement;
  keepFilesOut(page);
  const computer = createMemory(page.localStorage, undefined);
  const appearance = repairAppearance(computer.read("appearance"));
  applyAppearance(root, appearance);
  const remembered = computer.read("language");
  const language = typeof remembered === "string" && isLanguage(remembered) ? remembered : pickLanguage(page.navigator.languages);
  // The core is asked while the texts are made ready.
  const core = createRendererPort({ connect: () => connectToCore(page), wait });
  const inBrowser = page.switchboard === undefined;
  const bridge = createBridge(inBrowser ? withTabShell(core, page) : core);
  const answered = bridge.client.prefetchQuery(liveOptions("session.state", {}));
  const parts = await createRendererParts({
    clock: now,
    language,
    zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    platform: platformOf(page.navigator.userAgent),
    host: inBrowser ? "browser" : "electron",
  });
  await Promise.race([answered, wait(patienceMs)]);
  const element = page.document.querySelector("#root");
  if (element === null) throw new Error("no #root in the page");
  createRoot(element).render(
    <App
      setup={{ parts, sections, memoryFor: (accountId) => createMemory(page.localStorage, accountId), root, appearance }}
      bridge={bridge}
    />,
  );
}

void start(window);
