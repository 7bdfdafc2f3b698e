import { describe, expect, it } from "vitest";
import { catalogue } from "../commands/catalogue.ts";
import { parseBinding } from "./binding.ts";
import { refusal } from "./reserved.ts";
import {
  bindingOf,
  conflictsWith,
  noOverrides,
  readOverrides,
  setBinding,
  shortcutsInForce,
  shownBinding,
  swapBindings,
  writeOverrides,
} from "./shortcuts.ts";

describe("the default keys", () => {
  it("can all be read", () => {
    for (const row of catalogue)
      for (const text of [("single" in row && row.single) || undefined, ("anywhere" in row && row.anywhere) || undefined])
        if (text !== undefined) expect([text, parseBinding(text)]).not.toEqual([text, undefined]);
  });
  it("belong to commands with different names", () => {
    const ids = catalogue.map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it.each(["linux", "mac", "windows"] as const)("never meet in the same place on %s", (platform) => {
    const clashes = shortcutsInForce(noOverrides).flatMap((shortcut) =>
      conflictsWith(shortcut.id, shortcut.slot, shortcut.text, noOverrides, platform).map(
        (other) => `${shortcut.id} ${shortcut.text} ${other.id}`,
      ),
    );
    // Enter, arrows and Ctrl/Cmd Enter are asked in different places; nothing else may meet.
    expect(clashes).toEqual([]);
  });
  it("avoid Ctrl Alt and what the system takes", () => {
    for (const platform of ["linux", "mac", "windows"] as const)
      for (const shortcut of shortcutsInForce(noOverrides))
        expect([shortcut.text, refusal(shortcut.text, platform, "electron")]).toEqual([shortcut.text, undefined]);
  });
});

describe("changing keys", () => {
  it("shows the conflict, and a swap solves it", () => {
    expect(conflictsWith("conversation.close", "single", "Z", noOverrides, "linux").map((other) => other.id)).toEqual([
      "conversation.snooze",
    ]);
    const swapped = swapBindings(
      noOverrides,
      { id: "conversation.close", slot: "single" },
      { id: "conversation.snooze", slot: "single" },
      "Z",
    );
    expect(bindingOf("conversation.close", "single", swapped)).toBe("Z");
    expect(bindingOf("conversation.snooze", "single", swapped)).toBe("E");
    expect(conflictsWith("conversation.close", "single", "Z", swapped, "linux")).toEqual([]);
  });
  it("sees a sequence that a single key would hide", () => {
    expect(conflictsWith("conversation.close", "single", "G", noOverrides, "linux").map((other) => other.id)).toContain("go.inbox");
  });
  it("lets the same key mean different things on different pages", () => {
    expect(conflictsWith("calendar.week", "single", "W", noOverrides, "linux")).toEqual([]);
  });
  it("forgets a change that is the default again", () => {
    const changed = setBinding(noOverrides, "conversation.close", "single", "Q");
    expect(setBinding(changed, "conversation.close", "single", "E")).toEqual(noOverrides);
  });
  it("switches one key off", () => {
    expect(bindingOf("conversation.close", "single", setBinding(noOverrides, "conversation.close", "single", null))).toBeUndefined();
  });
  it("shows the key that reaches us: a browser keeps Ctrl W", () => {
    expect(shownBinding("pane.close", noOverrides, "linux", "electron")).toBe("Mod+W");
    expect(shownBinding("pane.close", noOverrides, "linux", "browser")).toBeUndefined();
    expect(shownBinding("conversation.takeNext", noOverrides, "linux", "browser")).toBe("T");
  });
});

describe("keys as a file", () => {
  it("come back as they were", () => {
    const changed = {
      ...setBinding(setBinding(noOverrides, "conversation.close", "single", "Q"), "go.inbox", "single", null),
      singleKeysOff: true,
    };
    expect(readOverrides(writeOverrides(changed))).toEqual(changed);
  });
  it("leave out what is unknown or broken", () => {
    const text = JSON.stringify({
      switchboardShortcuts: 1,
      keys: { "no.such": { single: "Q" }, "conversation.close": { single: "Hyper+Q", anywhere: "Mod+E" } },
    });
    expect(readOverrides(text)).toEqual({ keys: { "conversation.close": { anywhere: "Mod+E" } }, singleKeysOff: false });
  });
  it.each(["", "[]", "{}", '{"switchboardShortcuts":1}', "not json"])("are refused when the file is %j", (text) => {
    expect(readOverrides(text)).toBeUndefined();
  });
});

describe("refused keys", () => {
  it.each([
    ["Mod+W", "browser", "browser"],
    ["Mod+W", "electron", undefined],
    ["Mod+Alt+K", "electron", "typing"],
    ["Alt+F4", "electron", "system"],
    ["Shift+Space", "electron", "input-method"],
    ["Mod+C", "electron", "typing"],
    ["Nonsense", "electron", "invalid"],
    ["Mod+K", "browser", undefined],
  ] as const)("%s in %s: %s", (text, host, reason) => {
    expect(refusal(text, "windows", host)).toBe(reason);
  });
});
