import { describe, expect, it } from "vitest";
import { rankCommands, remember, type Rankable } from "./rank.ts";

const commands: readonly Rankable[] = [
  { id: "handOver", title: "Hand over to a person or team", also: ["transfer forward pass"] },
  { id: "backToQueue", title: "Hand back to the queue", also: ["release"] },
  { id: "close", title: "Close conversation", also: ["done finish resolve"] },
  { id: "snooze", title: "พักไว้", also: ["Snooze", "later wait remind"] },
  { id: "closePane", title: "Close pane", also: [] },
];
const ids = (typed: string, recent: readonly string[] = []) => rankCommands(commands, typed, recent).map((command) => command.id);

describe("the palette finds", () => {
  it("by the beginning of words, in any order", () => {
    expect(ids("hand")).toEqual(["handOver", "backToQueue"]);
    expect(ids("que hand")).toEqual(["backToQueue"]);
  });
  it("by synonyms, after titles", () => {
    expect(ids("transfer")).toEqual(["handOver"]);
    expect(ids("resolve")).toEqual(["close"]);
  });
  it("in the language of the interface and in English", () => {
    expect(ids("พัก")).toEqual(["snooze"]);
    expect(ids("snoo")).toEqual(["snooze"]);
  });
  it("what was used lately first, among equals and for nothing typed", () => {
    expect(ids("close", ["closePane"])).toEqual(["closePane", "close"]);
    expect(ids("", ["snooze", "close"]).slice(0, 2)).toEqual(["snooze", "close"]);
  });
  it("nothing for what is not there", () => {
    expect(ids("xyz")).toEqual([]);
  });
});

it("remembers the latest, each once", () => {
  expect(remember(["a", "b", "c"], "b", 3)).toEqual(["b", "a", "c"]);
  expect(remember(["a", "b", "c"], "d", 3)).toEqual(["d", "a", "b"]);
});
