import { expect, it } from "vitest";
import { readOpened, writeOpened } from "./opened.ts";

const opened = { tenantId: "019a0000-0000-7000-8000-000000000001", id: "019a0000-0000-7000-8000-000000000002" };

it("reads what it wrote, and nothing that somebody made up", () => {
  expect(readOpened(writeOpened(opened))).toEqual(opened);
  for (const wrong of [undefined, 7, "", opened.id, `${writeOpened(opened)}.x`, `${opened.tenantId}.nobody`])
    expect(readOpened(wrong)).toBeUndefined();
});
