import type { VisitConfig, VisitConversation } from "@switchboard/shared/api/visit-shapes.ts";
import en from "@switchboard/shared/i18n/widget/en.json" with { type: "json" };
import { createTranslate } from "@switchboard/shared/i18n/t.ts";
import { describe, expect, it } from "vitest";
import { availability, nothing, screenOf, type State } from "./state.ts";

const config = (more: { preChat?: boolean; offlineForm?: boolean; hours?: "open" | "closed"; consent?: string } = {}): VisitConfig =>
  ({
    tenant: { key: "shop", name: "Shop" },
    texts: { title: "", firstLine: "", greeting: "", away: "", consent: more.consent ?? "" },
    behaviour: { preChat: more.preChat ?? false, offlineForm: more.offlineForm ?? true },
    preChatFields: [{ key: "name", kind: "text", label: "", required: true, choices: [] }],
    offlineFields: [],
    hours: { state: more.hours ?? "open", changesAt: null, zone: "UTC" },
  }) as unknown as VisitConfig;
const open = { id: "c", status: "open" } as VisitConversation;
const closed = { id: "c", status: "closed" } as VisitConversation;
const entry = { id: "p", conversation: null, text: "hi", at: 1, refused: null };
const away: State["team"] = { state: "away", position: null, waitSeconds: null };
const ready = (more: Partial<State> = {}): State => ({
  ...nothing,
  config: config(),
  words: createTranslate("en", en),
  started: true,
  ...more,
});

describe("the screen", () => {
  it.each<[string, State, string]>([
    ["nothing is known yet", nothing, "loading"],
    ["the server has not answered yet", ready({ started: false }), "loading"],
    ["the server does not answer: words are taken all the same", ready({ started: false, lost: true }), "chat"],
    ["somebody is there and nothing is asked", ready(), "chat"],
    ["the tenant asks first", ready({ config: config({ preChat: true }) }), "form"],
    ["the tenant asks first, but a conversation goes on", ready({ config: config({ preChat: true }), conversation: open }), "chat"],
    ["nobody is there", ready({ team: away }), "leave"],
    ["all who are there are busy", ready({ team: { ...away, state: "busy" } }), "chat"],
    ["somebody comes while a message is being left", ready({ writing: "leave" }), "leave"],
    ["everybody goes while the first message is being written", ready({ team: away, writing: "message" }), "chat"],
    [
      "everybody goes while the tenant's questions are being answered",
      ready({ team: away, writing: "start", config: config({ preChat: true }) }),
      "form",
    ],
    ["nobody is there and the tenant takes no messages", ready({ team: away, config: config({ offlineForm: false }) }), "chat"],
    ["nobody is there, but a conversation goes on", ready({ team: away, conversation: open }), "chat"],
    ["something is unsent", ready({ team: away, pending: [entry] }), "chat"],
    ["the conversation is closed", ready({ conversation: closed }), "closed"],
    ["a new chat was asked for", ready({ conversation: closed, next: "fresh" }), "chat"],
    [
      "a new chat was asked for and the tenant asks first",
      ready({ conversation: closed, next: "fresh", config: config({ preChat: true }) }),
      "form",
    ],
    ["the visitor writes on in the closed one", ready({ conversation: closed, next: "same", config: config({ preChat: true }) }), "chat"],
    ["an answer by e-mail was asked for", ready({ conversation: open, leaving: true }), "leave"],
    ["a message was left", ready({ conversation: open, left: "a@b.example" }), "left"],
    ["the visitor is blocked, whatever else", ready({ conversation: open, left: "x", refused: "visitor_blocked" }), "refused"],
    [
      "the site is refused before anything is known",
      { ...nothing, words: createTranslate("en", en), refused: "origin_refused" },
      "refused",
    ],
  ])("when %s", (_, state, screen) => {
    expect(screenOf(state)).toBe(screen);
  });
});

describe("whether somebody is there", () => {
  it("is what the server said last, and the working hours before it has", () => {
    expect(availability(ready())).toBe("online");
    expect(availability(ready({ config: config({ hours: "closed" }) }))).toBe("closed");
    expect(availability(ready({ config: config({ hours: "closed" }), team: { state: "online", position: null, waitSeconds: null } }))).toBe(
      "online",
    );
  });
});
