/**
 * Nobody says more than their call asks. Every column of every table, in either spelling, is added to every body, to every mutation that
 * a device pushes and to every socket event: each is named as unknown, and what is unknown is never run. And no answer has a field for
 * what only the database knows. Generated from entities and contracts. Covers SECURITY Z-03, Z-04.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import type { Access } from "../../../shared/api/contract.ts";
import { columnsOf } from "../../core/database/table.ts";
import { newId } from "../../core/ids.ts";
import { features, registry } from "../../features.ts";
import { knock, problemIn } from "../knock.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { mutationFixtures } from "./fixtures/mutations.ts";
import { prepare } from "./prepare.ts";
import { startPushing, type Push } from "./pushing.ts";
import { definitionOf } from "./slots.ts";

/** What rows are made of, and what people who attack try first. */
const wishes: ReadonlySet<string> = new Set([
  ...registry.tables.flatMap((table) => columnsOf(table).flatMap(({ property, name }) => [property, name])),
  "isAdmin",
  "is_admin",
  "admin",
  "roles",
  "permissions",
  "superAdmin",
  "verified",
  "owner",
  "$where",
  "$set",
  "_id",
]);

let world: World;
let twin: Twin;
let push: Push;

beforeAll(async () => {
  world = await createWorld();
  ({ ours: twin } = await makeTwins(world));
  push = await startPushing(twin);
});
afterAll(() => world.stop());

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
const shapeOf = (schema: z.ZodType) => definitionOf(schema).shape ?? {};
const unheardOf = (schema: z.ZodType) => [...wishes].filter((wish) => !(wish in shapeOf(schema)));
/** An id where ids are asked, so that it would fit if anybody looked. */
const asked = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [name, /id$/i.test(name) ? twin.tenant.id : /^(?:is|super|verified)/i.test(name) ? true : "admin"]),
  );

it("knows the columns of every table", () => {
  expect(wishes.size).toBeGreaterThan(200);
  for (const column of ["tenantId", "tenant_id", "passwordHash", "role", "createdAt", "superAdmin"]) expect(wishes).toContain(column);
});

const bodies = registry.contracts.filter(({ body }) => definitionOf(body).shape !== undefined);

it.each(bodies.map((contract) => [contract.name, contract] as const))("the body of %s takes no field more", async (_, contract) => {
  const names = unheardOf(contract.body);
  const params = Object.fromEntries(Object.keys(contract.params.shape).map((name) => [name, newId()]));
  const answer = await knock(world.url, contract, { token: await tokenFor(contract.access.who), params, body: asked(names) });
  const problem = problemIn(answer);
  expect(problem?.code).toBe("invalid_input");
  // Beside what is missing, every one of them by its name.
  const told = new Set(problem?.errors?.map(({ at }) => at));
  expect(names.filter((name) => !told.has(`body.${name}`))).toEqual([]);
});

async function tokenFor(who: Access["who"]): Promise<string> {
  if (who === "visitor") return (await twin.some.visitor()).token;
  return who === "platform" ? (await twin.some.superAdmin()).token : twin.admin.token;
}

describe("inside a body", () => {
  /** Objects within objects, where a careless schema is most likely. */
  const nested = bodies.flatMap((contract) =>
    Object.entries(shapeOf(contract.body)).flatMap(([field, schema]) =>
      objectIn(schema) ? [[`${contract.name} ${field}`, contract, field] as const] : [],
    ),
  );

  it.each(nested)("%s takes no field more", async (_, contract, field) => {
    const call = await prepare(contract, twin);
    const given = (call.body as Record<string, unknown>)[field];
    const inner = Array.isArray(given) ? (given as unknown[])[0] : given;
    if (!isObject(inner)) return;
    const more = { ...inner, tenantId: twin.tenant.id, tenant_id: twin.tenant.id };
    const answer = await knock(world.url, contract, {
      ...call,
      body: { ...(call.body as object), [field]: Array.isArray(given) ? [more] : more },
    });
    expect([answer.status >= 400 && answer.status < 500, problemIn(answer)?.code ?? ""]).toEqual([
      true,
      expect.stringMatching(/^(?:invalid_input|conflict)$/),
    ]);
  });
});

/** An object with fields of its own, also behind a list or a default; maps of free names are not meant. */
function objectIn(schema: z.ZodType): boolean {
  const { shape, element, innerType } = definitionOf(schema);
  return shape !== undefined || (element !== undefined && objectIn(element)) || (innerType !== undefined && objectIn(innerType));
}

const mutations = features.flatMap((feature) => feature.mutations);

it.each(mutations.map(({ mutator }) => [mutator.name, mutator] as const))("a device's %s takes no field more", async (name, mutator) => {
  const args = (await mutationFixtures[name]?.(twin, push)) ?? {};
  expect(await push(name, { ...args, ...asked(unheardOf(mutator.args)) })).toMatchObject({ status: "rejected", code: "invalid" });
});

it.each([
  ["createTask", { due: { at: "2026-12-01T02:00:00.000Z", zone: "Mars/Olympus" } }],
  ["createTask", { due: { at: "2026-12-01T02:00:00.000Z", zone: "x".repeat(5_000) } }],
  ["createTask", { due: { at: "2026-12-01T02:00:00.000Z", zone: "UTC", tenantId: "x" } }],
  ["createFollowup", { due: { at: "tomorrow", zone: "UTC" } }],
  ["moveFollowup", { due: { at: "2026-12-01T02:00:00.000Z", zone: "" } }],
  ["snooze", { until: { at: "2026-12-01T02:00:00.000Z", zone: "Mars/Olympus" } }],
])("a device's %s is judged as strictly as the call: %j", async (name, change) => {
  const args = (await mutationFixtures[name]?.(twin, push)) ?? {};
  expect(await push(name, { ...args, ...change })).toMatchObject({ status: "rejected", code: "invalid" });
});

const says = features.flatMap((feature) => feature.sockets).filter((socket) => socket.part === "say");

it.each(says.map((say) => [`${say.namespace} ${say.name}`, say] as const))("the socket event %s takes no field more", (_, say) => {
  const strange = say.payload.safeParse(asked(unheardOf(say.payload)));
  expect(strange.success ? [] : strange.error.issues.map(({ code }) => code)).toContain("unrecognized_keys");
});

describe("an answer", () => {
  /** Columns that only the database and the code beside it may know. */
  const hidden = /hash$|^sealed$|^passwordHash|Hash$|^tx$|^slot$/;
  /** Handed out on purpose, once, to whom they belong. */
  const handedOut: ReadonlySet<string> = new Set(["secret", "token", "refreshToken", "deviceToken"]);
  const giving: ReadonlySet<string> = new Set(["identity.makeSecret"]);
  /** The digest of what a device holds, not of what opens a door. */
  const digests: ReadonlySet<string> = new Set(["sync.audit"]);

  it.each(registry.contracts.map((contract) => [contract.name, contract] as const))(
    "of %s has no field for a hash, a key or a password",
    (name, contract) => {
      const fields = fieldsOf(contract.output);
      expect(fields.filter((field) => (hidden.test(field) && !digests.has(name)) || /password/i.test(field))).toEqual([]);
      const keys = fields.filter((field) => handedOut.has(field));
      const signsIn = contract.access.who === "public" || /session|signIn|refresh|enter|accept|openTenant|createTenant/.test(name);
      if (!signsIn && !giving.has(name)) expect(keys).toEqual([]);
    },
  );
});

function fieldsOf(schema: z.ZodType): string[] {
  const { shape, element, innerType, options, in: input } = definitionOf(schema);
  if (shape) return Object.entries(shape).flatMap(([field, inner]) => [field, ...fieldsOf(inner)]);
  return [element, innerType, input, ...(options ?? [])].flatMap((inner) => (inner ? fieldsOf(inner) : []));
}
