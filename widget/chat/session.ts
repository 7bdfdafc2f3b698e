/** Who the visitor is: the first hello, the token in the frame's own storage, identity and attributes from the host page, the end. */
import type { BodyIn, OutputOf } from "@switchboard/shared/api/contract.ts";
import type { ProblemCode } from "@switchboard/shared/api/problems.ts";
import type { VisitHears } from "@switchboard/shared/api/sockets.ts";
import type { visitApi } from "@switchboard/shared/api/visit.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { ToChat } from "../protocol.ts";
import { Refusal, type Api } from "./api.ts";
import { now } from "./clock.ts";
import { createConnection } from "./connection.ts";
import type { Host } from "./host.ts";
import { newId } from "./ids.ts";
import type { Keep } from "./keep.ts";
import { inTurn, patiently } from "./patience.ts";
import type { Store } from "./store.ts";
import { createTalk, type Talk } from "./talk.ts";
import { unread } from "./thread.ts";
import { deviceHere, pageOf } from "./visit.ts";
import { guess, loadWords } from "./words.ts";

type Begun = OutputOf<(typeof visitApi)["start"]>;
export type LeftMessage = Omit<BodyIn<(typeof visitApi)["leaveMessage"]>, "id">;

export interface SessionPorts {
  origin: string;
  tenant: string;
  language: string;
  api: Api;
  keep: Keep;
  store: Store;
  host: Host;
  ring(): void;
}

export interface Session {
  talk: Talk;
  /** From the page, whose origin the browser vouches for. */
  hear(message: ToChat, from: string): void;
  begin(answers: Record<string, string>, consent: boolean): Promise<void>;
  leave(message: LeftMessage): Promise<void>;
  /** The panel or the tab was shown or hidden. */
  seen(): void;
  /** After every change of the state: what the host page should know. */
  report(): void;
}

/** They concern the visitor or the site as a whole, and stay until the chat is opened again. */
const lasting = new Set<string>(["visitor_blocked", "origin_refused", "identity_required", "tenant_suspended", "not_found"]);

/** What the server says when it sends somebody away for good. */
const endings: Partial<Record<VisitHears["bye"]["reason"], ProblemCode>> = {
  blocked: "visitor_blocked",
  suspended: "tenant_suspended",
  identity_required: "identity_required",
};

export function createSession(ports: SessionPorts): Session {
  const { api, keep, store, host, tenant } = ports;
  let page = { url: "", title: "" };
  let referrer = "";
  let identity: string | null = null;
  let attributes: Record<string, string> = {};
  let starting = false;
  /** The page has shut the chat down: nothing begins any more, and what is on its way changes nothing. */
  let over = false;
  let attempts = 0;
  let reported = "";
  let form = { said: "", id: "" };

  const isSeen = () => store.state.shown && document.visibilityState === "visible";

  const talk: Talk = createTalk({
    api,
    keep,
    store,
    live: () => connection.live(),
    refused: refuse,
    isSeen,
    heard({ id, text, name, at }) {
      host.tell("message", JSON.stringify({ id, text, author: name, at }));
      if (!isSeen() && store.state.sound) ports.ring();
    },
  });

  const connection = createConnection({
    origin: ports.origin,
    store,
    talk: () => talk,
    isSeen,
    refused: refuse,
    handshake: () => ({
      token: api.token ?? "",
      conversation: store.state.conversation?.id ?? null,
      after: store.state.messages.at(-1)?.number ?? null,
    }),
    hears: {
      ...talk.hears,
      team(team) {
        store.set({ team });
        if ((team.state === "closed") !== (store.state.config?.hours.state === "closed")) void loadConfig();
      },
      config({ version }) {
        if (version === store.state.config?.version) return;
        void loadConfig();
        host.tell("changed");
      },
      bye({ reason }) {
        const code = endings[reason];
        if (code !== undefined) refuse(new Refusal({ code }));
        if (reason === "expired" || reason === "access_changed") void start();
      },
    },
  });
  const failed = () => connection.reached(false);

  async function loadConfig(): Promise<void> {
    try {
      const config = await patiently(() => api.call("config", { query: { tenant, language: ports.language } }), failed);
      const { config: before, words: known } = store.state;
      const words = known?.language === config.language ? known : await loadWords(config.language);
      store.set({ config, words });
      // Whether somebody is there, and the place in the queue, are told to each visitor by itself: new rules are asked about.
      if (before && (before.hours.state !== config.hours.state || before.behaviour.queuePosition !== config.behaviour.queuePosition))
        void talk.refresh();
    } catch (error) {
      if (error instanceof Refusal) store.set({ refused: error.code });
    }
  }

  async function start(): Promise<void> {
    if (starting || over) return;
    starting = true;
    // Two tabs that open at the same moment must not become two visitors.
    const begun = await patiently(() => inTurn(`switchboard ${tenant}`, hello), failed).catch((error: unknown) => error as Refusal); // nothing else gets through patience
    starting = false;
    if (over) return;
    if (begun instanceof Refusal) return refuse(begun);
    // The page has said who it is while the hello was on its way.
    if (identity !== null) return start();
    attempts = 0;
    store.set({ started: true, refused: null, person: begun.visitor, team: begun.team, pending: talk.outbox.entries() });
    talk.adopt(begun.conversation, begun.messages, { news: false, earlier: begun.earlier });
    tellAttributes();
    void talk.outbox.flush();
    await connection.open();
  }

  async function hello(): Promise<Begun> {
    const token = keep.get("token");
    const proof = identity;
    const begun = await api.call("start", {
      body: {
        tenant,
        ...(token === null ? {} : { token }),
        ...(proof === null ? {} : { identity: proof }),
        page,
        referrer,
        device: deviceHere(),
      },
    });
    if (over) return begun;
    if (begun.token !== null) keep.set("token", begun.token);
    api.token = begun.token ?? token;
    if (identity === proof) identity = null;
    return begun;
  }

  function refuse(problem: Refusal): void {
    if (lasting.has(problem.code)) {
      connection.close();
      store.set({ refused: problem.code, started: false });
      return;
    }
    if (problem.code !== "unauthenticated" && problem.code !== "token_expired") return;
    // The identity was not good, or the token has ended elsewhere: come in anew, but not for ever.
    identity = null;
    if (attempts > 0) keep.set("token", null);
    if (attempts++ < 2) void start();
    else store.set({ refused: "unavailable" });
  }

  function tellAttributes(): void {
    if (Object.keys(attributes).length === 0 || !store.state.started) return;
    const values = attributes;
    attributes = {};
    api.call("attributes", { body: { attributes: values } }).then(
      (person) => store.set({ person }),
      (error: unknown) => {
        // What the server does not want it will not want later; what did not arrive waits for the next start.
        if (!(error instanceof Refusal)) attributes = { ...values, ...attributes };
      },
    );
  }

  async function shutdown(): Promise<void> {
    over = true;
    connection.close();
    api.token ??= keep.get("token");
    if (api.token !== null) await api.call("end", {}).catch(() => undefined);
    api.token = null;
    for (const name of keep.names("")) keep.set(name, null);
    host.tell("gone");
  }

  /** The same id for the same words, so that a second press is no second message; another one when the words have changed. */
  function idFor(body: object): string {
    const said = JSON.stringify(body);
    if (said !== form.said) form = { said, id: newId(now()) };
    return form.id;
  }

  keep.changed((name) => {
    if (name === null || name.startsWith("out:")) {
      const show = () => store.set({ pending: talk.outbox.entries() });
      // What another tab got through is in the history now: fetch it before it goes from here, so that nothing seems to vanish.
      if (store.state.started && keep.get(name ?? "") === null) void talk.refresh().then(show);
      else show();
    }
    // Another tab became somebody else, or ended, whatever of it is heard first: this one follows.
    if (store.state.started && keep.get("token") !== api.token) {
      store.set({ started: false, conversation: null, messages: [], person: null });
      connection.close();
      if (keep.get("token") !== null || store.state.shown) void start();
    }
  });

  store.set({ pending: talk.outbox.entries(), sound: keep.get("sound") !== "off" });
  void loadWords(guess(ports.language)).then((words) => void (store.state.words ?? store.set({ words })));
  void loadConfig();

  return {
    talk,
    hear(message, from) {
      switch (message.type) {
        case "panel": {
          const before = page.url;
          page = pageOf(message.url, message.title, from);
          referrer = message.referrer.slice(0, limits.url);
          store.set({ shown: message.shown });
          // Who was refused may be welcome by now.
          if (store.state.refused !== null) void loadConfig();
          // A page that only has the frame ready is no reason to become a visitor; to have been one is.
          if (!store.state.started && (message.shown || keep.get("token") !== null)) void start();
          // Who opens the chat again sees how things are now.
          if (store.state.started && message.shown) void talk.refresh();
          if (page.url !== before) connection.live()?.say("page", page);
          this.seen();
          break;
        }
        case "identify":
          // It comes in with the next start, or makes one: the same token stays with the same person.
          identity = message.token;
          if (store.state.started || store.state.refused !== null) void start();
          break;
        case "attribute":
          attributes[message.name] = message.value;
          queueMicrotask(tellAttributes);
          break;
        case "shutdown":
          void shutdown();
          break;
      }
    },
    async begin(answers, consent) {
      const body = { answers, consent };
      const conversation = await api.call("begin", { body: { id: idFor(body), ...body } });
      store.set({ next: null });
      talk.adopt(conversation, [], { news: false });
    },
    async leave(message) {
      const sent = await api.call("leaveMessage", { body: { id: idFor(message), ...message } });
      talk.adoptSent(sent);
      // The same words later are another message.
      form.said = "";
      store.set({ left: message.email ?? message.phone ?? "" });
    },
    seen() {
      connection.live()?.say("active", { on: isSeen() });
      talk.mark();
    },
    report() {
      const { conversation, messages, pending, words, config } = store.state;
      const count = unread(messages, conversation);
      const on = pending.length > 0 || conversation?.status === "open";
      const now = `${count} ${on} ${words?.language}`;
      if (now === reported || words === null) return;
      const label = count > 0 ? [config?.look.launcherLabel, words("launcher.unread", { count })] : [];
      if (host.tell("badge", label.filter(Boolean).join(" · "), count) && host.tell("resume", "", Number(on))) reported = now;
    },
  };
}
