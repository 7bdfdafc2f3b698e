/** One HTTP call as bytes, without the typed client's help: for input that no client would send, and answers compared byte for byte. */
import type { Contract } from "../../shared/api/contract.ts";

export interface Input {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

export interface Knock extends Input {
  token?: string | undefined;
  language?: string;
  /** Instead of `body`: the bytes themselves, and what they claim to be. */
  raw?: { bytes: string | Uint8Array; type?: string };
}

export interface Answer {
  status: number;
  text: string;
  /** Headers that belong to the answer, not to the moment. */
  headers: Record<string, string>;
}

/** Different each time, and meant to be. */
const momentary = new Set(["date", "x-request-id", "connection", "keep-alive", "content-length"]);

export async function knock(url: string, { method, path }: Pick<Contract, "method" | "path">, call: Knock = {}): Promise<Answer> {
  const body = call.raw?.bytes ?? (call.body === undefined ? undefined : JSON.stringify(call.body));
  const answer = await fetch(url + addressOf(path, call), {
    method,
    redirect: "manual",
    headers: {
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
      ...(call.language === undefined ? {} : { "accept-language": call.language }),
      ...(body === undefined ? {} : { "content-type": call.raw?.type ?? "application/json" }),
    },
    ...(body === undefined ? {} : { body }),
  });
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !momentary.has(name)));
  return { status: answer.status, text: await answer.text(), headers };
}

/** Half a character has no UTF-8; a hostile caller sends the bytes all the same. */
function encoded(value: unknown): string {
  const text = String(value);
  return text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80";
}

function addressOf(path: string, { params = {}, query = {} }: Input): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encoded(params[name] ?? ""));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map((one) => `${encodeURIComponent(name)}=${encoded(one)}`),
  );
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

/** The answer without what names the request itself: two answers to the same situation are then the same text. */
export function withoutRequestId(text: string): string {
  return text.replaceAll(/"requestId":"[^"]*"/g, '"requestId":""');
}

export interface ProblemText {
  status: number;
  code: string;
  title: string;
  errors?: { at: string; code: string; message: string }[];
}

export function problemIn(answer: Answer): ProblemText | undefined {
  if (!answer.headers["content-type"]?.startsWith("application/problem+json")) return undefined;
  return JSON.parse(answer.text) as ProblemText; // the server's own document
}
