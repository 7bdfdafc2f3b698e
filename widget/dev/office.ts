/**
 * DEVELOPMENT ONLY. A tenant's side of the widget contract, in memory: enough to look at the widget without the product's server.
 * Nothing here is shipped, and no product test counts on it.
 */
import { randomUUID } from "node:crypto";
import type { VisitConfig, VisitConversation, VisitMessage, VisitPerson, VisitTeam } from "@switchboard/shared/api/visit-shapes.ts";

export interface Thread {
  conversation: VisitConversation;
  messages: VisitMessage[];
}
export interface Visitor {
  person: VisitPerson;
  token: string;
  threads: Thread[];
  blocked: boolean;
  attributes: Record<string, unknown>;
}

export const at = (): string => new Date().toISOString();

export class Office {
  config: VisitConfig;
  team: VisitTeam = { state: "online", position: null, waitSeconds: 60 };
  visitors: Visitor[] = [];
  /** Ids that were taken, so that a repeated one adds nothing. */
  taken = new Map<string, { thread: Thread; message: VisitMessage }>();

  constructor(config: VisitConfig) {
    this.config = config;
  }

  become(token: string | undefined): { visitor: Visitor; token: string | null } {
    const known = this.visitors.find((visitor) => visitor.token === token);
    if (known) return { visitor: known, token: null };
    const visitor: Visitor = {
      person: { id: randomUUID(), name: null, email: null, phone: null, verified: false },
      token: `${randomUUID()}${randomUUID()}`,
      threads: [],
      blocked: false,
      attributes: {},
    };
    this.visitors.push(visitor);
    return { visitor, token: visitor.token };
  }

  open(visitor: Visitor): Thread {
    const last = visitor.threads.at(-1);
    if (last?.conversation.status === "open") return last;
    const thread: Thread = {
      conversation: {
        id: randomUUID(),
        status: "open",
        startedAt: at(),
        lastNumber: 0,
        teamRead: 0,
        visitorRead: 0,
        unread: 0,
        answeredBy: null,
      },
      messages: [],
    };
    visitor.threads.push(thread);
    return thread;
  }

  write(thread: Thread, from: VisitMessage["from"], text: string, more: { id?: string; name?: string; at?: string } = {}): VisitMessage {
    const message: VisitMessage = {
      id: more.id ?? randomUUID(),
      number: thread.messages.length + 1,
      from,
      name: from === "team" ? (more.name ?? "Napat") : null,
      text,
      at: more.at ?? at(),
    };
    thread.messages.push(message);
    const { conversation } = thread;
    conversation.lastNumber = message.number;
    if (from === "team") {
      conversation.answeredBy ??= { name: message.name ?? "" };
      conversation.teamRead = message.number;
      conversation.unread += 1;
    }
    if (from === "visitor") conversation.visitorRead = message.number;
    return message;
  }

  take(visitor: Visitor, id: string, conversation: string | null, text: string) {
    const before = this.taken.get(id);
    if (before) return { ...before, repeated: true };
    const thread = visitor.threads.find((known) => known.conversation.id === conversation) ?? this.open(visitor);
    thread.conversation.status = "open";
    const message = this.write(thread, "visitor", text, { id });
    this.taken.set(id, { thread, message });
    return { thread, message, repeated: false };
  }
}

export function configOf(
  more: { key: string; name: string } & Partial<Omit<VisitConfig, "look" | "texts" | "behaviour">> & {
      look?: Partial<VisitConfig["look"]>;
      texts?: Partial<VisitConfig["texts"]>;
      behaviour?: Partial<VisitConfig["behaviour"]>;
    },
): VisitConfig {
  const { key, name, look, texts, behaviour, ...rest } = more;
  return {
    version: "1",
    tenant: { key, name },
    language: "en",
    serverTime: at(),
    look: {
      colour: "#0a6259",
      theme: "light",
      logoUrl: null,
      position: "right",
      offsetSide: 24,
      offsetBottom: 24,
      launcherIcon: "chat",
      launcherLabel: "",
      productName: true,
      ...look,
    },
    texts: { title: "", firstLine: "", greeting: "", away: "", consent: "", ...texts },
    behaviour: { preChat: false, offlineForm: true, queuePosition: true, typingPreview: false, identityRequired: false, ...behaviour },
    preChatFields: [],
    offlineFields: [],
    hours: { state: "open", changesAt: null, zone: "Asia/Bangkok" },
    ...rest,
  };
}
