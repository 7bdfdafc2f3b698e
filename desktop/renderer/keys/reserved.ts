/** Keys that never reach us, or that would take something away from the person. Refused in Settings with the reason. */
import { parseBinding, sameStroke, type Platform, type Stroke } from "./binding.ts";

export type Host = "electron" | "browser";
export type Refusal = "system" | "browser" | "typing" | "input-method" | "invalid";

const system: Readonly<Record<Platform, readonly string[]>> = {
  mac: [
    "Mod+Q",
    "Mod+H",
    "Mod+Tab",
    "Mod+Space",
    "Ctrl+Space",
    "Mod+Shift+3",
    "Mod+Shift+4",
    "Mod+Shift+5",
    "Ctrl+ArrowUp",
    "Ctrl+ArrowDown",
    "Ctrl+ArrowLeft",
    "Ctrl+ArrowRight",
  ],
  windows: ["Alt+F4", "Alt+Tab", "Alt+Escape", "Ctrl+Escape", "Alt+Space"],
  linux: ["Alt+F4", "Alt+Tab", "Alt+Space", "Alt+F1", "Alt+F2"],
};
/** A browser keeps these for its tabs and windows; a page cannot have them. */
const browser = ["Mod+W", "Mod+T", "Mod+N", "Mod+Shift+W", "Mod+Shift+T", "Mod+Shift+N", "Ctrl+Tab", "Ctrl+Shift+Tab", "Mod+Q"];
const inputMethod = ["Shift+Space", "Ctrl+Space"];
/** What every field needs. */
const fields = ["Mod+A", "Mod+C", "Mod+V", "Mod+X", "Mod+Y", "Tab", "Shift+Tab", "Backspace", "Delete"];

export function refusal(binding: string, platform: Platform, host: Host): Refusal | undefined {
  const strokes = parseBinding(binding);
  if (strokes === undefined) return "invalid";
  const [first] = strokes;
  if (first === undefined) return "invalid";
  const among = (list: readonly string[]) => list.some((text) => strokes.length === 1 && matches(text, first, platform));
  if (among(inputMethod)) return "input-method";
  if (among(system[platform])) return "system";
  // Ctrl+Alt types characters on many layouts.
  if (platform !== "mac" && strokes.some((stroke) => stroke.alt && (stroke.mod || stroke.ctrl))) return "typing";
  if (among(fields)) return "typing";
  return host === "browser" && among(browser) ? "browser" : undefined;
}

function matches(text: string, stroke: Stroke, platform: Platform): boolean {
  const parsed = parseBinding(text)?.[0];
  return parsed !== undefined && sameStroke(parsed, stroke, platform);
}
