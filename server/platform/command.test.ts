import { afterAll, beforeAll, expect, it } from "vitest";
import { platformApi } from "../../shared/api/platform.ts";
import { enterAlone, makeAccount, makeTenant } from "../accounts/make.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { CommandError, runTenantCommand, sentenceOf } from "./command.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

let world: World;
let root: MadeSuperAdmin;
const run = (...args: string[]) => runTenantCommand(world.core, args);
const said = (...args: string[]) => run(...args).then((lines) => lines.join("\n"), sentenceOf);

beforeAll(async () => {
  world = await createWorld();
  root = await makeSuperAdmin(world);
});
afterAll(() => world.stop());

it("creates a tenant, whose first admin is invited by the worker, and stands in the audit", async () => {
  const lines = await run(
    "create",
    "--business",
    "Blue Bay",
    "--site",
    "bluebay.example",
    "--admin",
    "Ada@BlueBay.example",
    "--plan",
    "professional",
  );
  expect(lines[0]).toBe("bluebay  Blue Bay  active  professional");
  await world.settle();
  expect(secretIn(world.mailbox.latest("ada@bluebay.example"))).toBeTruthy();
  const [entry] = (await root.api.call(platformApi.audit, { query: { limit: 1 } })).items;
  expect(entry).toMatchObject({ type: "platform.tenant_created", actor: { kind: "system", reason: "tenant command: create" } });
  expect(await said("list", "--text", "blue")).toBe("bluebay  Blue Bay  active  professional  0 members");
});

it("suspends and resumes by the public name", async () => {
  const { slug } = await makeTenant(world.core, { name: "Zoo", plan: "free" });
  expect(await said("suspend", slug, "--reason", "Not paid")).toBe(`${slug}  Zoo  suspended  free`);
  expect(await said("resume", slug, "--reason", "Paid")).toBe(`${slug}  Zoo  active  free`);
  expect(await said("suspend", "nobody", "--reason", "Not paid")).toBe("No tenant has this public name.");
  expect(await said("suspend", slug, "--reason", "Not paid", "--until", "2020-01-01T00:00:00Z")).toContain("This time is over.");
});

it("makes the first super-admin out of somebody who has signed up, and takes it back with the sessions", async () => {
  const person = await makeAccount(world.core, { email: "sol@people.example" });
  expect(await said("super-admin", "nobody@people.example")).toContain("Nobody has signed up");
  expect(await said("super-admin", person.email)).toBe("sol@people.example is a super-admin.");
  const api = world.api((await enterAlone(world.core, person, "platform")).token);
  expect((await api.call(platformApi.me)).account.email).toBe(person.email);
  expect(await said("super-admin", person.email, "--off")).toBe("sol@people.example is no longer a super-admin.");
  expect(await problemOf(api.call(platformApi.me))).toBe("unauthenticated");
});

it("says what is wrong, all of it at once, and how it is done", async () => {
  await expect(run("create", "--site", "x")).rejects.toThrow(CommandError);
  const message = await said("create", "--site", "x", "--plan", "gold");
  for (const part of ["--business: Please fill this in.", "--admin:", "--plan: Choose one of the values offered.", "npm run tenant"])
    expect(message).toContain(part);
  for (const args of [[], ["dance"], ["list", "--colour", "red"], ["suspend", "--reason", "Not paid"], ["resume", "a", "b"]])
    expect(await said(...args)).toContain("npm run tenant -- create");
  expect(await said("create", "--business", "X", "--site", "no domain", "--admin", "a@b.example")).toContain("body.site");
});
