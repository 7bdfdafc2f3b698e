/**
 * The widget with nobody behind it, for the settings of the console: the chat's own views over a state that the console describes, the
 * launcher's own look beside it. No network, no storage, no visitor; it runs in a frame without an origin.
 */
import { render } from "preact";
import type { Actions } from "../chat/actions.ts";
import { wear } from "../chat/look.ts";
import "../chat/style.css";
import { App } from "../chat/views/app.tsx";
import { loadWords } from "../chat/words.ts";
import { icon } from "../loader/icons.ts";
import { style } from "../loader/style.ts";
import { textOn } from "../loader/text-on.ts";
import { hearConsole, type PreviewShow } from "./hear.ts";
import { stateOf } from "./scene.ts";
import "./style.css";

const panel = document.getElementById("chat");
const site = document.getElementById("site");
site?.append(...Array.from({ length: 5 }, () => document.createElement("i")));

const nothing = () => undefined;
/** Buttons can be pressed and do nothing: what is typed here goes nowhere. */
const act: Actions = {
  close: nothing,
  send: nothing,
  typing: nothing,
  retry: nothing,
  discard: nothing,
  showEarlier: nothing,
  begin: () => Promise.resolve(),
  leave: () => Promise.resolve(),
  byEmail: nothing,
  startFresh: nothing,
  goOn: nothing,
  showConversation: nothing,
  sound: nothing,
  draft: () => "",
};

const host = document.createElement("div");
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(style);
root.adoptedStyleSheets = [sheet];
document.body.append(host);

function drawLauncher({ config, scene }: PreviewShow): void {
  const { colour, position, offsetSide, offsetBottom, launcherIcon, launcherLabel } = config.look;
  const box = Object.assign(document.createElement("div"), { className: position });
  const button = Object.assign(document.createElement("button"), { className: "b", type: "button", tabIndex: -1 });
  const open = scene !== "launcher";
  button.append(icon(open ? "down" : launcherIcon), open ? "" : launcherLabel);
  button.ariaLabel = launcherLabel || config.texts.title;
  if (!open && config.texts.greeting !== "") {
    const greeting = Object.assign(document.createElement("aside"), { className: "g" });
    greeting.append(config.texts.greeting);
    box.append(greeting);
  }
  box.append(button);
  host.style.cssText = `--x:${offsetSide}px;--y:${offsetBottom}px;--c:${colour};--o:${textOn(colour)}`;
  root.replaceChildren(box);
}

let newest = 0;
async function show(shown: PreviewShow): Promise<void> {
  const mine = (newest += 1);
  const words = await loadWords(shown.config.language);
  // Words of another language may have come later than what was asked for after them.
  if (panel === null || mine !== newest) return;
  const { position, offsetSide, offsetBottom } = shown.config.look;
  wear(shown.config, words);
  panel.hidden = shown.scene === "launcher";
  panel.className = shown.phone ? "whole" : position;
  panel.style.setProperty("--x", `${offsetSide}px`);
  panel.style.setProperty("--y", `${offsetBottom}px`);
  host.hidden = shown.phone && shown.scene !== "launcher";
  render(<App state={stateOf(shown, words)} act={act} />, panel);
  drawLauncher(shown);
}

window.addEventListener("message", (event) => {
  const shown = hearConsole(event, window.parent);
  if (shown !== undefined) void show(shown);
});
document.addEventListener("submit", (event) => event.preventDefault(), true);
// The console cannot know the origin of a frame that has none.
window.parent.postMessage({ switchboard: "preview-ready" }, "*");
