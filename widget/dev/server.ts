/**
 * DEVELOPMENT ONLY. Serves the built widget on one origin and the sample shop on another, as a customer's site would stand, and
 * answers the widget contract from memory. Requests are parsed by the real contracts, so that the widget cannot drift from them.
 */
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { ProblemCode } from "@switchboard/shared/api/problems.ts";
// oxlint-disable-next-line no-restricted-imports -- the development server is no part of the widget's bundle
import { visitApi } from "@switchboard/shared/api/visit.ts";
// oxlint-disable-next-line no-restricted-imports -- as above
import { visitSays } from "@switchboard/shared/api/sockets.ts";
import { at, type Office, type Thread, type Visitor } from "./office.ts";

/** As much of the server's Socket.IO as is used here; it belongs to the server's workspace, the widget ships only its client. */
interface Socket {
  handshake: { auth: Record<string, unknown> };
  data: unknown;
  conn: { close(): void };
  on(event: string, run: (payload: unknown, acknowledge: (answer: unknown) => void) => void): void;
  emit(event: string, payload: unknown): void;
}
interface Space {
  use(check: (socket: Socket, next: (error?: Error) => void) => void): void;
  on(event: "connection", run: (socket: Socket) => void): void;
}
const { Server: SocketServer } = createRequire(new URL("../../server/package.json", import.meta.url))("socket.io") as {
  Server: new (http: Server, options: object) => { of(name: string): Space; close(): Promise<void> };
};

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const kinds: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

export const chatPolicy = (ancestors: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${ancestors}; require-trusted-types-for 'script'; trusted-types 'none'`;

export interface DevServer {
  origin: string;
  shop: string;
  /** Requests that came, as method and path. */
  seen: string[];
  /** Refuses everything, as if the network were gone. */
  down(on: boolean): void;
  /** Answers the next messages with this problem. */
  refuseNext: { code: ProblemCode; seconds: number }[];
  /** Takes messages but loses the answers. */
  loseAnswers: number;
  tell(visitor: Visitor, event: string, payload: unknown): void;
  say(office: Office, visitor: Visitor, text: string, name?: string): Promise<void>;
  close(): Promise<void>;
}

class Problem extends Error {
  code: ProblemCode;
  seconds: number;
  errors: unknown;
  constructor(code: ProblemCode, seconds = 0, errors?: unknown) {
    super(code);
    [this.code, this.seconds, this.errors] = [code, seconds, errors];
  }
}

export async function createDevServer(offices: Office[], ports: { chat: number; shop: number } = { chat: 0, shop: 0 }): Promise<DevServer> {
  let isDown = false;
  const open = new Set<Socket>();
  const officeOf = (key: unknown) => {
    const office = offices.find((known) => known.config.tenant.key === key);
    if (!office) throw new Problem("not_found");
    return office;
  };
  const byToken = (token: string): [Office, Visitor] => {
    for (const office of offices) for (const visitor of office.visitors) if (visitor.token === token) return [office, visitor];
    throw new Problem("unauthenticated");
  };
  const stateOf = (office: Office, visitor: Visitor) => {
    const thread = visitor.threads.at(-1);
    return {
      visitor: visitor.person,
      conversation: thread?.conversation ?? null,
      messages: thread?.messages.slice(-30) ?? [],
      earlier: (thread?.messages.length ?? 0) > 30,
      team: office.team,
    };
  };
  const takeMessage = (office: Office, visitor: Visitor, body: { id: string; conversation: string | null; text: string }) => {
    const refusal = server.refuseNext.shift();
    if (refusal) throw new Problem(refusal.code, refusal.seconds);
    const { thread, message, repeated } = office.take(visitor, body.id, body.conversation, body.text);
    if (server.loseAnswers > 0) {
      server.loseAnswers -= 1;
      return null;
    }
    if (!repeated) server.tell(visitor, "message", { conversation: thread.conversation.id, message });
    return { id: message.id, conversation: thread.conversation, message, repeated };
  };

  const actions: Record<string, (body: never, query: URLSearchParams, visitor: [Office, Visitor] | null, path: string) => unknown> = {
    config: (_, query) => {
      const office = officeOf(query.get("tenant"));
      const asked = query.get("language");
      return { ...office.config, language: asked === "th" || asked === "ja" || asked === "en" ? asked : office.config.language };
    },
    start(body: { tenant: string; token?: string; identity?: string }) {
      const office = officeOf(body.tenant);
      if (office.config.behaviour.identityRequired && body.identity === undefined) throw new Problem("identity_required");
      const { visitor, token } = office.become(body.token);
      if (visitor.blocked) throw new Problem("visitor_blocked");
      if (body.identity !== undefined) visitor.person = { ...visitor.person, verified: true };
      return { ...stateOf(office, visitor), token };
    },
    state: (_, _query, me) => (me ? stateOf(...me) : null),
    attributes(body: { attributes: Record<string, unknown> }, _query, me) {
      Object.assign(me?.[1].attributes ?? {}, body.attributes);
      return me?.[1].person;
    },
    messages(_, query, me, path) {
      const thread = me?.[1].threads.find(({ conversation }) => path.includes(conversation.id));
      if (!thread) throw new Problem("not_found");
      const after = query.get("after");
      const index = thread.messages.findIndex(({ id }) => id === query.get("before"));
      const messages =
        after === null
          ? thread.messages.slice(Math.max(0, index - 30), index)
          : thread.messages.filter(({ number }) => number > Number(after)).slice(0, 100);
      return { messages, earlier: after === null && index > 30, later: false, conversation: thread.conversation };
    },
    begin(body: { answers: Record<string, string> }, _query, me) {
      if (!me) throw new Problem("unauthenticated");
      const [office, visitor] = me;
      const { name = null, email = null, phone = null } = body.answers;
      visitor.person = { ...visitor.person, name, email, phone };
      return office.open(visitor).conversation;
    },
    send: (body: { id: string; conversation: string | null; text: string }, _query, me) => (me ? takeMessage(...me, body) : null),
    leaveMessage(body: { id: string; text: string }, _query, me) {
      return me ? takeMessage(...me, { id: body.id, conversation: null, text: body.text }) : null;
    },
    end(_, _query, me) {
      if (me) me[0].visitors.splice(me[0].visitors.indexOf(me[1]), 1);
      return undefined;
    },
  };

  async function answerApi(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", "authorization,content-type");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const entry = Object.entries(visitApi).find(
      ([, contract]) =>
        contract.method === request.method && new RegExp(`^${contract.path.replace(/:\w+/gu, "[^/]+")}$`, "u").test(url.pathname),
    );
    try {
      if (!entry) throw new Problem("not_found");
      const [name, contract] = entry;
      const raw: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
      const body = contract.body.safeParse(raw);
      if (!body.success)
        throw new Problem(
          "invalid_input",
          0,
          body.error.issues.map((issue) => ({ at: ["body", ...issue.path].join("."), code: issue.code, message: issue.message })),
        );
      const token = /^Bearer (.+)$/u.exec(request.headers.authorization ?? "")?.[1];
      const output = actions[name]?.(
        body.data as never,
        url.searchParams,
        contract.access.who === "visitor" ? byToken(token ?? "") : null,
        url.pathname,
      );
      if (output === null) return void request.socket.destroy();
      if (contract.status === 204) return void response.writeHead(204).end();
      response.writeHead(contract.status, { "content-type": "application/json" }).end(JSON.stringify(contract.output.parse(output)));
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("internal");
      if (!(error instanceof Problem)) process.stderr.write(`${String(error)}\n`);
      const status =
        problem.code === "invalid_input"
          ? 400
          : problem.code === "rate_limited"
            ? 429
            : problem.code === "not_found"
              ? 404
              : problem.code === "unauthenticated"
                ? 401
                : 403;
      response.writeHead(status, {
        "content-type": "application/problem+json",
        ...(problem.seconds > 0 ? { "retry-after": String(problem.seconds) } : {}),
      });
      response.end(
        JSON.stringify({
          type: "",
          title: problem.code,
          status,
          code: problem.code,
          ...(problem.errors ? { errors: problem.errors } : {}),
        }),
      );
    }
  }

  async function answerFile(response: ServerResponse, path: string, headers: Record<string, string>, tenant?: string): Promise<void> {
    try {
      const content = await readFile(join(dist, path));
      const body =
        tenant === undefined
          ? content
          : content.toString().replace('"/widget.js" data-tenant="demo"', `"${server.origin}/widget.js" data-tenant="${tenant}"`);
      response.writeHead(200, { "content-type": `${kinds[extname(path)] ?? "text/plain"}; charset=utf-8`, ...headers }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  }

  const chat = createServer((request, response) => {
    if (isDown) return void request.socket.destroy();
    const url = new URL(request.url ?? "/", "http://localhost");
    server.seen.push(`${request.method} ${url.pathname}`);
    if (url.pathname.startsWith("/api/")) return void answerApi(request, response, url);
    const path = url.pathname === "/chat/" ? "chat/index.html" : url.pathname.slice(1);
    void answerFile(response, path, {
      "access-control-allow-origin": "*",
      ...(path === "chat/index.html"
        ? { "content-security-policy": chatPolicy(`${server.shop} ${server.shop.replace("127.0.0.1", "localhost")}`) }
        : {}),
    });
  });
  chat.prependListener("upgrade", (_, socket) => isDown && socket.destroy());
  const shop = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const path = url.pathname.endsWith("/") ? "index.html" : url.pathname.slice(1);
    void answerFile(response, `demo/${path}`, {}, path.endsWith(".html") ? (url.searchParams.get("tenant") ?? "shop") : undefined);
  });

  const io = new SocketServer(chat, { serveClient: false, perMessageDeflate: false });
  io.of("/visit").use((socket, next) => {
    try {
      const [, visitor] = byToken(String(socket.handshake.auth["token"]));
      if (visitor.blocked) throw new Problem("visitor_blocked");
      next();
    } catch (error) {
      next(
        Object.assign(new Error("refused"), {
          data: { code: error instanceof Problem ? error.code : "internal", title: "refused", status: 403, type: "" },
        }),
      );
    }
  });
  io.of("/visit").on("connection", (socket) => {
    const [office, visitor] = byToken(String(socket.handshake.auth["token"]));
    open.add(socket);
    socket.data = { visitor };
    socket.on("disconnect", () => open.delete(socket));
    const { conversation, after } = socket.handshake.auth as { conversation?: string; after?: number };
    const state = stateOf(office, visitor);
    const news = state.conversation?.id === conversation ? state.messages.filter(({ number }) => number > (after ?? 0)) : state.messages;
    socket.emit("ready", {
      visitor: state.visitor,
      conversation: state.conversation,
      messages: news,
      later: false,
      team: state.team,
      serverTime: at(),
    });
    socket.on("send", (payload, acknowledge) => {
      try {
        const value = takeMessage(office, visitor, visitSays.send.payload.parse(payload));
        if (value !== null) acknowledge({ value });
      } catch (error) {
        const problem = error instanceof Problem ? error : new Problem("invalid_input");
        acknowledge({
          problem: { type: "", title: problem.code, status: 400, code: problem.code, data: { retryAfterSeconds: problem.seconds } },
        });
      }
    });
    socket.on("marks", (payload) => {
      const { conversation: id, read } = visitSays.marks.payload.parse(payload);
      const thread = visitor.threads.find((known) => known.conversation.id === id);
      if (thread && read !== undefined && read > thread.conversation.visitorRead) {
        Object.assign(thread.conversation, { visitorRead: read, unread: 0 });
        server.tell(visitor, "conversation", thread.conversation);
      }
    });
    socket.on("typing", (payload) => void visitSays.typing.payload.parse(payload));
    socket.on("page", (payload) => void visitSays.page.payload.parse(payload));
    socket.on("active", (payload) => void visitSays.active.payload.parse(payload));
  });

  const listen = (target: Server, port: number) =>
    new Promise<string>((resolve) =>
      target.listen(port, "127.0.0.1", () => resolve(`http://127.0.0.1:${(target.address() as AddressInfo).port}`)),
    );
  const server: DevServer = {
    origin: "",
    shop: "",
    seen: [],
    refuseNext: [],
    loseAnswers: 0,
    down(on) {
      isDown = on;
      if (on) for (const socket of open) socket.conn.close();
    },
    tell(visitor, event, payload) {
      for (const socket of open) if ((socket.data as { visitor: Visitor }).visitor === visitor) socket.emit(event, payload);
    },
    async say(office, visitor, text, name) {
      const thread: Thread = office.open(visitor);
      const message = office.write(thread, "team", text, name === undefined ? {} : { name });
      server.tell(visitor, "message", { conversation: thread.conversation.id, message });
      server.tell(visitor, "conversation", thread.conversation);
    },
    async close() {
      await io.close();
      chat.closeAllConnections();
      shop.closeAllConnections();
      await new Promise((done) => shop.close(done));
    },
  };
  server.origin = await listen(chat, ports.chat);
  server.shop = await listen(shop, ports.shop);
  return server;
}
