/**
 * Wrong types, objects for scalars, unknown fields, poisoned keys, NUL, NaN, depth and size, on every route: always a 4xx that names
 * all problems, in the caller's language, never a 5xx, and nothing is written. Generated from the schemas. Covers SECURITY I-01, B-04, R-02.
 * Covers SECURITY I-02.
 */
import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contract } from "../../../shared/api/contract.ts";
import en from "../../../shared/i18n/errors/en.json" with { type: "json" };
import ja from "../../../shared/i18n/errors/ja.json" with { type: "json" };
import th from "../../../shared/i18n/errors/th.json" with { type: "json" };
import { registry } from "../../features.ts";
import { knock, problemIn, type Knock } from "../knock.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { brokenBodies, unknownFields, wrongValues, type Bad } from "./bad.ts";
import { prepare } from "./prepare.ts";
import { atRest, changed, printOf } from "./rows.ts";
import { definitionOf } from "./slots.ts";

let world: World;
let twin: Twin;

beforeAll(async () => {
  world = await createWorld();
  ({ ours: twin } = await makeTwins(world));
});
afterAll(() => world.stop());

const atOnce = 8;

async function all<T, R>(list: readonly T[], run: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const line = async () => {
    while (next < list.length) {
      const index = next++;
      results[index] = await run(list[index] as T); // below the length
    }
  };
  await Promise.all(Array.from({ length: atOnce }, line));
  return results;
}

/** What is wrong with how the server took it; null when it did right. */
async function fault(contract: Contract, { why, call, codes, at }: Bad): Promise<string | null> {
  const answer = await knock(world.url, contract, call);
  const problem = problemIn(answer);
  if (answer.status >= 500 || answer.status < 400) return `${why}: ${answer.status} ${answer.text.slice(0, 120)}`;
  if (!problem || !codes.includes(problem.code)) return `${why}: ${problem?.code ?? answer.text.slice(0, 120)}`;
  if (
    problem.code === "invalid_input" &&
    at !== undefined &&
    !problem.errors?.some((error) => error.at.startsWith(at) || at.startsWith(error.at))
  )
    return `${why}: says nothing about ${at}, only ${problem.errors?.map((error) => error.at).join() ?? "nothing"}`;
  return /at \/|node_modules|\.ts:\d|select |insert |violates/.test(answer.text)
    ? `${why}: tells about its inside: ${answer.text.slice(0, 200)}`
    : null;
}

describe.each(registry.contracts.map((contract) => [contract.name, contract] as const))("%s", (_, contract) => {
  let good: Knock;
  beforeAll(async () => {
    good = await prepare(contract, twin);
  });

  it("refuses what its schemas refuse, with the place, and writes nothing", async () => {
    await atRest(world);
    const before = await printOf(world.core.pools.system, registry.tables, twin.tenant.id);
    const bad = [...wrongValues(contract, good), ...unknownFields(contract, good), ...brokenBodies(contract, good)];
    const faults = await all(bad, (one) => fault(contract, one));
    expect(faults.filter((one) => one !== null)).toEqual([]);
    await atRest(world);
    expect(changed(before, await printOf(world.core.pools.system, registry.tables, twin.tenant.id))).toEqual([]);
  });

  it("bears what its schemas let through", async () => {
    const odd = wrongValues(contract, good, true);
    const statuses = await all(odd, async ({ why, call }) => [why, (await knock(world.url, contract, call)).status] as const);
    expect(statuses.filter(([, status]) => status >= 500)).toEqual([]);
  });

  const fields = Object.entries(definitionOf(contract.body).shape ?? {});
  if (fields.length > 1) {
    it("names all problems at once", async () => {
      const wrong = [{ $ne: null }, [[[]]], 12.5, "\u0000"];
      const body = Object.fromEntries(fields.map(([field, schema]) => [field, wrong.find((value) => !schema.safeParse(value).success)]));
      const problem = problemIn(await knock(world.url, contract, { ...good, body: { ...body, unheardOf: 1 } }));
      const named = new Set(problem?.errors?.map(({ at }) => at.split(".")[1]));
      expect(named).toEqual(new Set([...Object.keys(body), "unheardOf"]));
    });
  }

  it("says so in the caller's language", async () => {
    for (const [language, sentences] of [
      ["en", en],
      ["th", th],
      ["ja", ja],
      ["fr, th;q=0.5", th],
    ] as const) {
      const problem = problemIn(await knock(world.url, contract, { ...good, query: { ...good.query, unheardOf: "1" }, language }));
      expect(problem).toMatchObject({ code: "invalid_input", status: 400, title: sentences.invalid_input });
    }
  });

  if (contract.method !== "GET") {
    it("refuses ten megabytes before it has read them", async () => {
      expect(await huge(contract, good)).toEqual({ status: 413, code: "too_large" });
    });
  }
});

/** Announces ten megabytes, sends a little of it, and waits for the answer. */
function huge(contract: Contract, { token, params = {} }: Knock): Promise<{ status: number | undefined; code: string | undefined }> {
  const path = contract.path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, world.url), {
      method: contract.method,
      agent: false,
      headers: {
        "content-type": "application/json",
        "content-length": 10_000_000,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
    });
    asked.on("error", reject);
    asked.on("response", (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => (text += chunk));
      answer.on("end", () => {
        asked.destroy();
        resolve({ status: answer.statusCode, code: (JSON.parse(text) as { code?: string }).code });
      });
    });
    asked.write(`{"x":"${"y".repeat(1000)}`);
  });
}

it("left every prototype as it was, and logged no failure", () => {
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(world.logs.filter((line) => line.includes("a request failed")).join("\n")).toBe("");
});
