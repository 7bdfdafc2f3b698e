/** Visitors and sockets for tests and measurements: real calls, real sockets, with an ear that keeps what was heard. */
import { io, type Socket } from "socket.io-client";
import { createClient, type Client } from "../../shared/client/client.ts";
import { visitApi, type VisitState } from "../../shared/api/visit.ts";
import type { Ack, DeskHears, DeskSays, VisitHears, VisitSays } from "../../shared/api/sockets.ts";
import type { ProblemDocument } from "../../shared/api/problems.ts";
import { newId } from "../core/ids.ts";

export interface MadeVisitor {
  token: string;
  id: string;
  api: Client;
  state: VisitState;
}

/** Where the tests' tenants are at home: `makeTenant` lists the site it was given. */
export const pageOn = (site: string) => ({ url: `https://${site}/shoes`, title: "Shoes" });

export async function makeVisitor(
  url: string,
  tenant: { slug: string; site: string },
  more: Record<string, unknown> = {},
): Promise<MadeVisitor> {
  const anonymous = createClient({ baseUrl: url, fetch });
  const { token, ...state } = await anonymous.call(visitApi.start, { body: { tenant: tenant.slug, page: pageOn(tenant.site), ...more } });
  if (token === null) throw new Error("A new visitor gets a token.");
  return { token, id: state.visitor.id, api: createClient({ baseUrl: url, fetch, token: () => token }), state };
}

type Heard<H> = { [E in keyof H]: { event: E; payload: H[E] } }[keyof H];

export interface Ear<S, H> {
  socket: Socket;
  heard: Heard<H>[];
  /** All payloads of one event so far. */
  all<E extends keyof H>(event: E): H[E][];
  /** The first payload of the event, past or future, that fits. */
  next<E extends keyof H>(event: E, fits?: (payload: H[E]) => boolean): Promise<H[E]>;
  say<E extends keyof S & string>(event: E, payload: S[E]): void;
  ask<T>(event: keyof S & string, payload: unknown): Promise<Ack<T>>;
  close(): void;
  closed: Promise<string>;
}

const patienceMs = 8_000;

function listen<S, H>(url: string, namespace: string, auth: Record<string, unknown>, headers: Record<string, string>): Promise<Ear<S, H>> {
  const socket = io(`${url}${namespace}`, { transports: ["websocket"], forceNew: true, reconnection: false, auth, extraHeaders: headers });
  const heard: Heard<H>[] = [];
  const waiting = new Set<() => void>();
  socket.onAny((event: keyof H, payload: H[keyof H]) => {
    heard.push({ event, payload });
    for (const look of waiting) look();
  });
  const closed = new Promise<string>((resolve) => socket.on("disconnect", (reason) => resolve(reason)));
  const ear: Ear<S, H> = {
    socket,
    heard,
    closed,
    all: (event) => heard.flatMap((one) => (one.event === event ? [one.payload as H[typeof event]] : [])),
    next: (event, fits = () => true) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = ear.all(event).find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          clearTimeout(patience);
          resolve(found);
        };
        const patience = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`Never heard ${String(event)}; heard ${heard.map((one) => String(one.event)).join(", ") || "nothing"}.`));
        }, patienceMs);
        waiting.add(look);
        look();
      }),
    say: (event, payload) => void socket.emit(event, payload),
    ask: (event, payload) => socket.timeout(patienceMs).emitWithAck(event, payload),
    close: () => void socket.disconnect(),
  };
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(ear));
    socket.once("connect_error", (error: Error & { data?: ProblemDocument }) => {
      socket.disconnect();
      reject(Object.assign(new Error(error.data?.code ?? error.message), { code: error.data?.code }));
    });
  });
}

export type VisitEar = Ear<VisitSays, VisitHears>;
export type DeskEar = Ear<DeskSays, DeskHears>;

export function listenAsVisitor(
  url: string,
  auth: { token: string; conversation?: string | null; after?: number | null },
  headers: Record<string, string> = {},
): Promise<VisitEar> {
  return listen(url, "/visit", auth, headers);
}

export function listenAsMember(
  url: string,
  auth: { token: string; device?: string; cursor?: number },
  headers: Record<string, string> = {},
): Promise<DeskEar> {
  return listen(url, "/desk", auth, headers);
}

export function valueOf<T>(ack: Ack<T>): T {
  if ("problem" in ack) throw new Error(`${ack.problem.code}: ${JSON.stringify(ack.problem)}`);
  return ack.value;
}

export const codeOf = (ack: Ack<unknown>): string | null => ("problem" in ack ? ack.problem.code : null);

/** A message that a visitor sends over the socket. */
export const word = (text: string, conversation: string | null = null, id = newId()) => ({ id, conversation, text });
