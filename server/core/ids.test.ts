import { expect, it } from "vitest";
import { newId } from "./ids.ts";

it("makes ids that never come again, in the order of time, each a UUIDv7", () => {
  const ids = Array.from({ length: 5_000 }, (_, nth) => newId(1_790_000_000_000 + nth));
  expect(new Set(ids.map((id) => id.slice(14))).size).toBe(ids.length);
  expect(ids.toSorted()).toEqual(ids);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
