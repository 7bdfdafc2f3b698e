import { describe, expect, it } from "vitest";
import { slugBase, slugTry, statusAt } from "./rules.ts";

describe("a public name", () => {
  it.each([
    ["www.blue-bay.co.th", "Blue Bay", "blue-bay"],
    ["https://shop.example/start", "X", "shop"],
    ["ร้านกาแฟ.example", "Café Über", "example"],
    ["not a domain", "Café Über & Söhne", "cafe-u-ber-so-hne"],
    ["not a domain", "ร้านกาแฟ", "tenant"],
    [`${"a".repeat(60)}.example`, "X", "a".repeat(30)],
  ])("comes from %s and %s", (site, name, slug) => {
    expect(slugBase(site, name)).toBe(slug);
  });

  it("gets a number when it is taken, and something of its own when many are", () => {
    expect([0, 1, 4, 5].map((round) => slugTry("shop", round, "k3v9"))).toEqual(["shop", "shop-2", "shop-5", "shop-k3v9"]);
  });
});

describe("a suspension", () => {
  const now = new Date("2026-03-02T09:00:00Z");
  it("ends at its time, not before and not without one", () => {
    expect(statusAt({ status: "suspended", statusUntil: now }, now)).toBe("active");
    expect(statusAt({ status: "suspended", statusUntil: new Date(now.getTime() + 1) }, now)).toBe("suspended");
    expect(statusAt({ status: "suspended", statusUntil: null }, now)).toBe("suspended");
    expect(statusAt({ status: "deleting", statusUntil: now }, now)).toBe("deleting");
  });
});
