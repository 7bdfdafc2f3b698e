import type { TFunction } from "i18next";
import { parseBinding, type Platform, type Stroke } from "./binding.ts";

const macSigns: Readonly<Record<string, string>> = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" };
const keySigns: Readonly<Record<string, string>> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", "-": "−" };

/** What is printed on the keys of this person's keyboard: `["Ctrl", "Shift", "O"]`, on a Mac `["⌘", "⇧", "O"]`. */
export function keyNames(binding: string, platform: Platform, t: TFunction): readonly string[] {
  return (parseBinding(binding) ?? []).flatMap((stroke) => strokeNames(stroke, platform, t));
}

function strokeNames(stroke: Stroke, platform: Platform, t: TFunction): string[] {
  const held = (["Mod", "Ctrl", "Alt", "Shift"] as const).filter(
    (name) => ({ Mod: stroke.mod, Ctrl: stroke.ctrl, Alt: stroke.alt, Shift: stroke.shift })[name],
  );
  const words = held.map((name) =>
    platform === "mac" ? (macSigns[name] ?? name) : t(name === "Mod" ? "keys.names.Ctrl" : `keys.names.${name}`),
  );
  return [...words, keyName(stroke.key, t)];
}

function keyName(key: string, t: TFunction): string {
  const sign = keySigns[key];
  if (sign !== undefined) return sign;
  switch (key) {
    case "Escape":
    case "Space":
    case "Tab":
      return t(`keys.names.${key}`);
    default:
      return key;
  }
}
