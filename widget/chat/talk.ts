/**
 * The conversation: what was said, what is still to be sent, how far each side has read. The server is the truth; the socket only
 * brings it sooner, and every hole in the numbers is fetched. Whatever the visitor writes goes through the outbox.
 */
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import type { VisitHears } from "@switchboard/shared/api/sockets.ts";
import type { visitApi } from "@switchboard/shared/api/visit.ts";
import type { VisitConversation, VisitMessage } from "@switchboard/shared/api/visit-shapes.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { Refusal, type Api } from "./api.ts";
import { now } from "./clock.ts";
import { newId } from "./ids.ts";
import type { Keep } from "./keep.ts";
import type { Live } from "./live.ts";
import { createOutbox, type Outbox, type Pending } from "./outbox.ts";
import type { Store } from "./store.ts";
import { connectedTo, isBehind, join, later } from "./thread.ts";

type Sent = OutputOf<(typeof visitApi)["send"]>;

export interface TalkPorts {
  api: Api;
  keep: Keep;
  store: Store;
  live(): Live | null;
  refused(problem: Refusal): void;
  /** Somebody of the team wrote while the page was here. */
  heard(message: VisitMessage): void;
  isSeen(): boolean;
}

export interface Talk {
  outbox: Outbox;
  hears: Omit<LiveHandlers, "team" | "config" | "bye">;
  /** Takes the conversation as the server has it. `news` are told to the host page and rung. */
  adopt(conversation: VisitConversation | null, messages: readonly VisitMessage[], options: { news: boolean; earlier?: boolean }): void;
  adoptSent(sent: Sent): void;
  /** Asks for everything anew; false when the server could not be reached. */
  refresh(): Promise<boolean>;
  showEarlier(): Promise<void>;
  /** Tells the server how far we got and read, when that moved. */
  mark(): void;
  typing(text: string): void;
  send(text: string): void;
}
type LiveHandlers = { [E in keyof VisitHears]: (payload: VisitHears[E]) => void };

const typingMs = { between: 1_000, heard: 5_000 };

export function createTalk(ports: TalkPorts): Talk {
  const { api, keep, store } = ports;
  let told = "";
  let filling = false;
  let posting: string | null = null;
  let typed: { text: string; timer: number } | null = null;
  let typingEnds = 0;

  const outbox = createOutbox({
    keep,
    now,
    newId,
    changed: () => store.set({ pending: outbox.entries() }),
    held: (heldUntil) => store.set({ heldUntil }),
    stopped: ports.refused,
    later: (run, ms) => void setTimeout(run, ms),
    async send(entry) {
      if (!store.state.started) throw new Error("There is no session yet.");
      posting = entry.id;
      try {
        talk.adoptSent(await post(entry));
      } finally {
        posting = null;
      }
    },
  });

  async function post({ id, conversation, text }: Pending): Promise<Sent> {
    const body = { id, conversation, text };
    const live = ports.live();
    if (live?.isUp() === true) {
      try {
        return await live.ask<Sent>("send", body);
      } catch (error) {
        // No answer is no news: the same id takes the other road.
        if (error instanceof Refusal && error.code !== "not_found") throw error;
      }
    }
    try {
      return await api.call("send", { body });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "not_found" || conversation === null) throw error;
      return await api.call("send", { body: { ...body, conversation: null } }); // that conversation is gone; the words are not
    }
  }

  /** Fetches what is missing, page by page, until the numbers connect. */
  async function fill(): Promise<void> {
    if (filling) return;
    filling = true;
    try {
      for (;;) {
        const { conversation, messages } = store.state;
        if (conversation === null || !isBehind(messages, conversation)) break;
        const after = connectedTo(messages);
        const page = await api.call("messages", { params: { conversation: conversation.id }, query: { after, limit: 100 } });
        if (store.state.conversation?.id !== conversation.id) continue;
        talk.adopt(page.conversation, page.messages, { news: true });
        if (connectedTo(store.state.messages) <= after) break;
      }
    } catch {
      // The next news or the next connection asks again.
    }
    filling = false;
  }

  async function refresh(): Promise<boolean> {
    try {
      const state = await api.call("state", {});
      store.set({ person: state.visitor, team: state.team });
      talk.adopt(state.conversation, state.messages, { news: true, earlier: state.earlier });
      return true;
    } catch (error) {
      if (error instanceof Refusal) ports.refused(error);
      return false;
    }
  }

  const sayTyping = (text: string) => {
    const { config, conversation } = store.state;
    ports.live()?.say("typing", {
      conversation: conversation?.id ?? null,
      on: text !== "",
      ...(config?.behaviour.typingPreview === true && text !== "" ? { preview: text.slice(0, limits.typingPreview) } : {}),
    });
  };
  const hearTyping = (typing: { name: string | null } | null) => {
    clearTimeout(typingEnds);
    if (typing !== null) typingEnds = window.setTimeout(() => store.set({ typing: null }), typingMs.heard);
    if (typing !== store.state.typing) store.set({ typing });
  };

  const talk: Talk = {
    outbox,
    refresh,
    adopt(conversation, messages, { news, earlier }) {
      const state = store.state;
      const same = conversation !== null && conversation.id === state.conversation?.id;
      const before = same ? state.messages : [];
      const newest = before.at(-1)?.number ?? 0;
      const all = join(before, messages);
      store.set({
        conversation: same ? later(state.conversation, conversation) : conversation,
        messages: all,
        ...(conversation?.status === "open" ? { next: null } : {}),
        earlier: before.length > 0 ? state.earlier : (earlier ?? (all[0]?.number ?? 1) > 1),
      });
      for (const message of messages) {
        outbox.confirm(message.id);
        if (news && message.number > newest && (message.from === "team" || message.from === "bot")) {
          hearTyping(null);
          ports.heard(message);
        }
      }
      if (isBehind(all, store.state.conversation)) void fill();
      talk.mark();
    },
    adoptSent(sent) {
      store.set({ next: null, leaving: false });
      talk.adopt(sent.conversation, [sent.message], { news: false });
    },
    async showEarlier() {
      const { conversation, messages } = store.state;
      const [first] = messages;
      if (conversation === null || first === undefined) return;
      const page = await api.call("messages", { params: { conversation: conversation.id }, query: { before: first.id } });
      if (store.state.conversation?.id !== conversation.id) return;
      store.set({ messages: join(page.messages, store.state.messages), earlier: page.earlier });
    },
    mark() {
      const { conversation, messages } = store.state;
      if (conversation === null) return;
      const delivered = connectedTo(messages);
      const read = Math.max(conversation.visitorRead, ports.isSeen() ? delivered : 0);
      if (read > conversation.visitorRead) store.set({ conversation: { ...conversation, visitorRead: read, unread: 0 } });
      const live = ports.live();
      const now = `${conversation.id} ${delivered} ${read}`;
      if (now === told || live?.isUp() !== true) return;
      told = now;
      live.say("marks", { conversation: conversation.id, delivered, read });
    },
    typing(text) {
      const on = text.trim() === "" ? "" : text;
      if (typed !== null) {
        // An empty field is said at once, everything else once a second.
        const stopped = on === "" && typed.text !== "";
        typed.text = on;
        if (stopped) sayTyping("");
        return;
      }
      if (on === "") return;
      sayTyping(on);
      let said = on;
      typed = {
        text: on,
        timer: window.setInterval(() => {
          if (typed === null) return;
          if (typed.text === said || typed.text === "") {
            clearInterval(typed.timer);
            typed = null;
            return;
          }
          said = typed.text;
          sayTyping(said);
        }, typingMs.between),
      };
    },
    send(text) {
      const { conversation } = store.state;
      outbox.add(text, store.state.next === "fresh" ? null : (conversation?.id ?? null));
      talk.typing("");
    },
    hears: {
      ready(news) {
        told = "";
        const { conversation } = store.state;
        store.set({ person: news.visitor, team: news.team, typing: null });
        if (news.conversation?.id === conversation?.id) talk.adopt(news.conversation, news.messages, { news: true });
        else void refresh();
        void outbox.flush();
      },
      message({ conversation, message }) {
        const known = store.state.conversation;
        // The answer to our own first message is on its way and says all.
        if (message.id === posting) return;
        if (known?.id !== conversation) void refresh();
        else talk.adopt({ ...known, lastNumber: Math.max(known.lastNumber, message.number) }, [message], { news: true });
      },
      conversation(news) {
        const known = store.state.conversation;
        if (known?.id === news.id) talk.adopt(news, [], { news: true });
        else if (news.status === "open") void refresh();
      },
      typing({ conversation, on, name }) {
        if (conversation === store.state.conversation?.id) hearTyping(on ? { name } : null);
      },
    },
  };
  return talk;
}
