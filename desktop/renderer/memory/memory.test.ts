import { describe, expect, it } from "vitest";
import { createMemory } from "./memory.ts";

function storage(): Storage {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
    clear: () => values.clear(),
  };
}

describe("what a computer remembers", () => {
  it("is kept apart by person, except how the window looks", () => {
    const shared = storage();
    createMemory(shared, "a").write("layout", { panes: 2 });
    createMemory(shared, "a").write("appearance", { theme: "dark" });
    expect(createMemory(shared, "b").read("layout")).toBeUndefined();
    expect(createMemory(shared, undefined).read("appearance")).toEqual({ theme: "dark" });
  });
  it("is gone after sign-out", () => {
    const shared = storage();
    const memory = createMemory(shared, "a");
    memory.write("layout", 1);
    memory.write("modes", 2);
    createMemory(shared, "b").write("layout", 3);
    memory.forget();
    expect([memory.read("layout"), memory.read("modes"), createMemory(shared, "b").read("layout")]).toEqual([undefined, undefined, 3]);
  });
  it("survives storage that is broken, full or forbidden", () => {
    const shared = storage();
    shared.setItem("switchboard:a:layout", "{not json");
    expect(createMemory(shared, "a").read("layout")).toBeUndefined();
    const refusing = Object.assign(storage(), {
      setItem: () => {
        throw new Error("QuotaExceededError");
      },
    });
    expect(() => createMemory(refusing, "a").write("layout", 1)).not.toThrow();
  });
});
