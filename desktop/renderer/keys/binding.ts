/**
 * Keys as text and as strokes. `Mod+Shift+K` is one stroke, `G I` two after each other. `Mod` is Ctrl, on macOS Cmd.
 * The last part of a stroke is a letter, a digit, one of the signs below, or a named key (`Enter`, `ArrowDown`, `F6`).
 */
export type Platform = "mac" | "windows" | "linux";

export interface Stroke {
  readonly mod: boolean;
  /** Ctrl beside Mod: the same key except on macOS. */
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly key: string;
}

/** What a stroke is read from; a KeyboardEvent has all of it. */
export interface KeyPress {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly isComposing: boolean;
  getModifierState(key: string): boolean;
}

const signs = new Set(["/", "?", ".", ",", "\\", "+", "-", ";", "'", "[", "]"]);
const signOfCode: Readonly<Record<string, readonly [string, string]>> = {
  Slash: ["/", "?"],
  Period: [".", "."],
  Comma: [",", ","],
  Backslash: ["\\", "\\"],
  Equal: ["+", "+"],
  Minus: ["-", "-"],
  Semicolon: [";", ";"],
  Quote: ["'", "'"],
  BracketLeft: ["[", "["],
  BracketRight: ["]", "]"],
};
const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "Fn", "Hyper", "Super", "OS"]);
const names = new Set([
  "Enter",
  "Tab",
  "Escape",
  "Space",
  "Backspace",
  "Delete",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Insert",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
]);

function parseStroke(text: string): Stroke | undefined {
  // "Mod++": the last plus is the key.
  const parts = text === "+" ? ["+"] : text.endsWith("++") ? [...text.slice(0, -2).split("+"), "+"] : text.split("+");
  const key = parts.at(-1) ?? "";
  const held = parts.slice(0, -1);
  if (held.some((part) => !["Mod", "Ctrl", "Alt", "Shift"].includes(part)) || new Set(held).size !== held.length) return undefined;
  const known = /^[A-Z0-9]$/.test(key) || signs.has(key) || names.has(key) || /^F([1-9]|1\d|2[0-4])$/.test(key);
  if (!known) return undefined;
  return { mod: held.includes("Mod"), ctrl: held.includes("Ctrl"), alt: held.includes("Alt"), shift: held.includes("Shift"), key };
}

/** Undefined for what is not a binding. */
export function parseBinding(text: string): readonly Stroke[] | undefined {
  const strokes = text.trim().split(/\s+/).map(parseStroke);
  return strokes.length > 0 && strokes.length <= 3 && strokes.every((stroke) => stroke !== undefined) ? strokes : undefined;
}

export function writeStroke(stroke: Stroke): string {
  return [stroke.mod && "Mod", stroke.ctrl && "Ctrl", stroke.alt && "Alt", stroke.shift && "Shift", stroke.key].filter(Boolean).join("+");
}

/**
 * The stroke of a key press, or undefined while a modifier alone or an input method is at work. Letters of a layout that is not
 * Latin (Thai, kana, Cyrillic) are taken from the physical key; a Latin layout, also Dvorak or AZERTY, from what is printed.
 */
export function strokeOf(press: KeyPress, platform: Platform): Stroke | undefined {
  if (press.isComposing || press.key === "Process" || press.key === "Dead" || press.key === "Unidentified" || modifiers.has(press.key))
    return undefined;
  // AltGr types a character; Windows reports it as Ctrl+Alt.
  const typed = press.getModifierState("AltGraph");
  const ctrlKey = press.ctrlKey && !typed;
  const altKey = press.altKey && !typed;
  if (platform !== "mac" && press.metaKey) return undefined;
  const mod = platform === "mac" ? press.metaKey : ctrlKey;
  const ctrl = platform === "mac" && ctrlKey;
  const base = { mod, ctrl, alt: altKey, shift: press.shiftKey };

  if (/^[a-z]$/i.test(press.key)) return { ...base, key: press.key.toUpperCase() };
  if (signs.has(press.key)) return { ...base, shift: false, key: press.key };
  if (press.key === "=" && mod) return { ...base, shift: false, key: "+" };
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(press.code)?.[1];
  if (digit !== undefined && (press.code.startsWith("Digit") || /^\d$/.test(press.key))) return { ...base, key: digit };
  if (press.key === " ") return { ...base, key: "Space" };
  if (press.key.length > 1) return { ...base, key: press.key };

  const letter = /^Key([A-Z])$/.exec(press.code)?.[1];
  if (letter !== undefined) return { ...base, key: letter };
  const sign = signOfCode[press.code];
  if (sign !== undefined) return { ...base, shift: false, key: press.shiftKey ? sign[1] : sign[0] };
  return undefined;
}

export function sameStroke(a: Stroke, b: Stroke, platform: Platform): boolean {
  const ctrlOf = (stroke: Stroke) => (platform === "mac" ? stroke.ctrl : stroke.ctrl || stroke.mod);
  const modOf = (stroke: Stroke) => (platform === "mac" ? stroke.mod : stroke.ctrl || stroke.mod);
  return a.key === b.key && a.alt === b.alt && a.shift === b.shift && ctrlOf(a) === ctrlOf(b) && modOf(a) === modOf(b);
}

/** How far `pressed` goes into a binding: the whole of it, the start of it, or elsewhere. */
export function follow(binding: readonly Stroke[], pressed: readonly Stroke[], platform: Platform): "whole" | "start" | "no" {
  if (pressed.length > binding.length) return "no";
  const fits = pressed.every((stroke, index) => {
    const expected = binding[index];
    return expected !== undefined && sameStroke(expected, stroke, platform);
  });
  return fits ? (pressed.length === binding.length ? "whole" : "start") : "no";
}

/** Bindings meet when one is the other or its beginning. */
export function meet(a: readonly Stroke[], b: readonly Stroke[], platform: Platform): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return follow(long, short, platform) !== "no";
}

export function platformOf(userAgent: string): Platform {
  return /Mac|iPhone|iPad/.test(userAgent) ? "mac" : userAgent.includes("Windows") ? "windows" : "linux";
}
