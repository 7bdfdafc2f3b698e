/** What a visitor downloads, packed as a server packs it. The size test and the benchmark `widget-size` read the same figures. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { languages, type Language } from "@switchboard/shared/i18n/languages.ts";

export interface WidgetSizes {
  /** Bytes before any click. */
  loader: number;
  /** Bytes of the open chat in one language: page, style, scripts with the socket, sentences. */
  chat: Record<Language, number>;
  /** Every file of the chat. */
  files: Record<string, number>;
}

export function measureWidget(dist: string): WidgetSizes {
  const packed = (name: string) => gzipSync(readFileSync(join(dist, name)), { level: 9 }).length;
  const names = readdirSync(join(dist, "chat"), { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:html|js|css)$/u.test(name));
  const files = Object.fromEntries(names.map((name) => [name.replaceAll("\\", "/"), packed(join("chat", name))]));
  const languageOf = (name: string) => languages.find((language) => name.startsWith(`assets/${language}-`));
  const chat = (language: Language) =>
    Object.entries(files).reduce((sum, [name, bytes]) => ((languageOf(name) ?? language) === language ? sum + bytes : sum), 0);
  return { loader: packed("widget.js"), chat: { en: chat("en"), th: chat("th"), ja: chat("ja") }, files };
}
