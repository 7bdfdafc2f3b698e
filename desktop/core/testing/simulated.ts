/**
 * A server in this process, made of the simulation's own server and database, behind the core's network ports: for tests that need a
 * virtual clock, or a network and a disk that fail at will. The tests against the real server are `*.server.test.ts`.
 */
import type { Fetch } from "@switchboard/shared/client/client.ts";
import type { DeskHears } from "@switchboard/shared/api/sockets.ts";
import { createDatabase } from "@switchboard/shared/sync/simulation/database.ts";
import { createRandom } from "@switchboard/shared/sync/simulation/random.ts";
import { createServer, type Caller } from "@switchboard/shared/sync/simulation/server.ts";
import { createTenant, somethingHappens } from "@switchboard/shared/sync/simulation/tenant.ts";
import { put, type Change } from "@switchboard/shared/sync/view.ts";
import type { OpenSocket, SocketEvents } from "../sync/socket.ts";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { createManualClock, type ManualClock } from "./manual-clock.ts";

export interface Simulated {
  clock: ManualClock;
  fetch: Fetch;
  openSocket: OpenSocket;
  random: () => number;
  newId: () => string;
  tenantId: string;
  /** An operator of the first two teams, an admin, an operator of none. */
  members: readonly [string, string, string];
  teams: readonly string[];
  database: ReturnType<typeof createDatabase>;
  server: ReturnType<typeof createServer>;
  /** One transaction of somebody else; sockets hear of it. */
  commit(changes: Change[]): void;
  /** Anything that may happen in a tenant. */
  happen(): void;
  /** Every request from now on: `up` answers, `down` refuses at once, `lost` does it and loses the answer, otherwise a problem code. */
  network(state: Network): void;
  /** Paths that were asked for, in order. */
  asked: string[];
  /** Whether refresh tokens are taken. */
  session(live: boolean): void;
  /** A frame to every socket. */
  say<E extends keyof DeskHears>(event: E, payload: DeskHears[E]): void;
  sockets(): number;
  dropSockets(): void;
  /** What sockets said. */
  heard: { event: string; payload: unknown }[];
}

export type Network = "up" | "down" | "lost" | { status: number; code: string; retryAfter?: number };

export const emailOf = (memberId: string) => `${memberId.slice(-6)}@shop.example`;

interface Listening {
  events: SocketEvents;
  caller: Caller;
  cursor: number;
}

export function createSimulated(seed = 1, start = "2026-01-05T08:00:00Z"): Simulated {
  const random = createRandom(seed);
  const clock = createManualClock(start);
  const now = () => new Date(clock.now()).toISOString();
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `${random.int(0x7fffffff).toString(16).padStart(8, "0")}-0000-7000-8000-${ids.toString(16).padStart(12, "0")}`;
  };
  const database = createDatabase();
  const setting = { database, random, newId, now };
  const { members, teams } = createTenant(setting);
  const tenant = { members, teams, labels: database.named("label").map(({ row }) => row.id) };
  const server = createServer({ database, removed: null, now, meanwhile: () => undefined, newId });
  const tenantId = database.named("tenant")[0]?.row.id ?? "";
  const sockets = new Set<Listening>();
  const asked: string[] = [];
  const heard: Simulated["heard"] = [];
  let network: Network = "up";
  let live = true;
  let exchanges = 0;

  const memberOf = (token: string) => members.find((id) => token.includes(id)) ?? "";
  const access = (memberId: string) => ({
    token: `access.${memberId}.${exchanges}`,
    expiresAt: new Date(clock.now() + 600_000).toISOString(),
    tenantId,
    memberId,
  });
  const choice = (memberId: string) => ({
    tenantId,
    name: "Shop",
    slug: "shop",
    status: "active",
    memberId,
    role: memberId === members[1] ? "admin" : "operator",
    roleName: "Operator",
    lastUsedAt: null,
  });
  const isActive = (memberId: string) => database.get("member", memberId)?.status === "active";
  const refreshToken = (memberId: string) => `refresh.${memberId}.${exchanges}`.padEnd(30, "x");

  type Body = Record<string, unknown>;
  const problem = (status: number, code: string) => ({ status, body: { type: "about:blank", title: code, status, code } });
  const ok = (body: unknown) => ({ status: 200, body });
  /** Null of the simulated server: it does not know the device. */
  const orUnknown = (answer: unknown) => (answer === null ? problem(404, "not_found") : ok(answer));

  function answer(method: string, path: string, query: URLSearchParams, body: Body, token: string): { status: number; body: unknown } {
    const memberId = memberOf(token);
    const device = typeof body["device"] === "string" ? body["device"] : (query.get("device") ?? "");
    const caller: Caller = {
      device,
      memberId,
      schema: Number(body["schema"] ?? query.get("schema") ?? schemaVersion),
    };
    if (path.startsWith("/api/v1/sync/") && !isActive(memberId)) return problem(401, "unauthenticated");
    switch (`${method} ${path}`) {
      case "POST /api/v1/sign-in": {
        const me = members.find((id) => emailOf(id) === body["email"]);
        if (!me || !live) return problem(401, "wrong_credentials");
        const account = {
          id: me,
          email: emailOf(me),
          name: "Opal",
          language: "en",
          zone: "Asia/Bangkok",
          verified: true,
          superAdmin: false,
          createdAt: now(),
        };
        exchanges += 1;
        return ok({
          account,
          sessionId: me,
          access: access(me),
          refreshToken: refreshToken(me),
          refreshExpiresAt: now(),
          deviceToken: "d".repeat(30),
          tenants: [choice(me)],
        });
      }
      case "POST /api/v1/session/refresh": {
        if (!live) return problem(401, "unauthenticated");
        exchanges += 1;
        const me = memberOf(String(body["refreshToken"]));
        if (typeof body["tenantId"] === "string" && !isActive(me)) return problem(404, "not_found");
        return ok({
          refreshToken: refreshToken(me),
          refreshExpiresAt: now(),
          access: { ...access(me), tenantId: body["tenantId"] ?? null },
        });
      }
      case "GET /api/v1/me/tenants":
        return ok({ items: database.get("member", memberId)?.status === "active" ? [choice(memberId)] : [] });
      case "DELETE /api/v1/session":
        return { status: 204, body: undefined };
      case "POST /api/v1/sync/hello":
        return ok(
          server.hello({
            ...caller,
            fresh: body["device"] === null,
            nonce: body["nonce"] as string | null, // the core's own request
            epoch: body["epoch"] as string | null, // as above
            cursor: body["cursor"] as number | null, // as above
          }),
        );
      case "POST /api/v1/sync/bootstrap":
        return orUnknown(server.bootstrap(caller, body["page"] as string | null)); // as above
      case "POST /api/v1/sync/pull":
        return orUnknown(server.pull(caller, body as unknown as Parameters<typeof server.pull>[1])); // as above
      case "POST /api/v1/sync/push":
        return orUnknown(pushed(caller, body));
      case "GET /api/v1/sync/history": {
        const before = query.get("before");
        return orUnknown(server.history(caller, query.get("conversation") ?? "", before === null ? null : Number(before)));
      }
      case "GET /api/v1/sync/audit":
        return ok(server.audit(caller));
      default:
        return problem(404, "not_found");
    }
  }

  function pushed(caller: Caller, body: Body): unknown {
    const before = database.seq();
    const result = server.push(caller, String(body["epoch"]), body["mutations"] as Parameters<typeof server.push>[2]); // the core's own request
    if (database.seq() > before) notify();
    return result;
  }

  function notify(): void {
    for (const one of sockets) {
      const delta = server.delta(one.caller, one.cursor, Number.MAX_SAFE_INTEGER);
      if (delta === null) continue;
      one.cursor = delta.to;
      const { acks: _acks, ...frame } = delta;
      // As the real server: without acknowledgements, and not in the same moment.
      queueMicrotask(() => {
        if (sockets.has(one)) one.events.heard("delta", JSON.parse(JSON.stringify(frame)));
      });
    }
  }

  const fetch: Fetch = async (url, { method, headers, body }) => {
    const { pathname, searchParams } = new URL(url);
    asked.push(`${method} ${pathname}`);
    await Promise.resolve();
    if (network === "down") throw new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") });
    const token = (headers["authorization"] ?? "").replace("Bearer ", "");
    const open = pathname.endsWith("/sign-in") || pathname.endsWith("/refresh");
    let result: { status: number; body: unknown } | undefined = !live && !open ? problem(401, "unauthenticated") : undefined;
    if (typeof network === "object") result = problem(network.status, network.code);
    result ??= answer(method, pathname, searchParams, body === undefined ? {} : (JSON.parse(body) as Body), token);
    if (network === "lost") throw new TypeError("fetch failed", { cause: new Error("ECONNRESET") });
    const { status } = result;
    const text = result.body === undefined ? "" : JSON.stringify(result.body);
    const retryAfter = typeof network === "object" ? network.retryAfter : undefined;
    return {
      ok: status < 400,
      status,
      headers: { get: (name) => (name === "retry-after" && retryAfter !== undefined ? String(retryAfter) : null) },
      text: async () => text,
    };
  };

  const openSocket: OpenSocket = (_server, auth, events) => {
    const memberId = memberOf(String(auth["token"]));
    const one: Listening = {
      events,
      caller: { device: String(auth["device"]), memberId, schema: schemaVersion },
      cursor: Number(auth["cursor"]),
    };
    queueMicrotask(() => {
      if (network !== "up" || !live) return events.refused(live ? undefined : { code: "unauthenticated" });
      sockets.add(one);
      events.opened();
      const expiresAt = new Date(clock.now() + 600_000).toISOString();
      events.heard("ready", { member: memberId, seq: database.seq(), serverTime: now(), expiresAt });
      events.heard("members", { all: true, online: [memberId], offline: [] });
      events.heard("visitors", { all: true, here: [], gone: [] });
    });
    return {
      say(event, payload) {
        heard.push({ event, payload });
        if (event === "cursor") one.cursor = (payload as { cursor: number }).cursor; // said by the link
      },
      close: () => void sockets.delete(one),
    };
  };

  function dropSockets(): void {
    for (const one of sockets) {
      sockets.delete(one);
      one.events.closed();
    }
  }

  return {
    clock,
    fetch,
    openSocket,
    random: () => random.next(),
    newId,
    tenantId,
    members,
    teams,
    database,
    server,
    commit(changes) {
      database.commit(changes);
      notify();
    },
    happen() {
      somethingHappens(setting, tenant);
      notify();
    },
    network(state) {
      network = state;
      if (state !== "up") dropSockets();
    },
    asked,
    session(state) {
      live = state;
      if (!state) dropSockets();
    },
    say(event, payload) {
      for (const { events } of sockets) events.heard(event, payload);
    },
    sockets: () => sockets.size,
    dropSockets,
    heard,
  };
}

/** A visitor's words as one change, with what they do to the conversation. */
export function visitorSays(simulated: Simulated, conversationId: string, body: string): void {
  const { database, newId, clock } = simulated;
  const conversation = database.get("conversation", conversationId);
  if (!conversation) throw new Error("There is no such conversation.");
  const number = conversation.lastNumber + 1;
  const at = new Date(clock.now()).toISOString();
  simulated.commit([
    put("message", {
      id: newId(),
      conversationId,
      number,
      seq: 0,
      kind: "visitor",
      authorId: conversation.visitorId,
      senderDevice: null,
      body,
      at,
      editedAt: null,
    }),
  ]);
}
