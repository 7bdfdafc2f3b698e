/** Canned replies as a file: JSON as it is, or CSV as a spreadsheet writes it. What cannot be read is told by its line, nothing is guessed. */
import { isLanguage, type Language } from "@switchboard/shared/i18n/languages.ts";
import { shortcutPattern } from "@switchboard/shared/model/canned.ts";
import { isTooLong } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";

export interface FileReply {
  readonly title: string;
  readonly text: string;
  readonly shortcut: string | null;
  readonly folder: string | null;
  readonly language: Language | null;
}

export type FileProblem = "not_readable" | "nothing" | "over_most" | "title" | "text" | "shortcut" | "language";
export type ReadReplies =
  | { readonly ok: true; readonly items: readonly FileReply[] }
  | { readonly ok: false; readonly problem: FileProblem; readonly line: number };

export const mostReplies = 500;
const columns = ["title", "text", "shortcut", "folder", "language"] as const;

export function writeRepliesJson(replies: readonly FileReply[]): string {
  return JSON.stringify(replies.map(pick), undefined, 2);
}

export function writeRepliesCsv(replies: readonly FileReply[]): string {
  const rows = replies.map((reply) => columns.map((column) => cell(reply[column] ?? "")).join(","));
  return `${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}

const pick = ({ title, text, shortcut, folder, language }: FileReply): FileReply => ({ title, text, shortcut, folder, language });

/** A spreadsheet runs what begins like a formula: a quote before it keeps it text, and reading takes it away again. */
const formula = /^[=+\-@\t\r]/u;
function cell(value: string): string {
  const safe = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function readReplies(text: string): ReadReplies {
  const content = text.replace(/^\uFEFF/u, "").trim();
  if (content === "") return { ok: false, problem: "nothing", line: 0 };
  const rows = content.startsWith("[") ? fromJson(content) : fromCsv(content);
  if (rows === undefined) return { ok: false, problem: "not_readable", line: 0 };
  if (rows.length === 0) return { ok: false, problem: "nothing", line: 0 };
  if (rows.length > mostReplies) return { ok: false, problem: "over_most", line: rows.length };
  const items: FileReply[] = [];
  for (const [index, row] of rows.entries()) {
    const read = readOne(row);
    if (typeof read === "string") return { ok: false, problem: read, line: index + 1 };
    items.push(read);
  }
  return { ok: true, items };
}

type Row = Readonly<Record<string, unknown>>;

function fromJson(content: string): readonly Row[] | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) && value.every((row) => typeof row === "object" && row !== null) ? (value as readonly Row[]) : undefined;
  } catch {
    return undefined;
  }
}

function fromCsv(content: string): readonly Row[] | undefined {
  const [head, ...lines] = parseCsv(content);
  const names = head?.map((name) => name.trim().toLowerCase());
  if (names === undefined || !names.includes("title") || !names.includes("text")) return undefined;
  return lines
    .filter((line) => line.some((value) => value.trim() !== ""))
    .map((line) => Object.fromEntries(names.map((name, index) => [name, (line[index] ?? "").replace(/^'(?=[=+\-@\t\r])/u, "")])));
}

/** RFC 4180, with `;` as spreadsheets of many countries write it. */
export function parseCsv(content: string): string[][] {
  const separator = (content.split(/\r?\n/u, 1)[0] ?? "").includes(";") && !(content.split(/\r?\n/u, 1)[0] ?? "").includes(",") ? ";" : ",";
  const rows: string[][] = [];
  let row: string[] = [];
  let value = "";
  let quoted = false;
  const endCell = () => {
    row.push(value);
    value = "";
  };
  const endRow = () => {
    endCell();
    rows.push(row);
    row = [];
  };
  for (let at = 0; at < content.length; at += 1) {
    const char = content.charAt(at);
    if (quoted) {
      if (char !== '"') value += char;
      else if (content.charAt(at + 1) === '"') {
        value += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && value === "") quoted = true;
    else if (char === separator) endCell();
    else if (char === "\n") endRow();
    else if (char !== "\r") value += char;
  }
  endRow();
  return rows;
}

function readOne(row: Row): FileReply | FileProblem {
  const word = (key: string) => (typeof row[key] === "string" ? row[key].trim() : "");
  const [title, text, shortcut, folder, language] = columns.map(word);
  if (!title || isTooLong(title, limits.replyTitle)) return "title";
  if (!text || isTooLong(text, limits.replyText)) return "text";
  if (shortcut && !shortcutPattern.test(shortcut)) return "shortcut";
  if (language && !isLanguage(language)) return "language";
  return {
    title,
    text,
    shortcut: shortcut || null,
    folder: folder ? folder.slice(0, limits.replyFolder) : null,
    language: language && isLanguage(language) ? language : null,
  };
}
