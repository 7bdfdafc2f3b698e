/**
 * Every event that a socket may say, every id in it, another tenant's valid id: the same answer as for an id of nobody, and the other
 * tenant's sockets hear nothing. Covers SECURITY T-05 for sockets, S-02.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversationsApi } from "../../../shared/api/conversations.ts";
import { syncApi } from "../../../shared/api/sync.ts";
import { listenAsMember, listenAsVisitor, type DeskEar, type VisitEar } from "../../conversations/make.ts";
import { newId } from "../../core/ids.ts";
import { features, registry } from "../../features.ts";
import { makeTwins, type ChattingVisitor, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { atRest, changed, printOf } from "./rows.ts";
import { again, idsIn, nameOf, valueAt, withValue, type Slot } from "./slots.ts";

const says = features.flatMap((feature) => feature.sockets).filter((socket) => "payload" in socket);
const slotAt = (path: Slot["path"]): Slot => ({ part: "body", path });
const named = says.flatMap((say) => idsIn(say.payload).map((path) => [`${say.namespace} ${say.name}`, say, slotAt(path)] as const));

let world: World;
let ours: Twin;
let theirs: Twin;
let ears: { desk: DeskEar; visit: VisitEar; theirDesk: DeskEar; theirVisit: VisitEar };

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
  const [visitor, theirVisitor] = await Promise.all([ours.some.visitor(), theirs.some.visitor()]);
  const [desk, visit, theirDesk, theirVisit] = await Promise.all([
    listenAsMember(world.url, { token: ours.admin.token }),
    listenAsVisitor(world.url, { token: visitor.token }),
    listenAsMember(world.url, { token: theirs.admin.token }),
    listenAsVisitor(world.url, { token: theirVisitor.token }),
  ]);
  ears = { desk, visit, theirDesk, theirVisit };
  // Whoever came to the desk is given the conversation that waits: that is over before anybody looks at what moves.
  for (const [twin, { conversationId }] of [
    [ours, visitor],
    [theirs, theirVisitor],
  ] as const)
    await vi.waitFor(
      async () => expect((await twin.api.call(conversationsApi.get, { params: { conversationId } })).assigneeId).toBe(twin.admin.memberId),
      { timeout: 10_000 },
    );
});
afterAll(async () => {
  for (const ear of Object.values(ears)) ear.close();
  await world.stop();
});

/** By namespace and name: what may be said about one's own conversation. */
const payloads: Readonly<Record<string, (visitor: ChattingVisitor, twin: Twin) => Record<string, unknown>>> = {
  "/visit send": ({ conversationId }) => ({ id: newId(), conversation: conversationId, text: "Hello" }),
  "/visit marks": ({ conversationId }) => ({ conversation: conversationId, read: 1 }),
  "/visit typing": ({ conversationId }) => ({ conversation: conversationId, on: true }),
  "/desk send": ({ conversationId }, { admin }) => ({
    id: newId(),
    conversation: conversationId,
    kind: "note",
    text: "Hello",
    mentions: [admin.memberId],
  }),
  "/desk read": ({ conversationId }) => ({ conversation: conversationId, number: 1 }),
  "/desk typing": ({ conversationId }) => ({ conversation: conversationId, on: true }),
  "/desk viewing": ({ conversationId }) => ({ conversations: [conversationId] }),
};

const ask = (namespace: string, name: string, payload: unknown) =>
  (namespace === "/desk" ? ears.desk : ears.visit).ask(name as never, payload);

/** The answer without what is made anew each time. */
const plain = (answer: unknown) =>
  JSON.stringify(answer, (key, value: unknown) => (["id", "number", "seq", "requestId", "lastNumber"].includes(key) ? "" : value));

/** What a socket may hear of a conversation; who is here comes and goes by itself. */
const aboutTalk: ReadonlySet<string> = new Set(["delta", "typing", "viewing", "message", "conversation"]);

it("has a payload for every event that names something", () => {
  expect(Object.keys(payloads).toSorted()).toEqual([...new Set(named.map(([name]) => name))].toSorted());
});

describe.each(named.map(([name, say, slot]) => [name, nameOf(slot).replace("body.", ""), say, slot] as const))(
  "%s",
  (name, _, say, slot) => {
    it(`does not know another tenant's ${nameOf(slot).replace("body.", "")}`, async () => {
      const [mine, others] = [payloads[name]?.(await ours.some.visitor(), ours), payloads[name]?.(await theirs.some.visitor(), theirs)];
      const foreign = valueAt({ body: others }, slot);
      if (typeof foreign !== "string" || !mine) throw new Error(`The payload of ${name} leaves ${nameOf(slot)} empty.`);
      await atRest(world);
      const before = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
      const heardBefore = [ears.theirDesk.heard.length, ears.theirVisit.heard.length];
      const answer = await ask(say.namespace, say.name, withValue({ body: mine }, slot, foreign).body);
      const absent = await ask(say.namespace, say.name, again({ body: say.payload }, withValue({ body: mine }, slot, newId())).body);
      expect(plain(answer)).toBe(plain(absent));
      await atRest(world);
      expect(changed(before, await printOf(world.core.pools.system, registry.tables, theirs.tenant.id))).toEqual([]);
      // A call of their own, answered after ours, proves that nothing was on its way.
      await theirs.api.call(syncApi.hello, {
        body: { device: null, nonce: null, cursor: null, epoch: null, protocol: 1, schema: 1, app: "1" },
      });
      expect(
        [ears.theirDesk, ears.theirVisit].map(({ heard }, index) =>
          heard.slice(heardBefore[index]).filter(({ event }) => aboutTalk.has(event)),
        ),
      ).toEqual([[], []]);
    });

    it("works with one's own", async () => {
      const payload = payloads[name]?.(await ours.some.visitor(), ours);
      expect(await ask(say.namespace, say.name, payload)).toHaveProperty("value");
    });
  },
);

describe("a visitor", () => {
  it("does not hear or touch the conversation of another visitor of the same tenant", async () => {
    const [one, other] = [await ours.some.visitor(), await ours.fresh.visitor()];
    for (const name of ["/visit send", "/visit marks", "/visit typing"]) {
      const [namespace = "", event = ""] = name.split(" ");
      const answer = await ask(namespace, event, payloads[name]?.(other, ours));
      const nobodys = await ask(namespace, event, payloads[name]?.({ ...one, conversationId: newId() }, ours));
      expect([name, plain(answer)]).toEqual([name, plain(nobodys)]);
    }
  });
});
