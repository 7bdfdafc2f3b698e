/** The chat inside the frame. The address says whose chat it is and in which language; everything else comes from the page's hello and the server. */
import { render } from "preact";
import type { Actions } from "./actions.ts";
import { createApi } from "./api.ts";
import { connectHost } from "./host.ts";
import { createKeep } from "./keep.ts";
import { wear } from "./look.ts";
import { createSession } from "./session.ts";
import { createBell } from "./sound.ts";
import { screenOf } from "./state.ts";
import { createStore } from "./store.ts";
import "./style.css";
import { App } from "./views/app.tsx";

const asked = new URLSearchParams(location.search);
const tenant = asked.get("tenant") ?? "";
const keep = createKeep(`switchboard:${tenant}:`, () => localStorage, window);
const drafts = createKeep(`switchboard:${tenant}:`, () => sessionStorage);
const root = document.getElementById("chat");

/** Focus is asked for when the panel opens and when one screen leads to the next, and given once, if nobody moved it meanwhile. */
let wantsFocus = false;
const focusFirst = () => {
  if (!wantsFocus || screenOf(store.state) === "loading") return;
  wantsFocus = false;
  const all = document.querySelectorAll<HTMLElement>("[data-first=true]");
  if (document.hasFocus() && (document.activeElement === document.body || document.activeElement === null)) (all[1] ?? all[0])?.focus();
};

const store = createStore((state) => {
  if (root === null) return;
  if (state.config !== null && state.words !== null) wear(state.config, state.words);
  render(<App state={state} act={act} />, root);
  session.report();
  focusFirst();
});

const host = connectHost((message, from) => {
  if (message.type === "panel") wantsFocus = message.focus;
  session.hear(message, from);
});

const session = createSession({
  origin: location.origin,
  tenant,
  language: asked.get("language") ?? "",
  api: createApi(location.origin),
  keep,
  store,
  host,
  ring: createBell(),
});

const onward = (change: Parameters<typeof store.set>[0]) => {
  wantsFocus = true;
  store.set(change);
};
const act: Actions = {
  close: () => void host.tell("close"),
  send: session.talk.send,
  typing: session.talk.typing,
  retry: session.talk.outbox.retry,
  discard: session.talk.outbox.discard,
  showEarlier: () => void session.talk.showEarlier().catch(() => undefined),
  async begin(answers, consent) {
    await session.begin({ ...answers }, consent);
    wantsFocus = true;
  },
  async leave(message) {
    await session.leave(message);
    wantsFocus = true;
  },
  byEmail: (leaving) => onward({ leaving }),
  startFresh: () => onward({ next: "fresh" }),
  goOn: () => onward({ next: "same" }),
  showConversation: () => onward({ left: null }),
  sound(sound) {
    keep.set("sound", sound ? null : "off");
    store.set({ sound });
  },
  draft(name, text) {
    const key = `draft:${name}`;
    if (text !== undefined) {
      drafts.set(key, text || null);
      const writing = text && name;
      if (writing !== store.state.writing) store.set({ writing });
    }
    return drafts.get(key) ?? "";
  },
};

document.addEventListener("visibilitychange", () => session.seen());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) act.close();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => store.set({}));
