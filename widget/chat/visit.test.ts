import { describe, expect, it } from "vitest";
import { pageOf } from "./visit.ts";

const site = "https://shop.example";

describe("the page a visitor is on", () => {
  it("is told without its fragment and without control characters", () => {
    expect(pageOf("https://shop.example/bowls?size=6#access_token=1", "Bowls\u0000\n and cups ", site)).toEqual({
      url: "https://shop.example/bowls?size=6",
      title: "Bowls  and cups",
    });
  });

  it.each([
    "",
    "about:srcdoc",
    "javascript:alert(1)",
    "https://evil.example/",
    "not an address",
    `https://shop.example/${"x".repeat(3_000)}`,
  ])("is the site that the browser names when the page says %s", (address) => {
    expect(pageOf(address, "", site).url).toBe("https://shop.example/");
  });

  it("has a title that the server takes", () => {
    expect(pageOf(site, "x".repeat(1_000), site).title).toHaveLength(300);
  });
});
