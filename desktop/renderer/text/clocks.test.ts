import { describe, expect, it } from "vitest";
import { waitTone } from "./clocks.ts";
import { createTicker } from "./now.tsx";

describe("the wait clock", () => {
  it.each([
    [47_999, "calm"],
    [48_000, "near"],
    [59_999, "near"],
    [60_000, "late"],
  ] as const)("after %d ms of a minute is %s", (ms, tone) => {
    expect(waitTone(ms, 60_000)).toBe(tone);
  });
  it("is never coloured without a target", () => {
    expect(waitTone(9_000_000, 0)).toBe("calm");
  });
});

describe("the ticker", () => {
  it("follows the server's clock, also while nobody listens", () => {
    let clock = 5_400;
    const ticker = createTicker(() => clock);
    ticker.setOffset(1_000);
    expect(ticker.now()).toBe(6_400);
    clock = 20_000;
    const stop = ticker.subscribe(() => undefined);
    expect(ticker.second()).toBe(21_000);
    stop();
  });
  it("re-ticks at once when the offset changes", () => {
    const ticker = createTicker(() => 10_500);
    let ticks = 0;
    const stop = ticker.subscribe(() => (ticks += 1));
    ticker.setOffset(60_000);
    expect([ticks, ticker.second()]).toEqual([1, 70_000]);
    stop();
  });
});
