/** One tenant on this computer: its files, its loop, its socket, and the doors through which queries and commands reach them. */
import type { ConversationSettings } from "@switchboard/shared/model/settings.ts";
import { createClient, type Client } from "@switchboard/shared/sync/client.ts";
import { isoOf, type Clock } from "../clock.ts";
import { createHealth, type Health } from "../health.ts";
import type { Ports } from "../ports.ts";
import { Refusal } from "../refusal.ts";
import type { Tokens } from "../session/tokens.ts";
import type { Draft, DraftMode } from "../store/outbox.ts";
import { deleteTenantFiles, openTenantStore, tenantFolder, type TenantStore } from "../store/tenant-store.ts";
import { createTimer } from "../sync/back-off.ts";
import { createAsk, createCalls, type Ask, type Calls } from "../sync/calls.ts";
import { createEngine, type Engine } from "../sync/engine.ts";
import { createLink, type Link } from "../sync/link.ts";
import { createOffset, type Offset } from "../sync/offset.ts";
import { readerHere } from "./access.ts";
import { audit } from "./audit.ts";
import { fetchAvailability } from "./availability.ts";
import { createFacts, type Facts } from "./contact-facts.ts";
import type { Questions } from "./questions.ts";
import { createPastConversations, type PastConversations } from "./past-conversations.ts";
import { createHistory, type History } from "./history.ts";
import { returnLeftDrafts } from "./left-drafts.ts";
import { createEphemera, type Ephemera } from "./ephemera.ts";
import {
  allFollowed,
  fetchSettings,
  followedOf,
  storedQuestions,
  storedSettings,
  storedWork,
  type Followed,
  type WorkFacts,
} from "./tenant-settings.ts";
import { oppositeOf, overwrittenBy, type Act } from "./undo.ts";

export interface TenantOptions {
  ports: Ports;
  tokens: Tokens;
  tenantId: string;
  memberId: string;
  accountId: string;
  server: () => string;
  /** What a transaction, the loop or the socket changed. */
  touched: (tenant: Tenant, topics: ReadonlySet<string>) => void;
  /** Types of what the tenant's history tells just now. */
  happened: (tenant: Tenant, types: readonly string[]) => void;
  /** Whether this tenant still is what it was: the session is over, the membership is lost, the device is to be wiped. */
  standing: (tenant: Tenant) => void;
}

export interface Tenant {
  readonly tenantId: string;
  readonly memberId: string;
  readonly store: TenantStore;
  readonly client: Client;
  readonly engine: Engine;
  readonly link: Link;
  readonly health: Health;
  readonly offset: Offset;
  readonly ephemera: Ephemera;
  readonly calls: Calls;
  readonly ask: Ask;
  readonly history: History;
  readonly facts: Facts;
  readonly past: PastConversations;
  readonly clock: Clock;
  /** The server's time. */
  now(): number;
  /** Recorded and shown, or refused. */
  mutate(name: string, args: Record<string, unknown>): number;
  /** Takes it back: from the outbox, or by its opposite. */
  undo(mid: number): boolean;
  /** Whether what was done is still so: neither taken back nor changed since, here or elsewhere. */
  stillStands(mid: number): boolean;
  saveDraft(placeId: string, mode: DraftMode, text: string): void;
  draft(placeId: string, mode: DraftMode): { text: string; at: string | null };
  /** All of them, as they were left. */
  drafts(): readonly Draft[];
  settings(): ConversationSettings;
  workFacts(): WorkFacts;
  /** What the answers of its forms stand under. */
  questions(): Questions;
  /** Too long without the server: nothing is shown until it says hello. */
  isLocked(): boolean;
  isReachable(): boolean;
  start(): void;
  /** Ends everything and closes the files. */
  close(): void;
  /** The same, and nothing stays on the disk. */
  destroy(): void;
}

const dayMs = 86_400_000;
const auditEveryMs = 10 * 60_000;
const settingsEveryMs = 3_600_000;
const purgeAfterMs = 500;
/** Looking through a large file takes a processor for seconds, which at the start belong to the person. */
const checkAfterMs = 15_000;
const stepMs = 10;
const indexAfterMs = 30;
const indexStep = 3_000;
const mostUndos = 200;

export function createTenant({ ports, tokens, tenantId, memberId, accountId, server, touched, happened, standing }: TenantOptions): Tenant {
  const { clock, random, log } = ports;
  const folder = tenantFolder(ports.folder, tenantId, accountId);
  const tell = (topics: ReadonlySet<string>) => {
    if (!closed) touched(tenant, topics);
  };
  const purge = createTimer(clock);
  const checking = createTimer(clock);
  const indexing = createTimer(clock);

  const past = createPastConversations(
    (contract, input) => ask(contract, input),
    clock,
    (contactId) => tell(new Set([`past/${contactId}`])),
  );

  const store = openTenantStore({
    folder,
    open: ports.open,
    committed(topics) {
      if (topics.has("role") || topics.has("teamMember")) past.forget();
      tell(topics);
      if (store.cache.mustPurge()) purgeSoon();
      if (topics.has("unsearched")) indexSoon();
    },
  });
  const { cache, outbox } = store;
  const offset = createOffset(clock, cache.meta("offset"), (text) => {
    health.written(() => cache.setMeta("offset", text));
  });
  const now = () => offset.now();
  const client = createClient({ cache, outbox, memberId, now: () => isoOf(now()) });
  const health = createHealth({
    store,
    client,
    clock,
    log,
    changed: () => tell(new Set(["sync"])),
    recovered() {
      saveHeldDrafts();
      engine.now();
    },
  });
  const ask = createAsk({ tenantId, tokens, fetch: ports.fetch, server });
  const calls = createCalls({ tenantId, tokens, fetch: ports.fetch, server, app: ports.app });
  const ephemera = createEphemera(clock, tell);
  let settings: ConversationSettings | undefined;
  let workFacts: WorkFacts | undefined;
  let questions: Questions | undefined;
  let auditedAt = clock.monotonicMs();
  let settingsAt = clock.monotonicMs();
  const oldSettings = new Set<Followed>(allFollowed);
  let lastStanding = "ok";
  let closed = false;

  const engine = createEngine({
    client,
    cache,
    outbox,
    calls,
    clock,
    random,
    offset,
    written: (work) => (closed ? undefined : health.written(work)),
    noticed(error) {
      if (closed || health.noticed(error)) return true;
      if (error instanceof TypeError && error.cause === undefined) log("error", "the loop failed", { error: String(error) });
      return false;
    },
    changed() {
      tell(new Set(["sync"]));
      const { standing: next } = engine.state();
      if (next === lastStanding) return;
      lastStanding = next;
      standing(tenant);
    },
    stands(cursor) {
      link.connect();
      link.stands(cursor);
    },
    idle,
  });
  const link = createLink({
    clock,
    random,
    openSocket: ports.openSocket,
    server,
    token: () => tokens.access(tenantId),
    forget: (token) => tokens.forget(tenantId, token),
    place() {
      const { device } = outbox.device();
      const cursor = client.cursor();
      return device === null || cursor === null ? null : { device, cursor };
    },
    delta(frame) {
      try {
        engine.delta(frame);
      } catch (error) {
        if (!health.noticed(error)) log("error", "a delta could not be applied", { error: String(error) });
        engine.soon();
      }
    },
    poke: (seq) => engine.poke(seq),
    news: (news) => ephemera.hear(news),
    happened(types) {
      if (closed) return;
      const old = followedOf(types);
      for (const kind of old) oldSettings.add(kind);
      if (old.length > 0) engine.soon();
      happened(tenant, types);
    },
    changed(connected) {
      if (!connected) ephemera.forget();
      tell(new Set(["sync", "presence"]));
      if (!connected) return;
      // Whatever was missed while it was gone; and if calls failed, whoever opened this socket answers them again.
      engine.now();
      // Whoever may not read the team sees who is online, and no more.
      void fetchAvailability(ask, ephemera).catch((error: unknown) =>
        log("info", "who is on duty could not be asked for", { error: error instanceof Error ? error.name : "" }),
      );
    },
    look: () => engine.now(),
    unanswered: () => engine.soon(),
  });

  /** When everything is sent and received; what fails here has another time. */
  async function idle(): Promise<void> {
    const passed = clock.monotonicMs();
    health.written(() => returnLeftDrafts(store, tenantId));
    try {
      if (passed - settingsAt > settingsEveryMs) {
        settingsAt = passed;
        for (const kind of allFollowed) oldSettings.add(kind);
      }
      const old = [...oldSettings];
      oldSettings.clear();
      await fetchSettings(cache, ask, old, () => {
        settings = undefined;
        workFacts = undefined;
        questions = undefined;
        tell(new Set(["settings"]));
      });
      if (passed - auditedAt > auditEveryMs) {
        auditedAt = passed;
        const found = await audit({ cache, outbox, client, calls, scopes: () => readerHere(cache, memberId).scopes, log });
        if (found === "differs") engine.soon();
      }
    } catch (error) {
      if (!health.noticed(error)) log("info", "something could wait", { error: error instanceof Error ? error.name : "" });
    }
  }

  /** What was removed must leave the index and the journal too, within seconds: in small steps, then the journal is emptied. */
  function purgeSoon(): void {
    if (!purge.isSet()) purge.set(purgeAfterMs, () => purgeStep(true));
  }
  function purgeStep(first: boolean): void {
    if (health.trouble()?.code === "disk_full") return purge.set(purgeAfterMs, () => purgeStep(first));
    if (health.written(() => cache.purge(first)) === true) return purge.set(stepMs, () => purgeStep(false));
    health.written(() => store.cacheFile.truncateJournal());
  }

  /** What is new can be found a moment later; after a bootstrap that is many, so in small steps with room for others between them. */
  function indexSoon(afterMs = indexAfterMs): void {
    if (indexing.isSet()) return;
    indexing.set(afterMs, () => {
      if (health.trouble()?.code === "disk_full") return;
      if (engine.expectsMore()) return indexSoon();
      if (health.written(() => cache.indexSome(indexStep)) === true) indexSoon(0);
    });
  }

  /** The opposites of what was done last, and what each would overwrite. */
  const undos = new Map<number, { opposite: Act; overwrites: string }>();
  function remember(mid: number, opposite: Act | null): void {
    if (opposite === null) return;
    undos.set(mid, { opposite, overwrites: overwrittenBy(cache, opposite) });
    const [oldest] = undos.keys();
    if (undos.size > mostUndos && oldest !== undefined) undos.delete(oldest);
  }

  function mutate(name: string, args: Record<string, unknown>): number {
    const before = outbox.device().lastMid;
    const opposite = health.written(() => oppositeOf(cache, name, args)) ?? null;
    const answer = health.written(() => client.mutate(name, args, { online: isReachable() }));
    if (answer === undefined) {
      // Recorded, but not shown: it counts, and it is shown when the disk recovers.
      const recorded = health.written(() => outbox.device().lastMid) ?? before;
      if (recorded > before) return recorded;
      throw new Refusal("not_saved", "This could not be saved on this computer. Nothing was lost; try again when there is room.");
    }
    if (!answer.ok) {
      if (answer.reason === "needs_connection") throw new Refusal("needs_connection", "This needs a connection.");
      throw new Refusal(answer.reason === "unknown" ? "unknown" : "invalid_input", `${name} cannot be done with these arguments.`);
    }
    remember(answer.mid, opposite);
    engine.soon();
    return answer.mid;
  }

  /** Drafts that the disk did not take. */
  const heldDrafts = new Map<string, Draft>();
  const draftKey = (placeId: string, mode: DraftMode) => `${placeId} ${mode}`;
  function saveHeldDrafts(): void {
    for (const [key, draft] of heldDrafts) {
      if (health.written(() => (outbox.saveDraft(draft), true)) === undefined) return;
      heldDrafts.delete(key);
    }
  }

  const isReachable = () => engine.state().standing === "ok" && engine.state().unreachableSince === null;

  const tenant: Tenant = {
    tenantId,
    memberId,
    store,
    client,
    engine,
    link,
    health,
    offset,
    ephemera,
    calls,
    ask,
    history: createHistory({ client, cache, outbox, calls, engine, health, clock }),
    facts: createFacts(ask, clock, (contactId) => tell(new Set([`facts/${contactId}`]))),
    past,
    clock,
    now,
    mutate,
    undo(mid) {
      if (health.written(() => client.withdraw(mid)) === true) {
        undos.delete(mid);
        engine.soon();
        return true;
      }
      const known = undos.get(mid);
      undos.delete(mid);
      if (!known) return false;
      mutate(known.opposite.name, known.opposite.args);
      return true;
    },
    stillStands(mid) {
      const known = undos.get(mid);
      return known === undefined || overwrittenBy(cache, known.opposite) === known.overwrites;
    },
    saveDraft(placeId, mode, text) {
      const draft = { placeId, mode, text, at: isoOf(now()) };
      const key = draftKey(placeId, mode);
      heldDrafts.delete(key);
      if (health.written(() => (outbox.saveDraft(draft), true)) !== undefined) return;
      heldDrafts.set(key, draft);
      tell(new Set(["draft", `draft/${placeId}`]));
    },
    draft(placeId, mode) {
      const found = heldDrafts.get(draftKey(placeId, mode)) ?? outbox.draft(placeId, mode);
      return { text: found?.text ?? "", at: found?.at ?? null };
    },
    drafts: () => [...outbox.drafts().filter(({ placeId, mode }) => !heldDrafts.has(draftKey(placeId, mode))), ...heldDrafts.values()],
    settings: () => (settings ??= storedSettings(cache)),
    workFacts: () => (workFacts ??= storedWork(cache)),
    questions: () => (questions ??= storedQuestions(cache)),
    isLocked() {
      const { lastHelloAt, leaseDays, standing: stands } = engine.state();
      return stands === "shut-out" || (lastHelloAt !== null && now() - lastHelloAt > leaseDays * dayMs);
    },
    isReachable,
    start() {
      // What was removed before a sudden end may stand in the journal still; an end in order leaves none.
      const endedSuddenly = store.cacheFile.journalBytes() > 0;
      health.written(() => client.reopen());
      if (endedSuddenly || cache.mustPurge()) purgeSoon();
      indexSoon();
      checking.set(checkAfterMs, () => {
        void health.check(ports.checkFile).catch((error: unknown) => {
          if (!closed && !health.noticed(error)) log("error", "the file could not be checked", { error: String(error) });
        });
      });
      engine.start();
    },
    close() {
      engine.stop();
      link.disconnect();
      health.stop();
      purge.clear();
      checking.clear();
      indexing.clear();
      ephemera.stop();
      // A call that is still on its way finds nobody.
      closed = true;
      store.close();
    },
    destroy() {
      tenant.close();
      deleteTenantFiles(folder);
    },
  };
  return tenant;
}
