import { expect, it } from "vitest";
import { changedPaths } from "./changed-paths.ts";

it("names each place where two documents differ, and nothing for equal ones", () => {
  const before = { colour: "#0a6259", texts: { th: { title: "a", away: "" } }, fields: [{ key: "name" }, { key: "email" }], logoId: null };
  expect(changedPaths(before, structuredClone(before))).toEqual([]);
  expect(
    changedPaths(before, {
      ...before,
      colour: "#000000",
      logoId: "x",
      texts: { th: { title: "b", away: "" }, en: { title: "c" } },
      fields: [{ key: "name" }, { key: "phone" }],
    }),
  ).toEqual(["colour", "texts.th.title", "texts.en", "fields.1.key", "logoId"]);
});

it("counts a list that grew or shrank once", () => {
  expect(changedPaths({ list: [1, 2] }, { list: [2] })).toEqual(["list"]);
});
