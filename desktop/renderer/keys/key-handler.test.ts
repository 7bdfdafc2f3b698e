import { describe, expect, it } from "vitest";
import type { CommandId } from "../commands/catalogue.ts";
import { createCommands } from "../commands/registry.ts";
import type { KeyPress } from "./binding.ts";
import { createKeyHandler, type Place } from "./key-handler.ts";
import { noOverrides, setBinding, shortcutsInForce, type Overrides } from "./shortcuts.ts";

function keyboard(
  overrides: Overrides = noOverrides,
  provided: readonly CommandId[] = [
    "go.inbox",
    "go.tasks",
    "conversation.takeNext",
    "list.open",
    "undo",
    "palette.open",
    "tenant.1",
    "conversation.close",
  ],
) {
  const commands = createCommands();
  const ran: CommandId[] = [];
  for (const id of provided) commands.provide(id, { run: () => ran.push(id) });
  let late: (() => void) | undefined;
  const handler = createKeyHandler({
    platform: "linux",
    commands,
    shortcuts: () => shortcutsInForce(overrides),
    setTimer: (run) => {
      late = run;
      return () => {
        late = undefined;
      };
    },
  });
  const type = (key: string, place: Place = "page", held: Partial<KeyPress> = {}) =>
    handler.press(
      {
        key,
        code: "",
        ctrlKey: false,
        metaKey: false,
        altKey: false,
        shiftKey: false,
        isComposing: false,
        getModifierState: () => false,
        ...held,
      },
      place,
    );
  return { ran, type, commands, wait: () => late?.() };
}

describe("the key handler", () => {
  it("runs a single key on the page and leaves it to a field", () => {
    const { ran, type } = keyboard();
    expect(type("t")).toBe(true);
    expect(type("t", "field")).toBe(false);
    expect(ran).toEqual(["conversation.takeNext"]);
  });
  it("runs keys with a modifier in fields too, except those that fields need", () => {
    const { ran, type } = keyboard();
    expect(type("k", "field", { ctrlKey: true })).toBe(true);
    expect(type("z", "field", { ctrlKey: true })).toBe(false);
    expect(type("z", "page", { ctrlKey: true })).toBe(true);
    expect(ran).toEqual(["palette.open", "undo"]);
  });
  it("leaves Enter to a focused button and takes it on a row", () => {
    const { ran, type } = keyboard();
    expect(type("Enter", "control")).toBe(false);
    expect(type("Enter", "row")).toBe(true);
    expect(type("t", "control")).toBe(true);
    expect(ran).toEqual(["list.open", "conversation.takeNext"]);
  });
  it("leaves letters to menus and dialogs", () => {
    const { ran, type } = keyboard();
    expect(type("t", "popup")).toBe(false);
    expect(ran).toEqual([]);
  });
  it("waits for the second key of a sequence", () => {
    const { ran, type } = keyboard();
    expect(type("g")).toBe(true);
    expect(ran).toEqual([]);
    type("t");
    expect(ran).toEqual(["go.tasks"]);
  });
  it("forgets the first key when the second is late", () => {
    const { ran, type, wait } = keyboard();
    type("g");
    wait();
    type("t");
    expect(ran).toEqual(["conversation.takeNext"]);
  });
  it("takes a second key that leads nowhere as a first key", () => {
    const { ran, type } = keyboard();
    type("g");
    type("e");
    expect(ran).toEqual(["conversation.close"]);
  });
  it("does not wait for a sequence that nobody provides", () => {
    const { type } = keyboard(noOverrides, ["conversation.close"]);
    expect(type("g")).toBe(false);
  });
  it("uses the person's own keys and drops the default", () => {
    const { ran, type } = keyboard(setBinding(noOverrides, "conversation.close", "single", "Q"));
    type("e");
    type("q");
    expect(ran).toEqual(["conversation.close"]);
  });
  it("has no single keys when they are switched off", () => {
    const { type } = keyboard({ ...noOverrides, singleKeysOff: true });
    expect(type("t")).toBe(false);
    expect(type("t", "page", { ctrlKey: true, shiftKey: true })).toBe(true);
  });
  it("does nothing for a command that is blocked", () => {
    const { commands, ran, type } = keyboard();
    commands.provide("conversation.close", { run: () => ran.push("conversation.close"), blocked: () => "Needs a connection" });
    expect(type("e")).toBe(false);
    expect(ran).toEqual([]);
  });
});
