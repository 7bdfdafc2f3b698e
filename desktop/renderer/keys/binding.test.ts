import { describe, expect, it } from "vitest";
import { follow, meet, parseBinding, strokeOf, writeStroke, type KeyPress, type Stroke } from "./binding.ts";

const press = (given: Partial<KeyPress> & { key: string; code?: string }): KeyPress => ({
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  isComposing: false,
  getModifierState: () => false,
  ...given,
});
const strokes = (text: string): readonly Stroke[] => {
  const parsed = parseBinding(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
};

describe("parseBinding", () => {
  it("reads one stroke and writes it back in one order of the modifiers", () => {
    expect(strokes("Shift+Mod+K").map(writeStroke)).toEqual(["Mod+Shift+K"]);
  });
  it("reads strokes after each other", () => {
    expect(strokes("G I").map((stroke) => stroke.key)).toEqual(["G", "I"]);
  });
  it("reads a plus as a key", () => {
    expect(strokes("Mod++")[0]).toMatchObject({ mod: true, key: "+" });
    expect(strokes("+")[0]).toMatchObject({ mod: false, key: "+" });
  });
  it.each(["", "Mod+", "Mod+Mod+K", "Hyper+K", "k", "Mod+KK", "A B C D", "F25"])("refuses %j", (text) => {
    expect(parseBinding(text)).toBeUndefined();
  });
});

describe("strokeOf", () => {
  it("takes what is printed on a Latin layout", () => {
    // AZERTY: the key that a US board calls Q prints A.
    expect(strokeOf(press({ key: "a", code: "KeyQ" }), "linux")?.key).toBe("A");
  });
  it("takes the physical key when the layout is not Latin", () => {
    expect(strokeOf(press({ key: "ะ", code: "KeyT" }), "linux")).toMatchObject({ key: "T", shift: false });
    expect(strokeOf(press({ key: "り", code: "KeyL" }), "windows")?.key).toBe("L");
    expect(strokeOf(press({ key: "฿", code: "KeyR", shiftKey: true }), "linux")).toMatchObject({ key: "R", shift: true });
  });
  it("finds signs on a Thai layout by place", () => {
    expect(strokeOf(press({ key: "ฝ", code: "Slash" }), "linux")?.key).toBe("/");
    expect(strokeOf(press({ key: "ฦ", code: "Slash", shiftKey: true }), "linux")).toMatchObject({ key: "?", shift: false });
  });
  it("takes digits from the digit row, also where they need Shift", () => {
    expect(strokeOf(press({ key: "&", code: "Digit1" }), "linux")?.key).toBe("1");
    expect(strokeOf(press({ key: "1", code: "Numpad1" }), "linux")?.key).toBe("1");
  });
  it("does not take the arrows of the number pad for digits", () => {
    expect(strokeOf(press({ key: "ArrowDown", code: "Numpad2" }), "linux")?.key).toBe("ArrowDown");
  });
  it("reads signs by what they print, whatever Shift did", () => {
    // German: slash is Shift+7.
    expect(strokeOf(press({ key: "/", code: "Digit7", shiftKey: true }), "linux")).toMatchObject({ key: "/", shift: false });
    expect(strokeOf(press({ key: "?", code: "Minus", shiftKey: true }), "linux")).toMatchObject({ key: "?", shift: false });
    expect(strokeOf(press({ key: "=", code: "Equal", ctrlKey: true }), "linux")).toMatchObject({ key: "+", mod: true });
  });
  it("is Ctrl on Windows and Linux, Cmd on a Mac", () => {
    expect(strokeOf(press({ key: "k", ctrlKey: true }), "linux")).toMatchObject({ mod: true, ctrl: false });
    expect(strokeOf(press({ key: "k", metaKey: true }), "mac")).toMatchObject({ mod: true, ctrl: false });
    expect(strokeOf(press({ key: "Tab", ctrlKey: true }), "mac")).toMatchObject({ mod: false, ctrl: true });
    expect(strokeOf(press({ key: "k", metaKey: true }), "windows")).toBeUndefined();
  });
  it("says nothing while an input method composes or a modifier alone is pressed", () => {
    expect(strokeOf(press({ key: "k", isComposing: true }), "linux")).toBeUndefined();
    expect(strokeOf(press({ key: "Process", code: "KeyK" }), "windows")).toBeUndefined();
    expect(strokeOf(press({ key: "Dead", code: "Quote" }), "linux")).toBeUndefined();
    expect(strokeOf(press({ key: "Shift", shiftKey: true }), "linux")).toBeUndefined();
  });
  it("does not take AltGr for Ctrl+Alt", () => {
    const typed = press({ key: "e", code: "KeyE", ctrlKey: true, altKey: true, getModifierState: (key) => key === "AltGraph" });
    expect(strokeOf(typed, "windows")).toMatchObject({ mod: false, alt: false, key: "E" });
  });
});

describe("follow and meet", () => {
  it("knows the whole, the beginning and something else", () => {
    expect(follow(strokes("G I"), strokes("G"), "linux")).toBe("start");
    expect(follow(strokes("G I"), strokes("G I"), "linux")).toBe("whole");
    expect(follow(strokes("G I"), strokes("G T"), "linux")).toBe("no");
    expect(follow(strokes("G"), strokes("G I"), "linux")).toBe("no");
  });
  it("sees that a key which begins a sequence is taken", () => {
    expect(meet(strokes("G"), strokes("G I"), "linux")).toBe(true);
    expect(meet(strokes("G T"), strokes("G I"), "linux")).toBe(false);
  });
  it("takes Ctrl and Mod for the same key except on a Mac", () => {
    expect(meet(strokes("Ctrl+Tab"), strokes("Mod+Tab"), "linux")).toBe(true);
    expect(meet(strokes("Ctrl+Tab"), strokes("Mod+Tab"), "mac")).toBe(false);
  });
});
