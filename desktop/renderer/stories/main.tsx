import "../tokens.css";
import "../reset.css";
import "./stories.css";
import { StrictMode, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "../app.tsx";
import { applyAppearance, repairAppearance } from "../frame/theme.ts";
import { InboxSection } from "../inbox/inbox-section.tsx";
import { createBridge } from "../live.tsx";
import { createMemory } from "../memory/memory.ts";
import { createRendererParts } from "../parts.tsx";
import { settingsSection } from "../settings/section.ts";
import { workSections } from "../tasks/work-sections.ts";
import type { AnyLanguage } from "../text/i18n.ts";
import { stories } from "./all.tsx";
import { createFakeCore, type FakeCore } from "./fake/core.ts";
import { fakeId } from "./fake/ids.ts";
import { storyNow } from "./moment.ts";
import type { AppStory, ViewStory } from "./story.ts";

declare global {
  interface Window {
    /** For the tests that drive a story. */
    fakeCore?: FakeCore;
  }
}

const [name = "", search = ""] = location.hash.slice(1).split("?");
const wish = new URLSearchParams(search);
const language = (wish.get("lang") ?? "en") as AnyLanguage; // an unknown one shows English
const appearance = repairAppearance({
  theme: wish.get("theme") ?? "light",
  text: wish.get("text") ?? "normal",
  density: wish.get("density") ?? "comfortable",
});
applyAppearance(document.documentElement, appearance);

// Time stands still, so that a picture can be compared with the one before; `?run=1` lets it go on.
const started = performance.now();
const clock = () => storyNow + (wish.get("run") === "1" ? performance.now() - started : 0);
const parts = await createRendererParts({
  clock,
  language,
  zone: "Asia/Bangkok",
  platform: wish.get("platform") === "mac" ? "mac" : "linux",
  host: wish.get("host") === "browser" ? "browser" : "electron",
});

const element = document.querySelector("#root");
if (element === null) throw new Error("no #root in the page");
const story = stories.find((candidate) => candidate.name === name);
const draw = (content: ReactNode) => createRoot(element).render(<StrictMode>{content}</StrictMode>);
if (story === undefined) draw(<Contents />);
else if ("view" in story) draw(<View story={story} />);
else drawApp(story);

function View({ story: { view: Shown, whole, name: title } }: { readonly story: ViewStory }) {
  return (
    <parts.Provider>
      {whole === true ? (
        <Shown />
      ) : (
        <main className="sheet">
          <h1>{title}</h1>
          <Shown />
        </main>
      )}
    </parts.Provider>
  );
}

function drawApp({ adjust, at = "/inbox", memory = {}, after }: AppStory): void {
  const core = createFakeCore(adjust);
  window.fakeCore = core;
  const values = new Map<string, string>();
  const storage = {
    get length() {
      return values.size;
    },
    key: (index: number) => [...values.keys()][index] ?? null,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
  const first = createMemory(storage, fakeId("account napat"));
  first.write("appearance", appearance);
  for (const [key, value] of Object.entries(memory)) first.write(key as keyof typeof memory, value); // the keys of the story's own table
  // The router owns the hash from here on.
  history.replaceState(null, "", `#${at}`);
  draw(
    <App
      setup={{
        parts,
        sections: [{ id: "inbox", icon: "inbox", command: "go.inbox", place: "top", view: InboxSection }, ...workSections, settingsSection],
        memoryFor: (accountId) => createMemory(storage, accountId),
        root: document.documentElement,
        appearance,
      }}
      bridge={createBridge(core.port)}
    />,
  );
  after?.(core);
}

function Contents() {
  return (
    <main className="sheet">
      <h1>Stories</h1>
      <ul>
        {stories.map((each) => (
          <li key={each.name}>
            <a href={`#${each.name}`}>{each.name}</a> <a href={`#${each.name}?theme=dark`}>dark</a> <a href={`#${each.name}?lang=th`}>th</a>{" "}
            <a href={`#${each.name}?lang=en-XB`}>right to left</a>
          </li>
        ))}
      </ul>
    </main>
  );
}
