/**
 * What a customer pastes. It asks for the tenant's look, draws the launcher, and fetches nothing more until the visitor wants to
 * talk: no frame, no cookie, no storage. Nothing here belongs to the document's flow, so that nothing on the page moves.
 */
import type { VisitConfig } from "@switchboard/shared/api/visit-shapes.ts";
import { envelope, hearChat, type ToChat } from "../protocol.ts";
import { icon } from "./icons.ts";
import { small, style } from "./style.ts";
import { textOn } from "./text-on.ts";
import type { Call, Heard, Switchboard } from "./api.ts";

/** "Chat" and "Close" in every language; put in by the build. */
declare const __LAUNCHER_WORDS__: Record<string, readonly [string, string]>;

const make = <K extends keyof HTMLElementTagNameMap>(name: K, className: string): HTMLElementTagNameMap[K] =>
  Object.assign(document.createElement(name), { className });

const on = (target: EventTarget, type: string, run: (event: Event) => unknown) => target.addEventListener(type, run);

function load({ src, dataset }: HTMLScriptElement, tenant: string): void {
  const words = __LAUNCHER_WORDS__;
  const { origin } = new URL(src);
  const wishes = [`${dataset["language"]}`, document.documentElement.lang, ...navigator.languages].map((wish) => wish.slice(0, 2));
  const address = `?tenant=${tenant}&language=${wishes.find((wish) => words[wish]) ?? ""}`;
  const listeners = new Set<(message: Heard) => void>();
  /** What the chat is told as soon as it can hear. */
  const kept: Record<string, ToChat> = {};
  const host = make("div", "");
  const root = host.attachShadow({ mode: "open" });
  const box = make("div", "");
  const button = make("button", "b");
  const badge = make("span", "");
  const greeting = make("aside", "g");
  const cross = make("button", "x");
  const narrow = matchMedia(small);
  let config: VisitConfig;
  let frame: HTMLIFrameElement | undefined;
  /** The chat's window, once it can hear. */
  let chat: Window | null | undefined;
  let shown = false;
  let unread = "";

  /**
   * Memory of the customer's site, empty until the visitor opens the chat: in `localStorage` whether it was ever opened ("0") and
   * goes on ("1"), in `sessionStorage` whether it is open. Neither says who the visitor is.
   */
  const memory = (kind: "localStorage" | "sessionStorage", value?: string) => {
    try {
      if (value) window[kind]["switchboard:" + tenant] = value;
      else if (value === "") delete window[kind]["switchboard:" + tenant];
      return window[kind]["switchboard:" + tenant] as string | undefined;
    } catch {
      return undefined; // a browser that keeps nothing
    }
  };
  const ever = (value?: string) => memory("localStorage", value);
  const tell = (message: ToChat) => chat?.postMessage(envelope(message), origin);
  const tellPanel = (focus: boolean) =>
    tell({ type: "panel", shown, focus, url: location.href, title: document.title, referrer: document.referrer });
  const keep = (name: string, message: ToChat) => tell((kept[name] = message));

  /** Only when the visitor wants to talk, or did so on an earlier page and the conversation goes on. */
  const createFrame = () => {
    if (frame) return;
    box.prepend((frame = make("iframe", "f")));
    frame.title = config.tenant.name;
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox");
    frame.src = `${origin}/chat/${address}`;
    on(frame, "load", () => {
      chat = frame?.contentWindow;
      Object.values(kept).forEach(tell);
      tellPanel(document.activeElement === host);
    });
  };

  const draw = () => {
    const { colour, position, offsetSide, offsetBottom, launcherIcon, launcherLabel } = config.look;
    const [name = "", close = ""] = words[config.language] ?? [];
    const text = shown ? "" : launcherLabel;
    host.style.cssText = `--x:${offsetSide}px;--y:calc(${offsetBottom}px + env(safe-area-inset-bottom));--c:${colour};--o:${textOn(colour)}`;
    box.className = position;
    button.replaceChildren(icon(shown ? "down" : launcherIcon), text, badge);
    button.ariaLabel = unread || text || name;
    button.ariaExpanded = `${shown}`;
    cross.ariaLabel = close;
    frame?.classList.toggle("on", shown);
  };

  const toggle = (on: boolean, focus: boolean) => {
    if (on) {
      greeting.remove();
      createFrame();
      ever(ever() ?? "0");
    } else if (!shown) return;
    shown = on;
    memory("sessionStorage", on ? "1" : "");
    draw();
    if (focus) (on ? frame : button)?.focus();
    tellPanel(focus);
  };

  const fetchConfig = () =>
    fetch(`${origin}/api/v1/visit/config${address}`)
      .then((response) => (response.ok ? response.json() : Promise.reject(response)))
      .then((answer: VisitConfig) => {
        config = answer;
        draw();
      });

  const begin = () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    root.append(box);
    box.append(button);
    on(button, "click", () => toggle(!shown, true));
    // Who has talked before is met halfway.
    on(button, "pointerenter", () => ever() && createFrame());
    if (config.texts.greeting && !ever()) {
      cross.append(icon("cross"));
      greeting.append(config.texts.greeting, cross);
      box.append(greeting);
      // The visitor does not want to see it again; that is all that is remembered.
      on(cross, "click", () => ever("0") && greeting.remove());
    }
    (document.body ?? document.documentElement).append(host);
    on(window, "message", (event) => {
      const { type, text = "", count } = hearChat(event as MessageEvent, chat, origin) ?? {};
      if (type === "close") toggle(false, true);
      if (type === "gone") host.remove();
      if (type === "changed") void fetchConfig();
      if (type === "resume" && ever()) ever(`${count}`);
      if (type === "message") listeners.forEach((listener) => listener(JSON.parse(text) as Heard)); // made by our own chat
      if (type === "badge") {
        badge.textContent = count ? `${count}` : "";
        unread = text;
        draw();
      }
    });
    // A panel over the whole page must not hide what the keyboard has reached behind it.
    on(window, "focusin", (event) => event.target !== host && narrow.matches && toggle(false, false));
    // A phone's keyboard takes its part of the screen from the panel; zooming with two fingers does not.
    const view = visualViewport;
    if (view) on(view, "resize", () => box.style.setProperty("--h", view.scale > 1 ? "" : `${view.height}px`));
    // A look into storage makes the page wait, and who was never here has nothing in the second.
    const known = ever();
    if (known && memory("sessionStorage") && !narrow.matches) toggle(true, false);
    else if (known === "1") setTimeout(createFrame, 1_000);
  };
  // A site that is not the tenant's, a tenant that is suspended, a server that is away: the page stays as it was.
  const begun = fetchConfig().then(begin, () => new Promise<never>(() => {}));

  const api: Switchboard = {
    open: () => void begun.then(() => toggle(true, true)),
    close: () => void begun.then(() => toggle(false, false)),
    identify: (token) => keep("", { type: "identify", token }),
    setAttributes(values) {
      for (const name in values) keep(`.${name}`, { type: "attribute", name, value: `${values[name]}` });
    },
    onMessage(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    shutdown: () =>
      void begun.then(() => {
        toggle(false, false);
        box.hidden = true;
        delete window.Switchboard;
        // What the chat keeps in its own storage only the chat can forget.
        if (ever()) createFrame();
        ever("");
        keep("", { type: "shutdown" });
      }),
    push: ([name, ...values]: Call) => (api[name] as (...values: unknown[]) => void)(...values),
  };
  const early = window.Switchboard as Call[] | undefined; // `main` has looked
  window.Switchboard = api;
  early?.forEach(api.push);
}

const script = document.currentScript as HTMLScriptElement | null; // a classic script is never an SVG's
const tenant = script?.dataset["tenant"];
// One launcher a page, however often the snippet stands in it.
if (script && tenant && !(window.Switchboard as Switchboard | undefined)?.open) load(script, tenant);
