import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languages } from "../i18n/languages.ts";
import { createHours } from "./hours.ts";
import { parseCanned } from "./canned.ts";
import { checkSettings, completeSettings, isSettingsKind, queueRulesFor, settingsKinds } from "./settings.ts";
import type { SettingsKind } from "./settings.ts";
import { businessTypes, defaultSettings, starterLabels, starterReplies } from "./templates.ts";

const business = {
  name: "Baan Mai Ceramics",
  site: "https://baanmai.example/shop",
  type: "shop",
  language: "th",
  zone: "Asia/Bangkok",
} as const;
const settings = defaultSettings(business);
const problems = (kind: SettingsKind, change: Record<string, unknown>) => {
  const found = checkSettings(kind, { ...settings[kind], ...change });
  return found.ok ? [] : found.problems.map(({ at, code }) => `${at}: ${code}`);
};

describe("a new tenant", () => {
  it("starts with settings that its own rules accept, whatever the business, language and name", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...businessTypes),
        fc.constantFrom(...languages),
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
        fc.webUrl(),
        (type, language, name, site) => {
          const made = defaultSettings({
            name: name.trim() === "" ? "x" : name.replaceAll(/\p{Cc}/gu, ""),
            site,
            type,
            language,
            zone: "Asia/Tokyo",
          });
          for (const kind of settingsKinds) {
            const checked = checkSettings(kind, made[kind]);
            expect([kind, checked.ok ? [] : checked.problems]).toEqual([kind, []]);
          }
        },
      ),
    );
  });

  it("may load its widget on the site it gave, and is open at sensible hours", () => {
    expect(settings.domains.entries).toEqual(["baanmai.example"]);
    const hours = createHours(settings.hours);
    expect(hours.isOpen(hours.zone.instantOf("2026-11-20T11:00"))).toBe(true);
    expect(hours.isOpen(hours.zone.instantOf("2026-11-22T11:00"))).toBe(false);
    expect(createHours(defaultSettings({ ...business, type: "clinic" }).hours).openOn("2026-11-20")).toHaveLength(2);
  });

  it("greets in every language, and in its own for replies and labels", () => {
    for (const language of languages) {
      expect(settings.branding.texts[language]?.firstLine).not.toBe("");
      for (const type of businessTypes) {
        const replies = starterReplies(type, language);
        expect(replies.length).toBe(type === "other" ? 3 : 6);
        expect(new Set(replies.map((reply) => reply.shortcut)).size).toBe(replies.length);
        for (const reply of replies) expect(parseCanned(reply.text).some((part) => part.kind === "broken")).toBe(false);
        const labels = starterLabels(type, language);
        for (const each of ["name", "colour"] as const) expect(new Set(labels.map((label) => label[each])).size).toBe(labels.length);
      }
    }
    expect(starterReplies("shop", "th")[0]?.title).toBe("ทักทาย");
    expect(starterLabels("other", "en")).toEqual([]);
  });

  it("keeps what the handbook says about time", () => {
    expect(settings.conversations).toMatchObject({
      typingPreview: false,
      replyExpiryMinutes: 10,
      alarmRepeatSeconds: 15,
      firstAnswerSeconds: 60,
      laterAnswerSeconds: 300,
    });
  });
});

describe("settings", () => {
  it("refuse wrong values at their field", () => {
    expect(problems("domains", { entries: ["shop.example", "SHOP.example", "*.com", "ftp://x.example"] })).toEqual([
      "entries.2: domain_wildcard",
      "entries.3: domain_scheme",
      "entries.1: repeated",
    ]);
    expect(problems("hours", { zone: "Bangkok" })).toEqual(["zone: zone"]);
    expect(problems("hours", { week: { 1: [{ from: "09:00", to: "09:00" }], 2: [{ from: "9", to: "25:00" }], 8: [] } })).toEqual([
      "week.1.0.to: interval_order",
      "week.2.0.from: time",
      "week.2.0.to: time",
      "week.8: unknown_field",
    ]);
    expect(
      problems("hours", {
        week: {
          1: [
            { from: "09:00", to: "12:00" },
            { from: "11:00", to: "13:00" },
          ],
        },
      }),
    ).toEqual(["week.1: interval_overlap"]);
    expect(problems("hours", { holidays: [{ date: "2026-02-30", name: "", intervals: [] }] })).toEqual(["holidays.0.date: date"]);
    expect(problems("conversations", { alarmRepeatSeconds: 1 })).toEqual(["alarmRepeatSeconds: too_small"]);
    expect(problems("routing", { capacity: 0, strategy: "fastest" })).toEqual(["strategy: unknown_choice", "capacity: too_small"]);
    expect(problems("work", { taskReminders: [60, 60] })).toEqual(["taskReminders.1: repeated"]);
    expect(problems("languages", { first: "ja", offered: ["en"] })).toEqual(["first: unknown_choice"]);
    expect(problems("languages", { offered: [] })).toEqual(["offered: too_few"]);
    expect(problems("retention", { conversationDays: 29, workDays: 3_651, contactDays: 30.5 })).toEqual([
      "conversationDays: too_small",
      "workDays: too_big",
      "contactDays: whole_number",
    ]);
    expect(problems("retention", { conversationDays: 30, workDays: 3_650, contactDays: null })).toEqual([]);
    expect(problems("identity", { enforced: "yes", tenantId: "x" })).toEqual(["tenantId: unknown_field", "enforced: wrong_type"]);
  });

  it("keep a domain as it is compared", () => {
    const checked = checkSettings("domains", { entries: ["https://BÜCHER.example/x"] });
    expect(checked).toEqual({ ok: true, value: { entries: ["xn--bcher-kva.example"] } });
  });

  it("never make the reader throw", () => {
    fc.assert(
      fc.property(fc.constantFrom(...settingsKinds), fc.anything(), (kind, document) => {
        expect(checkSettings(kind, document).ok).toBe(false);
      }),
    );
  });

  it("know their kinds", () => {
    expect(isSettingsKind("branding")).toBe(true);
    expect(isSettingsKind("constructor")).toBe(false);
    expect(Object.keys(settings).toSorted()).toEqual([...settingsKinds].toSorted());
  });

  it("saved by an older version are completed, and broken ones count as the defaults", () => {
    const { alarmRepeatSeconds, ...old } = settings.conversations;
    expect(alarmRepeatSeconds).toBe(15);
    expect(completeSettings("conversations", { ...old, queuePosition: false, gone: 1 }, settings.conversations)).toEqual({
      ...settings.conversations,
      queuePosition: false,
    });
    expect(completeSettings("conversations", { replyExpiryMinutes: "soon" }, settings.conversations)).toEqual(settings.conversations);
  });

  it("let a team have rules of its own", () => {
    const own = { ...settings.routing, strategy: "manual" as const, teamId: "sales" };
    const { capacity, teams, labelRules, ...rules } = own;
    expect([capacity, teams, labelRules]).toEqual([8, [], []]);
    const routing = { ...settings.routing, teams: [rules] };
    expect(checkSettings("routing", routing).ok).toBe(true);
    expect(queueRulesFor(routing, "sales").strategy).toBe("manual");
    expect(queueRulesFor(routing, null).strategy).toBe("round_robin");
  });
});
