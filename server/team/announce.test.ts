/** Covers SECURITY P-04. */
import { expect, it } from "vitest";
import { features } from "../features.ts";
import { announced } from "./announce.ts";

it("has a sentence for every event that matters for security, of whatever feature", () => {
  const marked = features.flatMap(({ events }) => events.filter(({ security }) => security).map(({ type }) => type));
  expect(announced.map(({ type }) => type).toSorted()).toEqual(marked.toSorted());
});
