import { describe, expect, it } from "vitest";
import { createCommands } from "./registry.ts";

describe("commands", () => {
  it("are answered by the newest provider, and by the one before when it goes", () => {
    const commands = createCommands();
    const heard: string[] = [];
    commands.provide("work.new", { run: () => heard.push("page") });
    const stop = commands.provide("work.new", { run: () => heard.push("dialog") });
    commands.run("work.new");
    stop();
    commands.run("work.new");
    expect(heard).toEqual(["dialog", "page"]);
  });
  it("do not run without a provider or while blocked", () => {
    const commands = createCommands();
    expect(commands.run("undo")).toBe(false);
    commands.provide("undo", { run: () => undefined, blocked: () => "Nothing to undo" });
    expect(commands.run("undo")).toBe(false);
    expect(commands.blocked("undo")).toBe("Nothing to undo");
  });
  it("tell listeners when somebody comes or goes, and forget a provider once", () => {
    const commands = createCommands();
    let changes = 0;
    commands.subscribe(() => (changes += 1));
    const stop = commands.provide("undo", { run: () => undefined });
    stop();
    expect([changes, commands.provided("undo")]).toEqual([2, false]);
  });
});
