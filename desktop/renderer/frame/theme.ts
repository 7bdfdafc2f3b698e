/** What a person chose for the look of this computer; the root element carries it and the tokens answer. */
export type Theme = "system" | "light" | "dark";
export type Density = "comfortable" | "compact";
export type TextSize = "small" | "normal" | "large" | "largest";

export interface Appearance {
  readonly theme: Theme;
  readonly density: Density;
  readonly text: TextSize;
}

export const defaultAppearance: Appearance = { theme: "system", density: "comfortable", text: "normal" };

export function repairAppearance(value: unknown): Appearance {
  const given = typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  const one = <T extends string>(key: string, allowed: readonly T[], fallback: T): T =>
    allowed.find((candidate) => candidate === given[key]) ?? fallback;
  return {
    theme: one("theme", ["system", "light", "dark"], defaultAppearance.theme),
    density: one("density", ["comfortable", "compact"], defaultAppearance.density),
    text: one("text", ["small", "normal", "large", "largest"], defaultAppearance.text),
  };
}

export function applyAppearance(root: HTMLElement, appearance: Appearance): void {
  root.dataset["theme"] = appearance.theme;
  root.dataset["density"] = appearance.density;
  root.dataset["text"] = appearance.text;
}

/** What is seen now, for the command that switches: "system" may be either. */
export function shownTheme(theme: Theme, systemDark: boolean): "light" | "dark" {
  return theme === "system" ? (systemDark ? "dark" : "light") : theme;
}
