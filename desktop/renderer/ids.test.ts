import { expect, it } from "vitest";
import { newId } from "./ids.ts";

it("makes ids of version 7 that carry the time and never repeat", () => {
  const at = Date.parse("2026-11-20T14:31:48+07:00");
  const ids = new Set(Array.from({ length: 500 }, () => newId(at)));
  expect(ids.size).toBe(500);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  const [first = ""] = ids;
  expect(Number.parseInt(first.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
});
