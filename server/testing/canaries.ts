/**
 * The watch over a whole world: what it answers, sends to sockets, mails and logs, while whatever test is running. A word of one tenant
 * in anything that goes to another is a leak, and so is a person's data or a key in a log line. A world with a leak fails when it stops.
 * Covers nothing by itself: it rides along with every test that has a world.
 */
import diagnostics from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Feature } from "../core/feature.ts";
import type { Seat } from "../core/realtime/seats.ts";
import type { ReceivedMail } from "./mailbox.ts";

export interface Canaries {
  /** From now on this word may be read in this tenant alone. */
  plant(tenantId: string, word: string): void;
  /** The same features, whose doors tell who came in. */
  watched(features: readonly Feature[]): readonly Feature[];
  /** Looks at what this server answers from now on. */
  watch(url: string): void;
  log(line: string): void;
  mail(mail: ReceivedMail): void;
  /** What went where it must not, in words. */
  readonly leaks: readonly string[];
  stop(): void;
}

/** What no log line may hold: addresses and passwords of the people that tests make, and anything that opens a door. */
const neverLogged: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["an e-mail address of a person", /[\w.+-]+@people\.example/],
  ["a password", /seven green umbrellas/],
  ["a token of a visitor", /v1\.[0-9a-f]{32}\.[0-9a-f]{32}\.[\w-]{20}/],
  ["an access token", /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./],
  ["a widget secret", /\bsw_[\w-]{20}/],
];

const mostTold = 20;

export function createCanaries(): Canaries {
  const words = new Map<string, string>();
  const leaks: string[] = [];
  const ports = new Set<number>();
  const leak = (text: string) => {
    if (leaks.length < mostTold) leaks.push(text);
  };
  const foreignIn = (text: string, tenantId: string | undefined) =>
    [...words].flatMap(([word, owner]) => (owner !== tenantId && text.includes(word) ? [word] : []));

  /** Without a tenant nobody's word is foreign, but those of two tenants never stand together. */
  function look(where: string, text: string, tenantId: string | undefined): void {
    if (words.size === 0) return;
    if (tenantId !== undefined) {
      for (const word of foreignIn(text, tenantId)) leak(`${where}: "${word}" of another tenant`);
      return;
    }
    const owners = new Set([...words].flatMap(([word, owner]) => (text.includes(word) ? [owner] : [])));
    if (owners.size > 1) leak(`${where}: words of ${owners.size} tenants`);
  }

  const onRequest = (message: unknown) => {
    const { request, response, server } = message as { request: IncomingMessage; response: ServerResponse; server: Server }; // Node's own
    if (!ports.has((server.address() as AddressInfo | null)?.port ?? 0)) return;
    const { method, url = "" } = request;
    response.once("finish", () => {
      const wrong = url.startsWith("/api/") ? unsafe(response) : [];
      if (wrong.length > 0) leak(`${method} ${url}: ${wrong.join(", ")}`);
    });
    const reader = readerOf(request.headers.authorization);
    if (reader === "platform") return;
    listenTo(response, (text) => look(`${method} ${url}`, text, reader));
  };
  diagnostics.subscribe("http.server.request.start", onRequest);

  return {
    leaks,
    plant: (tenantId, word) => void words.set(word, tenantId),
    watched: (features) =>
      features.map((feature) => ({
        ...feature,
        sockets: feature.sockets.map((socket) => {
          if (socket.part !== "door") return socket;
          return {
            ...socket,
            entered: (core, seat: Seat) => {
              seat.socket.conn.on("packetCreate", ({ data }: { data?: unknown }) => {
                if (typeof data === "string") look(`a frame of ${seat.namespace}`, data, seat.tenantId);
              });
              socket.entered?.(core, seat);
            },
          };
        }),
      })),
    watch: (url) => void ports.add(Number(new URL(url).port)),
    log(line) {
      for (const [what, pattern] of neverLogged) if (pattern.test(line)) leak(`the log holds ${what}: ${line.slice(0, 300)}`);
      for (const [word] of words) if (line.includes(word)) leak(`the log holds "${word}": ${line.slice(0, 300)}`);
    },
    mail: ({ to, subject, text, html }) => look(`mail to ${to}`, `${subject}\n${text}\n${html}`, undefined),
    stop: () => void diagnostics.unsubscribe("http.server.request.start", onRequest),
  };
}

/** Whose answer it is: the tenant of the token, the whole platform, or nobody's in particular. */
function readerOf(authorization = ""): string | undefined {
  const [, token = ""] = authorization.split(" ");
  const visitor = /^v1\.([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\./.exec(token);
  if (visitor) return visitor.slice(1).join("-");
  try {
    const { tid, aud } = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as { tid?: string; aud?: string };
    return aud === "switchboard:platform" ? "platform" : tid;
  } catch {
    return undefined;
  }
}

/** What is wrong with the headers of an answer of the API (SECURITY B-05, B-03). */
function unsafe(response: ServerResponse): string[] {
  return [
    ...(response.getHeader("cache-control") === "no-store" ? [] : ["may be stored"]),
    ...(response.getHeader("x-content-type-options") === "nosniff" ? [] : ["may be sniffed"]),
    ...(response.hasHeader("set-cookie") ? ["sets a cookie"] : []),
    ...(response.hasHeader("access-control-allow-credentials") ? ["is open to foreign pages with cookies"] : []),
  ];
}

function listenTo(response: ServerResponse, heard: (text: string) => void): void {
  const parts: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk as string));
  };
  const { write, end } = response;
  response.write = ((...given: Parameters<typeof write>) => {
    keep(given[0]);
    return write.apply(response, given);
  }) as typeof write;
  response.end = ((...given: unknown[]) => {
    keep(given[0]);
    heard(Buffer.concat(parts).toString("utf8"));
    return Reflect.apply(end, response, given) as ServerResponse;
  }) as typeof end;
}
