/** Covers SECURITY A-03. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  accountPolicy,
  addressPolicy,
  charge,
  devicePolicy,
  networkOf,
  passwordProblem,
  refund,
  type AttemptPolicy,
  type Attempts,
} from "./rules.ts";

const start = Date.parse("2026-03-02T09:00:00Z");
const fresh = (): Attempts => ({ failures: 0, blockedUntil: new Date(start), lastAt: new Date(start) });
const day = 86_400_000;

/** How many guesses somebody gets who tries the very moment each wait is over, for so many days. */
function guesses(policy: AttemptPolicy, days: number): number {
  let state = fresh();
  let at = start;
  let count = 0;
  while (at < start + days * day) {
    const verdict = charge(state, new Date(at), policy);
    if (verdict.allowed) {
      count += 1;
      state = verdict.next;
    } else at += verdict.waitMs;
  }
  return count;
}

describe("guessing", () => {
  it("gets at most 100 tries a day at one account, however patient and from wherever", () => {
    expect(guesses(accountPolicy, 1)).toBeLessThanOrEqual(100);
    expect(guesses(accountPolicy, 10) / 10).toBeLessThanOrEqual(100);
  });

  it("gets few from one network and one device too", () => {
    expect(guesses(addressPolicy, 1)).toBeLessThanOrEqual(150);
    expect(guesses(devicePolicy, 1)).toBeLessThanOrEqual(130);
  });

  it("is no faster for pausing: any pattern of times stays below the patient one's count", () => {
    const most = guesses(accountPolicy, 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: day }), { maxLength: 300 }), (times) => {
        let state = fresh();
        let count = 0;
        for (const at of times.toSorted((a, b) => a - b)) {
          const verdict = charge(state, new Date(start + at), accountPolicy);
          if (!verdict.allowed) continue;
          count += 1;
          state = verdict.next;
        }
        expect(count).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("waits longer after each failure, never longer than said, and says exactly how long", () => {
    let state = fresh();
    let at = start;
    let before = 0;
    for (let n = 0; n < 40; n++) {
      const verdict = charge(state, new Date(at), accountPolicy);
      if (!verdict.allowed) throw new Error("said to be free");
      const waitMs = verdict.next.blockedUntil.getTime() - at;
      expect(waitMs).toBeGreaterThanOrEqual(before);
      expect(waitMs).toBeLessThanOrEqual(accountPolicy.longestMs);
      if (waitMs > 0) expect(charge(verdict.next, new Date(at + waitMs - 1), accountPolicy)).toEqual({ allowed: false, waitMs: 1 });
      before = waitMs;
      state = verdict.next;
      at += waitMs;
    }
  });

  it("is forgotten after a quiet day, and a try that was right is given back", () => {
    const worn: Attempts = { failures: 40, blockedUntil: new Date(start), lastAt: new Date(start) };
    expect(charge(worn, new Date(start + day), accountPolicy)).toMatchObject({ allowed: true, next: { failures: 1 } });
    expect(refund({ failures: 3, blockedUntil: new Date(start + 5), lastAt: new Date(start) }, new Date(start))).toMatchObject({
      failures: 2,
      blockedUntil: new Date(start),
    });
    expect(refund(fresh(), new Date(start)).failures).toBe(0);
  });
});

describe("a password", () => {
  it.each([
    ["password123", "too_common"],
    ["PassWord2026", "too_common"],
    ["Sw1tchb0ard-is-fine", null],
    ["switchboard99", "too_common"],
    ["qwertyuiop", "too_common"],
    ["ann@shop.example", "contains_email"],
    ["xx-annabel-xx", "contains_email"],
    ["blueharbour1", "contains_email"],
    ["aaaaaaaaaa", "too_simple"],
    ["abababababab", "too_simple"],
    ["abcdefghijkl", "too_simple"],
    ["zyxwvutsrqpo", "too_simple"],
    ["seven green umbrellas", null],
    ["ฉันชอบกินข้าวผัด", null],
    ["correct horse battery", null],
  ])("%s is %s", (password, problem) => {
    const email = password.startsWith("ann@") ? "ann@shop.example" : "annabel@blueharbour.example";
    expect(passwordProblem(password, email)).toBe(problem);
  });
});

describe("a network", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("of %s is %s", (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it("is one for all addresses that a customer gets", () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((value) => value.toString(16));
    fc.assert(
      fc.property(fc.array(group, { minLength: 4, maxLength: 4 }), (own) => {
        expect(networkOf(`2001:db8:1:2:${own.join(":")}`)).toBe("2001:db8:1:2::/64");
      }),
    );
  });
});
