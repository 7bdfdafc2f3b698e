import { expect, it } from "vitest";
import { titleAt } from "./contact-facts.ts";

const seen = (title: string, at: string) => ({ title, url: `/${title}`, at: `2026-11-20T${at}:00.000Z`, seconds: 0 });
/** Newest first, as they are kept. */
const pages = [seen("Delivery", "07:20"), seen("", "07:15"), seen("Celadon bowls", "07:00")];
const titleOn = (at: string) => titleAt(pages, `2026-11-20T${at}:00.000Z`);

it("says what the page was called on which somebody was, and nothing where it is not known", () => {
  expect(titleOn("07:10")).toBe("Celadon bowls");
  expect(titleOn("07:20")).toBe("Delivery");
  // Without a title, before all that is known, and too long after it.
  expect(titleOn("07:16")).toBeNull();
  expect(titleOn("06:59")).toBeNull();
  expect(titleOn("09:00")).toBeNull();
});
