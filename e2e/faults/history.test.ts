/** The judge is believed because it finds what was planted. */
import { describe, expect, it } from "vitest";
import { bodyOf, judge, judgeNumbers, newReader, readBody, type Attempt, type Held, type History } from "./history.ts";
import { plantedBugs, play, type Bug } from "./planted.ts";
import { createChance } from "./random.ts";

const runs = 40;

describe("the judge", () => {
  it("has nothing to say of a chat without a bug, whatever its network does", () => {
    for (let seed = 0; seed < 300; seed += 1) expect([seed, judge(play(seed))]).toEqual([seed, []]);
  });
  it.each(Object.entries(plantedBugs) as [Bug, string][])("finds one that %s: %s", (bug) => {
    const found = Array.from({ length: runs }, (_, seed) => judge(play(seed, bug)).length > 0);
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(runs / 4);
  });
});

describe("one promise at a time", () => {
  const conversation = "c1";
  const attempts = (): Attempt[] =>
    [1, 2, 3].map((counter) => ({
      id: `m${counter}`,
      author: "mali",
      counter,
      conversation,
      body: bodyOf("mali", conversation, counter),
      outcome: counter < 3 ? "ok" : "unknown",
      untilKnown: false,
      numbers: counter < 3 ? [counter] : [],
      okAt: counter < 3 ? counter : null,
      shown: null,
    }));
  const held = (): Held[] => attempts().map(({ id, body }, index) => ({ conversation, id, body, number: index + 1 }));
  const history = (change: (made: { attempts: Attempt[]; holds: Held[]; heard: Held[] }) => void): History => {
    const made = { attempts: attempts(), holds: held(), heard: [] as Held[] };
    change(made);
    return { attempts: made.attempts, readers: [{ ...newReader("opal", [conversation]), ...made }], taken: [] };
  };
  const third = () => held()[2] as Held; // there are three

  it("is kept whether the unknown one arrived or not", () => {
    expect(judge(history(() => undefined))).toEqual([]);
    expect(judge(history(({ holds }) => void holds.pop()))).toEqual([]);
  });
  it.each<[string, Parameters<typeof history>[0], string]>([
    ["dropped after it was acknowledged", ({ holds }) => void holds.splice(1, 1), "m2 was acknowledged and is lost for opal"],
    ["doubled", ({ holds }) => void holds.push({ ...third(), number: 4 }), "opal has m3 twice"],
    ["repeated under a new id", ({ holds }) => void holds.push({ ...third(), id: "m4", number: 4 }), "which was never sent"],
    ["altered", ({ holds }) => void Object.assign(holds[1] ?? {}, { body: "another" }), "opal has m2 altered"],
    [
      "put in another order",
      ({ holds }) => void holds.splice(0, holds.length, ...holds.toReversed()),
      "opal has m2 after what its author wrote later",
    ],
    ["seen and gone", (made) => void made.heard.push(...made.holds.splice(2, 1)), "opal had m3 and lost it"],
    ["refused and kept", (made) => void Object.assign(made.attempts[2] ?? {}, { outcome: "refused" }), "m3 was refused and is there"],
    ["answered with another number", (made) => void made.attempts[0]?.numbers.push(9), "m1 was answered with the numbers 1 and 9"],
    ["given up", (made) => void Object.assign(made.attempts[2] ?? {}, { untilKnown: true }), "m3 is neither kept nor refused"],
    [
      "in a foreign conversation",
      ({ holds }) => void Object.assign(holds[0] ?? {}, { conversation: "c9" }),
      "somebody else's conversation",
    ],
  ])("notices a message that was %s", (_what, change, sentence) => {
    expect(judge(history(change)).join("\n")).toContain(sentence);
  });
});

describe("the numbers of a conversation", () => {
  it("are dense from one", () => expect(judgeNumbers([1, 2, 3])).toEqual([]));
  it.each([
    ["a gap", [1, 3]],
    ["one twice", [1, 2, 2]],
    ["a beginning that is missing", [2, 3]],
    ["another order", [2, 1]],
  ])("have %s", (_what, numbers) => expect(judgeNumbers(numbers)).toHaveLength(1));
});

it("reads of a body who wrote it, and whether it is whole", () => {
  expect(readBody(bodyOf("mali", "c1", 7))).toEqual({ author: "mali", counter: 7, conversation: "c1", whole: true });
  expect(readBody(bodyOf("mali", "c1", 7).replace("7", "8"))).toMatchObject({ whole: false });
  expect(readBody("Hello, how can we help?")).toBeNull();
});

it("chance is the same for the same seed, and another for another", () => {
  const draws = (seed: number) => Array.from({ length: 20 }, createChance(seed).next);
  expect(draws(7)).toEqual(draws(7));
  expect(draws(7)).not.toEqual(draws(8));
});
