/**
 * Which web pages may load a tenant's widget. An entry is `shop.example`, `*.shop.example` or either with a port or with `http://`.
 *
 * - Exact: `shop.example` is that host alone, not `www.shop.example`.
 * - A wildcard stands for one or more whole labels in front, never for the name itself and never for a part of a label.
 * - Without a scheme an entry means https. Only the own machine (`localhost`, `127.0.0.1`) may use both, for trying things out.
 * - Without a port it means the scheme's own port.
 *
 * These are the rules of CSP `frame-ancestors`, so that the header and the check of `Origin` never disagree. It keeps a page from
 * embedding the widget; a program that is not a browser can send any origin it likes.
 */
import { limits } from "./limits.ts";
import { parseWebAddress } from "./web-address.ts";

export interface AllowedDomain {
  schemes: readonly ("https" | "http")[];
  /** ASCII, lower case, without the wildcard. */
  host: string;
  wildcard: boolean;
  /** Empty for the scheme's own port. */
  port: string;
}

export const domainProblems = ["empty", "too_long", "not_a_domain", "wildcard", "scheme"] as const;
export type DomainProblem = (typeof domainProblems)[number];

export type ParsedDomain = { ok: true; domain: AllowedDomain } | { ok: false; problem: DomainProblem };

const refuse = (problem: DomainProblem): ParsedDomain => ({ ok: false, problem });

/** Reads what a person typed or pasted; a path behind the host is dropped. */
export function parseDomain(input: string): ParsedDomain {
  const text = input.trim();
  if (text === "") return refuse("empty");
  if (text.length > limits.domain + 32) return refuse("too_long");
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/isu.exec(text) ?? [];
  const written = scheme?.toLowerCase();
  if (written !== undefined && written !== "https" && written !== "http") return refuse("scheme");
  const authority = rest.replace(/[/?#].*$/su, "");
  const wildcard = authority.startsWith("*.");
  const named = wildcard ? authority.slice(2) : authority;
  if (named.includes("*")) return refuse("wildcard");
  if (/[\s\\@%\p{Cc}\p{Cf}]/u.test(named)) return refuse("not_a_domain");
  const address = parseWebAddress(`${written ?? "https"}://${named}/`);
  if (!address || address.hasUser) return refuse("not_a_domain");
  if (address.host.length > limits.domain) return refuse("too_long");
  // `*.com` would be everybody; an address made of numbers has no labels in front.
  if (wildcard && (!address.host.includes(".") || isNumeric(address.host))) return refuse("wildcard");
  if (!isHost(address.host)) return refuse("not_a_domain");
  const schemes = written === undefined && isOwnMachine(address.host) ? (["https", "http"] as const) : ([written ?? "https"] as const);
  return { ok: true, domain: { schemes, host: address.host, wildcard, port: address.port } };
}

/** How an entry is stored and shown; parsing it again gives the same. */
export function formatDomain(domain: AllowedDomain): string {
  const plain = domain.schemes.includes("https");
  const own = isOwnMachine(domain.host);
  const scheme = plain ? (own && domain.schemes.length === 1 ? "https://" : "") : "http://";
  return `${scheme}${domain.wildcard ? "*." : ""}${domain.host}${domain.port === "" ? "" : `:${domain.port}`}`;
}

/** Keep the check while the settings stay the same; entries that cannot be read allow nothing. */
export function createOriginCheck(entries: readonly string[]): (origin: string | null | undefined) => boolean {
  const domains = entries.flatMap((entry) => {
    const parsed = parseDomain(entry);
    return parsed.ok ? [parsed.domain] : [];
  });
  return (origin) => {
    const page = readOrigin(origin);
    return page !== null && domains.some((domain) => covers(domain, page));
  };
}

/** Sources for `Content-Security-Policy: frame-ancestors`. An empty list must become `'none'`. */
export function frameAncestors(entries: readonly string[]): string[] {
  return entries.flatMap((entry) => {
    const parsed = parseDomain(entry);
    if (!parsed.ok) return [];
    const { schemes, host, wildcard, port } = parsed.domain;
    return schemes.map((scheme) => `${scheme}://${wildcard ? "*." : ""}${host}${port === "" ? "" : `:${port}`}`);
  });
}

/** The origin in a `Referer`, for the requests that carry no `Origin`. */
export function originOf(address: string): string | null {
  const parsed = parseWebAddress(address);
  if (!parsed || (parsed.scheme !== "https" && parsed.scheme !== "http") || parsed.host === "") return null;
  return `${parsed.scheme}://${parsed.host}${parsed.port === "" ? "" : `:${parsed.port}`}`;
}

interface Origin {
  scheme: string;
  host: string;
  port: string;
}

/** Strict: scheme, host and port and nothing else. `null`, files and extensions have no origin that a tenant could list. */
function readOrigin(origin: string | null | undefined): Origin | null {
  if (!origin || origin.length > limits.url || !/^https?:\/\/[^\s/\\?#@%\p{Cc}\p{Cf}]+$/iu.test(origin)) return null;
  const address = parseWebAddress(origin);
  if (!address || address.path !== "/") return null;
  return { scheme: address.scheme, host: address.host, port: address.port };
}

function covers(domain: AllowedDomain, page: Origin): boolean {
  if (!domain.schemes.some((scheme) => scheme === page.scheme) || domain.port !== page.port) return false;
  if (!domain.wildcard) return page.host === domain.host;
  return page.host.endsWith(`.${domain.host}`) && page.host.length > domain.host.length + 1;
}

function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

function isNumeric(host: string): boolean {
  return host.startsWith("[") || /^\d+(\.\d+){3}$/u.test(host);
}

function isHost(host: string): boolean {
  if (isOwnMachine(host) || isNumeric(host)) return true;
  const labels = host.split(".");
  return labels.length > 1 && labels.every((label) => /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/u.test(label));
}
