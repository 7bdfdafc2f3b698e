import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entitlement, forecastFull, isPlanName, limitOf, meterPeriods, meters, newWarning, planNames, plans, warningAt } from "./plans.ts";

const amount = fc.nat(12_000);

describe("plans", () => {
  it("give more with every step", () => {
    for (const meter of meters) {
      const given = planNames.map((plan) => plans[plan].limits[meter] ?? Number.POSITIVE_INFINITY);
      expect(given).toEqual(given.toSorted((a, b) => a - b));
      expect(meterPeriods[meter]).toBeDefined();
    }
  });

  it("are told from other words", () => {
    expect([isPlanName("free"), isPlanName("toString")]).toEqual([true, false]);
  });

  it("can be widened for one tenant, also to no limit", () => {
    expect(limitOf("free", "members")).toBe(3);
    expect(limitOf("free", "members", { members: 10 })).toBe(10);
    expect(limitOf("free", "members", { members: null })).toBeNull();
    expect(limitOf("free", "members", { teams: 9 })).toBe(3);
  });
});

describe("what a tenant may", () => {
  it("is said with what is left", () => {
    expect(entitlement("free", 2, "members")).toEqual({ may: true, limit: 3, used: 2, left: 1, warning: null, soft: false });
    expect(entitlement("free", 3, "members")).toEqual({ may: false, limit: 3, used: 3, left: 0, warning: 100, soft: false });
    expect(entitlement("free", 0, "customRoles")).toEqual({ may: false, limit: 0, used: 0, left: 0, warning: null, soft: false });
    expect(entitlement("enterprise", 1e6, "members")).toEqual({
      may: true,
      limit: null,
      used: 1e6,
      left: null,
      warning: null,
      soft: false,
    });
  });

  it("never stops a visitor", () => {
    fc.assert(
      fc.property(fc.constantFrom(...planNames), amount, (plan, used) => {
        expect(entitlement(plan, used, "conversations").may).toBe(true);
      }),
    );
    expect(entitlement("free", 500, "conversations")).toMatchObject({ left: 0, warning: 100, soft: true });
  });

  it("allows exactly as many as the limit says", () => {
    fc.assert(
      fc.property(fc.constantFrom(...planNames), fc.constantFrom(...meters), amount, (plan, meter, used) => {
        const { may, limit, left, soft } = entitlement(plan, used, meter);
        if (!soft) expect(may).toBe(limit === null || used < limit);
        if (limit !== null) expect(left).toBe(Math.max(0, limit - used));
      }),
    );
  });
});

describe("warnings", () => {
  it("come at 80, 90 and 100 percent", () => {
    expect([0, 79, 80, 89, 90, 99, 100, 150].map((used) => warningAt(used, 100))).toEqual([null, null, 80, 80, 90, 90, 100, 100]);
    expect(warningAt(4, 5)).toBe(80);
    expect(warningAt(1, 0)).toBe(100);
  });

  it("come once for each step, however use grows", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 30 }), (limit, growth) => {
        let used = 0;
        const told: number[] = [];
        for (const more of growth) {
          const step = newWarning(used, used + more, limit);
          if (step !== null) told.push(step);
          used += more;
        }
        expect(told).toEqual([...new Set(told)].toSorted((a, b) => a - b));
        expect(told.at(-1) ?? null).toBe(warningAt(used, limit));
      }),
    );
    expect(newWarning(90, 79, 100)).toBeNull();
    expect(newWarning(0, 1_000, null)).toBeNull();
  });

  it("foretell the day on which the month is full", () => {
    expect(forecastFull(50, 100, 0, 1_000, 250)).toBe(500);
    expect(forecastFull(10, 100, 0, 1_000, 500)).toBeNull();
    expect(forecastFull(120, 100, 0, 1_000, 500)).toBe(500);
    expect(forecastFull(5, null, 0, 1_000, 500)).toBeNull();
    expect(forecastFull(0, 100, 0, 1_000, 500)).toBeNull();
  });
});
