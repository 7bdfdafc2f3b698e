import { describe, expect, it } from "vitest";
import { concerns, newsOf, newsOfSettings } from "./news.ts";
import { memberChanged } from "./team.ts";
import { securitySettingsChanged, settingsChanged } from "./tenants.ts";

describe("news", () => {
  it("names the type, and the topic of an event that has one", () => {
    expect(newsOf(memberChanged, { memberId: "x", fields: ["name"] })).toBe("member.changed");
    expect(newsOf(settingsChanged, { kind: "branding", version: 2 })).toBe("settings.changed.branding");
  });

  it("of a settings document is of either event about it", () => {
    expect(newsOfSettings("hours")).toEqual([settingsChanged, securitySettingsChanged].map((event) => newsOf(event, { kind: "hours" })));
  });

  it("concerns whoever follows its beginning, and nobody who follows another part", () => {
    const branding = ["settings.changed.branding"];
    expect(concerns(branding, ["settings."])).toBe(true);
    expect(concerns(branding, newsOfSettings("branding"))).toBe(true);
    expect(concerns(["settings.security_changed.domains"], newsOfSettings("domains"))).toBe(true);
    expect(concerns(branding, newsOfSettings("hours"))).toBe(false);
    expect(concerns(branding, ["member."])).toBe(false);
    expect(concerns([], [""])).toBe(false);
  });

  it("concerns all that is more exact, when it comes from a server that tells the type alone", () => {
    expect(concerns(["settings.changed"], newsOfSettings("branding"))).toBe(true);
    expect(concerns(["settings"], ["settings_other."])).toBe(false);
  });
});
