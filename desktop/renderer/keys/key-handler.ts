/**
 * Turns key presses into commands. It knows three places: a field (only `anywhere` keys), a control that needs the key itself
 * (Enter on a button, letters in a menu, arrows in tabs), and the rest of the page.
 */
import type { CommandId } from "../commands/catalogue.ts";
import type { Commands } from "../commands/registry.ts";
import { follow, strokeOf, type KeyPress, type Platform, type Stroke } from "./binding.ts";
import type { Shortcut } from "./shortcuts.ts";

export type Place = "page" | "row" | "control" | "popup" | "field";

export interface KeyHandlerOptions {
  readonly platform: Platform;
  readonly shortcuts: () => readonly Shortcut[];
  readonly commands: Pick<Commands, "provided" | "run">;
  /** How long the second key of `G I` may take. */
  readonly waitMs?: number;
  readonly setTimer: (run: () => void, ms: number) => () => void;
  readonly onWaiting?: (pressed: readonly Stroke[]) => void;
}

export interface KeyHandler {
  /** True when a command ran or a sequence began: the caller prevents the browser's own meaning. */
  readonly press: (press: KeyPress, place: Place) => boolean;
  readonly forget: () => void;
}

const ownKeysOfControls = new Set([
  "Enter",
  "Space",
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "Home",
  "End",
  "PageUp",
  "PageDown",
  "Tab",
  "Escape",
]);

function allowed(shortcut: Shortcut, place: Place, pressed: readonly Stroke[]): boolean {
  if (place === "field") return shortcut.slot === "anywhere" && !shortcut.yieldsToFields;
  if (shortcut.slot === "anywhere") return true;
  if (place === "popup") return false;
  const last = pressed.at(-1);
  return place !== "control" || last === undefined || !ownKeysOfControls.has(last.key);
}

export function createKeyHandler({ platform, shortcuts, commands, waitMs = 1200, setTimer, onWaiting }: KeyHandlerOptions): KeyHandler {
  let pressed: readonly Stroke[] = [];
  let stopTimer: (() => void) | undefined;
  const forget = () => {
    stopTimer?.();
    stopTimer = undefined;
    if (pressed.length > 0) {
      pressed = [];
      onWaiting?.(pressed);
    }
  };
  const attempt = (strokes: readonly Stroke[], place: Place): CommandId | "waits" | undefined => {
    let waits = false;
    for (const shortcut of shortcuts()) {
      const fit = follow(shortcut.strokes, strokes, platform);
      if (fit === "no" || !allowed(shortcut, place, strokes) || !commands.provided(shortcut.id)) continue;
      if (fit === "whole") return shortcut.id;
      waits = true;
    }
    return waits ? "waits" : undefined;
  };

  return {
    forget,
    press(press, place) {
      const stroke = strokeOf(press, platform);
      if (stroke === undefined) return false;
      const before = pressed;
      const strokes = [...before, stroke];
      // A second key that leads nowhere is taken as a first key.
      const found = attempt(strokes, place) ?? (before.length > 0 ? attempt([stroke], place) : undefined);
      forget();
      if (found === undefined) return false;
      if (found === "waits") {
        pressed = attempt(strokes, place) === "waits" ? strokes : [stroke];
        onWaiting?.(pressed);
        stopTimer = setTimer(forget, waitMs);
        return true;
      }
      return commands.run(found);
    },
  };
}

/** Where a key press happens, read from the focused element. */
export function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return "page";
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return "field";
  if (target instanceof HTMLInputElement)
    return ["checkbox", "radio", "button", "submit", "color", "range"].includes(target.type) ? inControl(target) : "field";
  return inControl(target);
}

function inControl(target: HTMLElement): Place {
  if (target.closest('[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"], [role="grid"]') !== null) return "popup";
  if (target.closest("[data-command-row]") === target) return "row";
  return target.matches(
    'button, a[href], summary, input, [role="tab"], [role="separator"], [role="radio"], [role="checkbox"], [role="switch"], [role="slider"]',
  )
    ? "control"
    : "page";
}
