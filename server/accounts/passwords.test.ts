/** Covers SECURITY A-01. */
import { expect, it } from "vitest";
import { createPasswords } from "./passwords.ts";

it("compares, and says no to everything for somebody unknown", async () => {
  const passwords = createPasswords();
  const hashed = await passwords.hash("seven green umbrellas");
  expect(await passwords.matches("seven green umbrellas", hashed)).toBe(true);
  expect(await passwords.matches("seven green umbrella", hashed)).toBe(false);
  expect(await passwords.matches("seven green umbrellas", undefined)).toBe(false);
  expect(passwords.compared()).toBe(3);
});

it("makes another hash of the same password each time", async () => {
  const passwords = createPasswords();
  expect(await passwords.hash("seven green umbrellas")).not.toBe(await passwords.hash("seven green umbrellas"));
});

it("lets a long line wait, and says so when it is too long", async () => {
  const passwords = createPasswords();
  const asked = await Promise.allSettled(Array.from({ length: 230 }, () => passwords.hash("seven green umbrellas")));
  const refused = asked.filter((one) => one.status === "rejected");
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(202);
  expect(refused.every((one) => (one.reason as { code: string }).code === "unavailable")).toBe(true);
  // And goes on afterwards.
  expect(await passwords.hash("seven green umbrellas")).toMatch(/^\$argon2id\$/);
});
