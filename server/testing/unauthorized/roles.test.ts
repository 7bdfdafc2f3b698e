/**
 * Every route, socket event and mutation × everybody who might call. What is allowed is read from the permission table and the route's
 * own declaration; `access.golden.txt` is the same for people to review. Covers SECURITY Z-01, Z-02, P-07 (looking on).
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Contract } from "../../../shared/api/contract.ts";
import { deskSays, visitSays } from "../../../shared/api/sockets.ts";
import { syncApi } from "../../../shared/api/sync.ts";
import { protocolVersion, schemaVersion } from "../../../shared/sync/protocol.ts";
import { listenAsMember, listenAsVisitor } from "../../conversations/make.ts";
import { features, registry } from "../../features.ts";
import { knock, problemIn } from "../knock.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { expectedFor, makeCallers, type Caller } from "./callers.ts";
import { fixtures } from "./fixtures/index.ts";
import { mutationFixtures } from "./fixtures/mutations.ts";
import { atRest, changed, printOf } from "./rows.ts";

const mutations = features.flatMap((feature) => feature.mutations);
const says = features.flatMap((feature) => feature.sockets).filter((socket) => "payload" in socket);

let world: World;
let twin: Twin;
let callers: Awaited<ReturnType<typeof makeCallers>>;

beforeAll(async () => {
  world = await createWorld();
  ({ ours: twin } = await makeTwins(world));
  callers = await makeCallers(twin);
});
afterAll(() => world.stop());

const who = (access: Contract["access"]) => (access.who === "member" ? `member ${access.may}` : access.who);

it("is what was reviewed", async () => {
  const routes = registry.contracts.map(({ method, path, access }) => `${who(access).padEnd(28)} ${method.padEnd(6)} ${path}`);
  const events = says.map(({ namespace, name, access }) => `${who(access).padEnd(28)} socket ${namespace} ${name}`);
  const pushed = mutations.map(({ may, mutator }) => `${`member ${may}`.padEnd(28)} push   ${mutator.name}@${mutator.v}`);
  await expect([...routes, ...events, ...pushed, ""].join("\n")).toMatchFileSnapshot("access.golden.txt");
});

/** Where an action looks deeper than at the permission, so that holding it alone is not enough: with the reason. */
const deeper: Readonly<Record<string, string>> = {
  "audit.export": "whoever looks on takes nothing away",
  "reports.tasks": "the right to tasks is asked for too",
  "reports.followups": "the right to follow-ups is asked for too",
  "reports.export": "the right to what is counted is asked for too",
  "sync.history": "whoever looks on has no device",
  "sync.audit": "whoever looks on has no device",
  "members.update": "nobody grants what they do not hold",
  "members.remove": "nobody removes somebody who holds more",
  "members.endSession": "nobody shuts out somebody who holds more",
  "members.endSessions": "nobody shuts out somebody who holds more",
  "roles.create": "nobody grants what they do not hold",
  "roles.update": "nobody grants what they do not hold",
  "roles.remove": "nobody takes away what they could not grant",
  "invitations.create": "nobody grants what they do not hold",
  "invitations.resend": "nobody grants what they do not hold",
  "replies.create": "those of a team need replies.manage",
  "replies.update": "those of the tenant need replies.manage",
  "replies.remove": "those of the tenant need replies.manage",
};

describe.each(registry.contracts.map((contract) => [contract.name, contract] as const))("%s", (name, contract) => {
  const { access, method } = contract;
  const may = access.who === "member" && access.may !== "any" ? access.may : undefined;

  async function call({ token }: Caller) {
    const { token: _, ...input } = (await fixtures[name]?.(twin)) ?? {};
    const answer = await knock(world.url, contract, { ...input, ...(token === undefined ? {} : { token }) });
    return { status: answer.status, code: problemIn(answer)?.code };
  }

  it("refuses everybody else, and changes nothing for them", async () => {
    const { token: _, ...input } = (await fixtures[name]?.(twin)) ?? {};
    const strangers = callers.everybody.filter((caller) => expectedFor(access, method, caller) !== "allowed");
    if (may) strangers.push(await callers.allBut(may));
    await atRest(world);
    const before = await printOf(world.core.pools.system, registry.tables, twin.tenant.id);
    const answers = await Promise.all(
      strangers.map(async ({ name: caller, token }) => {
        const answer = await knock(world.url, contract, { ...input, ...(token === undefined ? {} : { token }) });
        return [caller, problemIn(answer)?.code ?? answer.status];
      }),
    );
    expect(answers).toEqual(strangers.map((caller) => [caller.name, expectedFor(access, method, caller)]));
    await atRest(world);
    expect(changed(before, await printOf(world.core.pools.system, registry.tables, twin.tenant.id))).toEqual([]);
  });

  if (access.who !== "member") return;

  it("lets in whoever holds the permission, and nothing more is asked", async () => {
    // The admin's turn is the cross-tenant matrix, which calls every route with success.
    const allowed = callers.everybody.filter((caller) => caller.name !== "admin" && expectedFor(access, method, caller) === "allowed");
    if (may) allowed.push(await callers.only(may));
    for (const caller of allowed) {
      const { status, code } = await call(caller);
      const stopped = status === 401 || code === "forbidden" || code === "read_only";
      const expected = stopped && status === 403 && name in deeper;
      expect([caller.name, code, stopped]).toEqual([caller.name, code, expected]);
    }
  });
});

describe("pushing", () => {
  const guarded = mutations.flatMap(({ may, mutator }) => (may === "any" ? [] : [[mutator.name, may, mutator.v] as const]));

  it.each(guarded)("%s is refused without %s", async (name, may, v) => {
    const caller = await callers.allBut(may);
    const args = await mutationFixtures[name]?.(twin, async () => ({ mid: 1, status: "stop" }));
    expect(await pushAs(caller, name, v, args)).toMatchObject({ status: "rejected", code: "forbidden" });
  });
});

async function pushAs({ token = "" }: Caller, name: string, v: number, args: unknown): Promise<unknown> {
  const api = world.api(token);
  const caller = { protocol: protocolVersion, schema: schemaVersion, app: "1.0.0" };
  const hello = await api.call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
  const mutation = { mid: 1, name, v, args: args as never, base: 0, at: world.clock.now().toISOString() };
  const { results } = await api.call(syncApi.push, {
    body: { ...caller, device: hello.device, epoch: hello.epoch, mutations: [mutation] },
  });
  return results[0];
}

describe("sockets", () => {
  const payloads: Record<string, unknown> = {
    send: { id: "0190b3d6-7c00-7000-8000-000000000001", conversation: "0190b3d6-7c00-7000-8000-000000000002", text: "x" },
    read: { conversation: "0190b3d6-7c00-7000-8000-000000000002", number: 1 },
    typing: { conversation: "0190b3d6-7c00-7000-8000-000000000002", on: true },
    viewing: { conversations: [] },
  };

  it("knows every event that there is", () => {
    const names = (namespace: string) => says.filter((say) => say.namespace === namespace).map(({ name }) => name);
    expect(names("/desk").toSorted()).toEqual(Object.keys(deskSays).toSorted());
    expect(names("/visit").toSorted()).toEqual(Object.keys(visitSays).toSorted());
  });

  it.each(says.filter(({ namespace }) => namespace === "/desk").map((say) => [say.name, say] as const))(
    "%s needs its permission",
    async (name, { access }) => {
      if (access.who !== "member" || access.may === "any") return;
      const caller = await callers.allBut(access.may);
      const ear = await listenAsMember(world.url, { token: caller.token ?? "" });
      expect(await ear.ask(name as keyof typeof deskSays, payloads[name])).toMatchObject({ problem: { code: "forbidden" } });
      ear.close();
    },
  );

  it.each(["nobody", "an account without a tenant", "visitor", "super-admin on the platform"])("/desk refuses %s", async (name) => {
    const token = callers.everybody.find((caller) => caller.name === name)?.token ?? "";
    await expect(listenAsMember(world.url, { token })).rejects.toMatchObject({ code: "unauthenticated" });
  });

  it.each(["nobody", "admin", "an account without a tenant", "super-admin on the platform", "super-admin looking on"])(
    "/visit refuses %s",
    async (name) => {
      const token = callers.everybody.find((caller) => caller.name === name)?.token ?? "";
      await expect(listenAsVisitor(world.url, { token })).rejects.toMatchObject({ code: "unauthenticated" });
    },
  );
});
