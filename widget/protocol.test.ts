/** Covers SECURITY W-06. */
import { describe, expect, it } from "vitest";
import { envelope, hearChat, hearLoader } from "./protocol.ts";

const other = { name: "the other window" };
const origin = "https://shop.example";
const event = (data: unknown, source: unknown = other, from = origin) => ({ data, source, origin: from }) as unknown as MessageEvent;
const panel = envelope({ type: "panel", shown: true, focus: true, url: "https://shop.example/", title: "Shop", referrer: "" });
const badge = envelope({ type: "badge", text: "Open chat, 2 unread messages", count: 2 });

describe("messages between page and chat", () => {
  it("are taken from the exact window and the exact origin", () => {
    expect(hearLoader(event(panel), other, origin)).toMatchObject({ type: "panel", title: "Shop" });
    expect(hearChat(event(badge), other, origin)).toMatchObject({ type: "badge", count: 2 });
  });

  it.each([
    ["another window", { name: "a sibling" }, origin],
    ["no window", null, origin],
    ["another origin", other, "https://evil.example"],
    ["an origin that begins alike", other, "https://shop.example.evil.example"],
    ["the same host by another scheme", other, "http://shop.example"],
    ["a page without origin", other, "null"],
  ])("are refused from %s", (_, source, from) => {
    expect(hearLoader(event(panel, source, from), other, origin)).toBeUndefined();
    expect(hearChat(event(badge, source, from), other, origin)).toBeUndefined();
  });

  it("are refused while there is no frame", () => {
    expect(hearChat(event(badge, undefined), undefined, origin)).toBeUndefined();
    expect(hearChat(event(badge, null), null, origin)).toBeUndefined();
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "panel"],
    ["a list", [panel]],
    ["without version", { type: "shutdown" }],
    ["of another version", { type: "shutdown", switchboard: 2 }],
    ["of an unknown type", { type: "evaluate", switchboard: 1 }],
    ["of a type that every object has", { type: "constructor", switchboard: 1 }],
    ["of a prototype's type", { type: "__proto__", switchboard: 1 }],
    ["without a field", { type: "identify", switchboard: 1 }],
    ["with a field of the wrong kind", { type: "identify", token: { toString: "x" }, switchboard: 1 }],
    ["with a field too many", { type: "shutdown", html: "<img>", switchboard: 1 }],
  ])("are refused by the chat when they are %s", (_, data) => {
    expect(hearLoader(event(data), other, origin)).toBeUndefined();
  });

  it.each([
    ["nothing", undefined],
    ["a text", "close"],
    ["of another version", { ...badge, switchboard: 2 }],
    ["without a field", { type: "close", switchboard: 1, text: "" }],
    ["with a field of the wrong kind", { ...badge, count: "2" }],
    ["with a text that is none", { ...badge, text: {} }],
    ["with a field too many", { ...badge, html: "<img>" }],
  ])("are refused by the page when they are %s", (_, data) => {
    expect(hearChat(event(data), other, origin)).toBeUndefined();
  });
});
