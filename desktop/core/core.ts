/**
 * The console's core: one person, several tenants, any number of renderers. It opens what was open, keeps it equal with the server, and
 * answers the bridge. Whoever hosts it gives it its ports.
 */
import type { Port } from "../bridge/frames.ts";
import type { EventName, EventPayload } from "../bridge/index.ts";
import { createAlarms, type Alarms } from "./alarms/alarms.ts";
import { isoOf, type Clock } from "./clock.ts";
import { createConnectionState } from "./connection-state.ts";
import { topicOf, type Desk } from "./desk.ts";
import { createPersonal } from "./personal.ts";
import type { Ports } from "./ports.ts";
import { Refusal } from "./refusal.ts";
import { isQuiet } from "./queries/outbox-index.ts";
import { practise } from "./rpc/practise.ts";
import { servePort, type Connection } from "./rpc/serve-port.ts";
import { createSession } from "./session/session.ts";
import { deleteTenantFiles, tenantFolder } from "./store/tenant-store.ts";
import { NewerDatabase } from "./store/file.ts";
import { diskTrouble } from "./store/driver.ts";
import { createTimer } from "./sync/back-off.ts";
import { createTenant, type Tenant } from "./tenant/tenant.ts";

export interface Core {
  readonly desk: Desk;
  /** Opens what was open before. */
  start(): Promise<void>;
  /** A renderer at the other end; before the start is over it waits for its answers. */
  serve(port: Port): void;
  /** The computer woke up, the screen was unlocked, the network is back. */
  resume(): void;
  /** Somebody clicked on a notification or on a link. */
  goTo(place: Omit<EventPayload<"session.goTo">, "at">): void;
  /** Ends everything in order; the files can be opened by somebody else afterwards. */
  stop(): Promise<void>;
}

const minuteMs = 60_000;

export function createCore(ports: Ports): Core {
  const { clock, log } = ports;
  const tenants = new Map<string, Tenant>();
  const refused = new Map<string, "newer_database" | "not_saved">();
  const connections = new Set<Connection>();
  const minute = createTimer(clock);
  let toldOf = new Set<string>();
  let started = false;

  const touched = (topics: ReadonlySet<string>) => {
    for (const connection of connections) connection.touched(topics);
  };
  const emit = <N extends EventName>(name: N, payload: EventPayload<N>) => {
    for (const connection of connections) connection.emit(name, payload);
  };

  const session = createSession({
    ports,
    changed: () => touched(new Set(["session", "sync"])),
    async leave() {
      const unsent = unsentIn([...tenants.values()]);
      if (unsent > 0) throw new Refusal("stale_state", "Somebody else has unsent work on this computer.", { unsent });
      destroyAll();
    },
  });
  const personal = createPersonal(() => [...tenants.values()]);
  // What people are told goes by the server's time, as all that comes from the server does; this computer's clock may be wrong.
  const now = () => [...tenants.values()][0]?.now() ?? clock.now();
  const serverClock: Clock = { ...clock, now };
  const alarms: Alarms = createAlarms({
    ports: { ...ports, clock: serverClock },
    session,
    personal,
    tenants: () => [...tenants.values()],
    emit,
    touched,
  });
  const connection = createConnectionState({
    clock: serverClock,
    session,
    tenants: () => [...tenants.values()],
    changed: () => touched(new Set(["sync"])),
  });

  function add(tenantId: string, memberId: string, accountId: string): void {
    if (tenants.has(tenantId)) return;
    try {
      const tenant = createTenant({
        ports,
        tokens: session.tokens,
        tenantId,
        memberId,
        accountId,
        server: () => session.server() ?? "",
        touched(changed, topics) {
          touched(new Set([...topics].map((topic) => topicOf(changed, topic))));
          if (topics.has("sync")) connection.look();
          alarms.changed(changed, topics);
        },
        happened: (changed, types) => emit("tenant.happened", { tenantId: changed.tenantId, types: [...types] }),
        standing: (changed) => void stands(changed),
      });
      tenants.set(tenantId, tenant);
      refused.delete(tenantId);
      tenant.start();
    } catch (error) {
      if (error instanceof NewerDatabase) refused.set(tenantId, "newer_database");
      else if (diskTrouble(error) !== null) refused.set(tenantId, "not_saved");
      else throw error;
      log("error", "a tenant cannot be opened", { tenantId, why: refused.get(tenantId) });
    }
    alarms.look();
    touched(new Set(["session", "sync"]));
  }

  /** What became of the person in a tenant, as its loop heard it. */
  async function stands(tenant: Tenant): Promise<void> {
    const { standing } = tenant.engine.state();
    touched(new Set(["session"]));
    if (standing === "wiped") forget(tenant, "this device was told to destroy its data");
    if (standing !== "lost") return;
    try {
      // Never on one answer alone.
      const choices = await session.refreshChoices();
      if (!choices.some(({ tenantId }) => tenantId === tenant.tenantId)) forget(tenant, "this person is no longer a member");
    } catch (error) {
      log("info", "the tenants could not be asked for", { error: error instanceof Error ? error.name : "" });
    }
  }

  function forget(tenant: Tenant, why: string): void {
    log("warn", "a tenant was removed from this computer", { tenantId: tenant.tenantId, why, unsent: unsentIn([tenant]) });
    remove(tenant);
    session.setOpened(session.opened().filter((id) => id !== tenant.tenantId));
  }

  function remove(tenant: Tenant): void {
    tenants.delete(tenant.tenantId);
    tenant.destroy();
    alarms.closed(tenant.tenantId);
    touched(new Set(["session", "sync"]));
  }

  function destroyAll(): void {
    for (const tenant of tenants.values()) remove(tenant);
    const account = session.account();
    // Also those that could not be opened.
    if (account) for (const id of session.opened()) deleteTenantFiles(tenantFolder(ports.folder, id, account.id));
    refused.clear();
  }

  function looksAt(viewed: readonly { tenantId: string; conversationId: string }[]): void {
    const now = new Map<string, string[]>();
    for (const { tenantId, conversationId } of viewed) now.set(tenantId, [...(now.get(tenantId) ?? []), conversationId]);
    for (const tenantId of new Set([...toldOf, ...now.keys()])) tenants.get(tenantId)?.link.looksAt(now.get(tenantId) ?? []);
    toldOf = new Set(now.keys());
  }

  const readable = (tenant: Tenant) => !tenant.isLocked();

  const desk: Desk = {
    ports,
    session,
    alarms,
    personal,
    now,
    tenants: () => [...tenants.values()],
    tenant(tenantId) {
      const tenant = tenants.get(tenantId);
      if (!tenant) {
        const why = refused.get(tenantId);
        throw new Refusal(
          why ?? "unknown",
          why === undefined ? "This tenant is not open on this computer." : "Its database cannot be opened.",
        );
      }
      if (!readable(tenant)) throw new Refusal("locked", "This computer has not spoken with the server for too long. Sign in again.");
      return tenant;
    },
    over: (asked) => [...tenants.values()].filter((tenant) => readable(tenant) && (asked === "all" || asked.includes(tenant.tenantId))),
    async openTenant(tenantId) {
      const account = session.account();
      if (!account) throw new Refusal("signed_out", "Nobody is signed in.");
      const known = session.choices().find((one) => one.tenantId === tenantId);
      const choice = known ?? (await session.refreshChoices()).find((one) => one.tenantId === tenantId);
      if (!choice) throw new Refusal("not_found", "You are not a member of this tenant.");
      add(tenantId, choice.memberId, account.id);
      if (!session.opened().includes(tenantId)) session.setOpened([...session.opened(), tenantId]);
    },
    async closeTenant(tenantId, discardUnsent) {
      const tenant = tenants.get(tenantId);
      const account = session.account();
      const unsent = tenant ? unsentIn([tenant]) : 0;
      if (unsent > 0 && !discardUnsent) return unsent;
      session.setOpened(session.opened().filter((id) => id !== tenantId));
      if (tenant) remove(tenant);
      else if (account) deleteTenantFiles(tenantFolder(ports.folder, tenantId, account.id));
      refused.delete(tenantId);
      return 0;
    },
    async signOut(discardUnsent) {
      const unsent = unsentIn([...tenants.values()]);
      if (unsent > 0 && !discardUnsent) return unsent;
      destroyAll();
      await session.signOut();
      return 0;
    },
    link: () => connection.link(),
    lastOffline: () => connection.lastOffline(),
    trouble() {
      for (const tenant of tenants.values()) {
        const found = tenant.health.trouble();
        if (found) return { ...found, data: { ...found.data, tenantId: tenant.tenantId } };
        if (tenant.offset.isWrong()) return { code: "clock_wrong", data: { offsetMs: tenant.offset.offsetMs() } };
      }
      return null;
    },
    resume,
    setViewing(conversations) {
      looksAt(conversations);
      alarms.viewing(conversations);
    },
    emit,
    touched,
    refusedTenants: () => refused,
  };

  function resume(): void {
    alarms.look();
    for (const tenant of tenants.values()) {
      tenant.engine.now();
      tenant.link.connect();
    }
  }

  function everyMinute(): void {
    touched(new Set(["minute"]));
    minute.set(minuteMs, everyMinute);
  }

  return {
    desk,
    async start() {
      await session.start();
      const account = session.account();
      if (account) {
        for (const id of session.opened()) {
          const choice = session.choices().find(({ tenantId }) => tenantId === id);
          if (choice) add(id, choice.memberId, account.id);
        }
      }
      minute.set(minuteMs, everyMinute);
      started = true;
      if (connections.size === 0) practise(desk);
      for (const connection of connections) connection.begin();
    },
    serve(port) {
      const added = servePort(port, desk, (closed) => {
        connections.delete(closed);
        if (connections.size > 0) return;
        // A window that is gone looks at nothing.
        desk.setViewing([]);
        alarms.pageGone();
      });
      if (connections.size === 0) alarms.pageHere();
      connections.add(added);
      if (started) added.begin();
    },
    resume,
    goTo: (place) => emit("session.goTo", { ...place, at: isoOf(now()) }),
    async stop() {
      minute.clear();
      connection.stop();
      for (const one of connections) one.close();
      for (const tenant of tenants.values()) tenant.close();
      tenants.clear();
      // Last: a window that goes and a tenant that closes are looked at once more, which would wind its clock up again.
      alarms.stop();
    },
  };
}

/** What would be lost: begun in a composer, not yet sent, or sent back and not yet decided. */
function unsentIn(tenants: readonly Tenant[]): number {
  return tenants.reduce((sum, tenant) => {
    const waiting = tenant.client.waiting().filter((entry) => !isQuiet(entry));
    const back = tenant.store.outbox.rejected().filter((item) => !isQuiet(item));
    return sum + waiting.length + back.length + tenant.drafts().filter(({ text }) => text.trim() !== "").length;
  }, 0);
}
