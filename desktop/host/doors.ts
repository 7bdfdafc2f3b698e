/**
 * Who may come in. The page and its socket live under a path that nobody can guess, behind a cookie that only this path gets, and only
 * for requests that name this host as their host and as their origin: a foreign page, a foreign name that points here (DNS rebinding)
 * and a second person on this computer all stay outside.
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

export const secret = () => randomBytes(32).toString("base64url");

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export interface Doors {
  /** A token for one opening of the console. */
  token(): string;
  /** The way in for a token; it works once. */
  enter(token: string): { path: string; cookie: string } | null;
  /** Whether the host is named as itself. */
  isOurHost(headers: IncomingHttpHeaders): boolean;
  /** What a request asks for inside, or null when it may not ask at all. */
  inside(url: string, headers: IncomingHttpHeaders): string | null;
  /** The same for the socket, which a browser lets any page open: the origin must be ours, and must be there. */
  insideSocket(url: string, headers: IncomingHttpHeaders): string | null;
}

/** Tokens that nobody used are forgotten, the oldest first. */
const mostTokens = 20;
const cookieName = "console";

export function createDoors(room: string, port: () => number): Doors {
  const key = secret();
  const tokens: string[] = [];

  const hosts = () => [`127.0.0.1:${port()}`, `localhost:${port()}`];
  const isOurHost = ({ host }: IncomingHttpHeaders) => host !== undefined && hosts().includes(host);
  const cookieOf = ({ cookie = "" }: IncomingHttpHeaders) =>
    cookie
      .split(";")
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(`${cookieName}=`))
      .map((pair) => pair.slice(cookieName.length + 1));
  /** The path behind the room, if the request is for it and has the key. */
  function behind(url: string, headers: IncomingHttpHeaders): string | null {
    if (!isOurHost(headers)) return null;
    const [path = ""] = url.split("?");
    const [, first = "", ...rest] = path.split("/");
    if (!same(first, room) || !cookieOf(headers).some((one) => same(one, key))) return null;
    return rest.join("/");
  }
  const isOurOrigin = (origin: string | undefined, headers: IncomingHttpHeaders) => origin === `http://${headers.host ?? ""}`;

  return {
    token() {
      const token = secret();
      tokens.push(token);
      if (tokens.length > mostTokens) tokens.shift();
      return token;
    },
    enter(token) {
      const at = tokens.findIndex((one) => same(one, token));
      if (at < 0) return null;
      tokens.splice(at, 1);
      return { path: `/${room}/`, cookie: `${cookieName}=${key}; Path=/${room}/; HttpOnly; SameSite=Strict` };
    },
    isOurHost,
    inside(url, headers) {
      // A page of ours, or somebody who typed the address; never another site's page.
      const { origin } = headers;
      const site = headers["sec-fetch-site"];
      if (origin !== undefined && !isOurOrigin(origin, headers)) return null;
      if (site !== undefined && site !== "same-origin" && site !== "none") return null;
      return behind(url, headers);
    },
    insideSocket: (url, headers) => (isOurOrigin(headers.origin, headers) ? behind(url, headers) : null),
  };
}
