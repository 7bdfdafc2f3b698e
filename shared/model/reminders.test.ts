import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hourMs, minuteMs } from "./dates.ts";
import { isSilent, mergeMarks, nothingChosen, present, reminderChoiceOf, reminderStates, reminderTimes, ringsAt } from "./reminders.ts";
import type { ReminderMark } from "./reminders.ts";

const mark: fc.Arbitrary<ReminderMark> = fc
  .tuple(fc.constantFrom(...reminderStates), fc.nat(5))
  .map(([state, until]) => ({ state, until: state === "snoozed" ? until : null }));

describe("marks of two devices", () => {
  it("settle to the same, in any order and however often they arrive", () => {
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1 }), (marks) => {
        const settled = marks.reduce(mergeMarks);
        expect([...marks, ...marks].toReversed().reduce(mergeMarks)).toEqual(settled);
      }),
    );
  });

  it("let done silence everything, and cancelled everything but done", () => {
    fc.assert(
      fc.property(mark, (other) => {
        expect(mergeMarks(other, { state: "done", until: null }).state).toBe("done");
        const cancelled = mergeMarks(other, { state: "cancelled", until: null });
        expect(isSilent(cancelled)).toBe(true);
      }),
    );
  });

  it("ring at their time, or when the longest snooze ends, or never", () => {
    expect(ringsAt(100, { state: "waiting", until: null })).toBe(100);
    expect(ringsAt(100, { state: "snoozed", until: 150 })).toBe(150);
    expect(ringsAt(100, { state: "snoozed", until: 50 })).toBe(100);
    expect(ringsAt(100, { state: "done", until: null })).toBeNull();
    expect(mergeMarks({ state: "snoozed", until: 150 }, { state: "snoozed", until: 120 }).until).toBe(150);
  });
});

describe("times", () => {
  it("lie before the due time, each once, none in the past", () => {
    const dueAt = 1_000 * minuteMs;
    expect(reminderTimes(dueAt, [10, 60, 10, 0], 0)).toEqual([940 * minuteMs, 990 * minuteMs, dueAt]);
    expect(reminderTimes(dueAt, [10, 60], 950 * minuteMs)).toEqual([990 * minuteMs]);
    expect(reminderTimes(dueAt, [10], dueAt)).toEqual([]);
  });
});

describe("after sleep", () => {
  it("few are shown one by one, many as one card, old ones without sound", () => {
    const now = 100 * hourMs;
    const due = (count: number, age: number) => Array.from({ length: count }, (_, index) => ({ id: `${age}-${index}`, at: now - age }));
    expect(present(due(3, hourMs), now)).toMatchObject({ single: due(3, hourMs), grouped: [], quiet: [] });
    expect(present(due(4, hourMs), now)).toMatchObject({ single: [], grouped: due(4, hourMs) });
    expect(present([...due(3, 12 * hourMs), ...due(5, 13 * hourMs)], now)).toMatchObject({
      single: due(3, 12 * hourMs),
      quiet: due(5, 13 * hourMs),
    });
  });

  it("none is lost and none is shown twice", () => {
    const reminder = fc.record({ id: fc.uuid(), at: fc.nat(40).map((hours) => hours * hourMs) });
    fc.assert(
      fc.property(fc.uniqueArray(reminder, { selector: (one) => one.id }), (due) => {
        const { single, grouped, quiet } = present(due, 40 * hourMs);
        const shown = [...single, ...grouped, ...quiet].map((one) => one.id);
        expect(shown.toSorted()).toEqual(due.map((one) => one.id).toSorted());
        expect(single.length === 0 || grouped.length === 0).toBe(true);
      }),
    );
  });
});

describe("what a person has chosen", () => {
  it("is read as it was written, and is nothing where it makes no sense", () => {
    const chosen = { tasks: [1_440, 60, 10], followups: null, digest: { time: "07:30", zone: "Asia/Tokyo" } };
    expect(reminderChoiceOf(chosen)).toEqual(chosen);
    for (const wrong of [
      null,
      "x",
      {},
      { ...chosen, tasks: [-1] },
      { ...chosen, digest: { time: "7", zone: "Asia/Tokyo" } },
      { ...chosen, more: 1 },
    ])
      expect(reminderChoiceOf(wrong)).toEqual(nothingChosen);
  });
});
