import { expect, it } from "vitest";
import { parseTime } from "./parse-time.ts";

it.each([
  ["9", "09:00"],
  ["930", "09:30"],
  ["9.30", "09:30"],
  ["09:30", "09:30"],
  ["17h30", "17:30"],
  ["5pm", "17:00"],
  ["12am", "00:00"],
  ["12:15 PM", "12:15"],
])("reads %j as %s", (typed, time) => {
  expect(parseTime(typed)).toBe(time);
});

it.each(["", "25", "9:75", "13pm", "noon", "1:2:3"])("does not read %j", (typed) => {
  expect(parseTime(typed)).toBeUndefined();
});
