import { describe, expect, it } from "vitest";
import { problems } from "../api/problems.ts";
import { followupChannels, followupOutcomes, followupStatuses, followupTypes, channelWarnings } from "../model/followups.ts";
import { escalationLevels } from "../model/escalation.ts";
import { allPermissions } from "../model/permissions.ts";
import { fieldCodes } from "../model/reading.ts";
import { repeatPhrases } from "../model/recurrence.ts";
import { assignReasons, queueReasons, strategies } from "../model/routing.ts";
import { conversationStatuses, deliveryStates, messageAuthors, messageKinds, tenantStatuses } from "../model/states.ts";
import { dueStates, taskPriorities, taskStatuses } from "../model/tasks.ts";
import { businessTypes } from "../model/templates.ts";
import { dynamicPrefixes } from "./dynamic-keys.ts";
import { dictionaries as registered } from "./index.ts";
import { languages, locales } from "./languages.ts";
import type { Language } from "./languages.ts";
import { find, flatten, placeholdersOf } from "./t.ts";
import type { Messages } from "./t.ts";

// By names that the compiler does not follow: this folder is checked without Node's types, so that its sources cannot use Node.
interface Files {
  readdirSync(folder: string, options: { withFileTypes: true }): { name: string; isDirectory(): boolean }[];
  readFileSync(file: string, encoding: "utf8"): string;
}
const files: string = "node:fs";
const { readdirSync, readFileSync } = (await import(files)) as Files;

const here = (import.meta as unknown as { dirname: string }).dirname;
const namespaces = readdirSync(here, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
/** From the files themselves, so that a namespace is checked before anybody registers it. */
const dictionaries = Object.fromEntries(
  languages.map((language) => [
    language,
    Object.fromEntries(namespaces.map((name) => [name, JSON.parse(readFileSync(`${here}/${name}/${language}.json`, "utf8")) as Messages])),
  ]),
) as Record<Language, Messages>;

const forms = ["zero", "one", "two", "few", "many", "other"];
const formOf = (key: string) => forms.find((form) => key.endsWith(`_${form}`));
const baseOf = (key: string) => key.slice(0, key.length - (formOf(key)?.length ?? -1) - 1);

/** Texts by key, the forms of one key together. */
function grouped(language: Language): Map<string, Map<string, string>> {
  const groups = new Map<string, Map<string, string>>();
  for (const [key, text] of flatten(dictionaries[language])) {
    const group = groups.get(baseOf(key)) ?? new Map<string, string>();
    group.set(formOf(key) ?? "", text);
    groups.set(baseOf(key), group);
  }
  return groups;
}

const english = grouped("en");
const others = languages.filter((language) => language !== "en");

describe("every language", () => {
  it("is assembled from all namespaces", () => {
    for (const language of languages) expect(Object.keys(registered[language]).toSorted()).toEqual(namespaces.toSorted());
    expect(registered).toEqual(dictionaries);
  });

  it.each(others)("%s has every key of English and no other", (language) => {
    const keys = [...grouped(language).keys()];
    expect({ missing: [...english.keys()].filter((key) => !keys.includes(key)), left: keys.filter((key) => !english.has(key)) }).toEqual({
      missing: [],
      left: [],
    });
  });

  it.each(languages)("%s has exactly the plural forms that its grammar knows", (language) => {
    const needed = new Intl.PluralRules(locales[language]).resolvedOptions().pluralCategories.toSorted();
    const wrong: string[] = [];
    for (const [key, group] of grouped(language)) {
      const counted = english.get(key)?.has("other") === true;
      const has = [...group.keys()].toSorted();
      if (String(has) !== String(counted ? needed : [""])) wrong.push(`${key}: ${has.join(", ")}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(others)("%s needs the same values as English", (language) => {
    const wrong: string[] = [];
    for (const [key, group] of grouped(language)) {
      const wanted = new Set([...(english.get(key)?.values() ?? [])].flatMap(placeholdersOf));
      for (const text of group.values()) if (String(placeholdersOf(text).toSorted()) !== String([...wanted].toSorted())) wrong.push(key);
    }
    expect(wrong).toEqual([]);
  });

  it.each(others)("%s keeps the variables of canned replies", (language) => {
    const variables = (text: string) => Array.from(text.matchAll(/\{\{[^}]*\}\}/g), ([whole]) => whole);
    for (const [key, text] of flatten(dictionaries[language])) {
      const original = variables(find(dictionaries.en, key) ?? "");
      for (const variable of variables(text))
        expect([key, /^\{\{(ask:[^|{}]+|[a-zA-Z]+\.[a-zA-Z]+\|?[^{}]*)\}\}$/.test(variable)]).toEqual([key, true]);
      // Blanks may be more or fewer only by design; none may disappear by accident.
      expect([key, variables(text).filter((one) => one.startsWith("{{ask:")).length]).toEqual([
        key,
        original.filter((one) => one.startsWith("{{ask:")).length,
      ]);
    }
  });

  it.each(languages)("%s has no empty text, stray spaces or half a pair of brackets", (language) => {
    const wrong = flatten(dictionaries[language]).filter(
      ([, text]) => text === "" || text.trim() !== text || / {2}/.test(text) || text.split("{").length !== text.split("}").length,
    );
    expect(wrong).toEqual([]);
  });

  it("speaks calmly: no exclamation marks outside the tenants' own words, no words that the handbook avoids", () => {
    const wrong = flatten(dictionaries.en).filter(
      ([key, text]) =>
        !key.startsWith("templates.") && (/!/.test(text) || /\b(user|customer|agent|ticket|workspace|OK|oops)s?\b/i.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  /** What a word of the handbook was once also called, and what nobody writes so. Tenants' own words may be others. */
  it.each([
    ["th", /เทน?แนนต์|ผู้เช่า|องค์กร|โอเปอเรเตอร์|บทสนทนา|ลงชื่อเข้าใช้|การติดตาม(?!ผล)|คำตอบสำเร็จรูป|แอดมิน|แป้นลัด|ความลับ|รหัสลับ|\Sๆ|[}\d] %/],
    [
      "ja",
      /待ち行列|受信トレイ|役割|ウインドウ|だれ|期限超過|未対応|手段なし|定型返信|スーパー管理者|言及|[まで]すか。?$|％|[}\d] (?:%|[件個日分秒人回つ])/,
    ],
  ] as const)("%s calls a thing by one name and writes numbers one way", (language, other) => {
    const wrong = flatten(dictionaries[language]).filter(([key, text]) => !key.startsWith("templates.") && other.test(text));
    expect(wrong).toEqual([]);
  });
});

describe("keys made of values", () => {
  const keysUnder = (path: string) => {
    let at: string | Messages | undefined = dictionaries.en;
    for (const step of path.split(".")) at = typeof at === "object" ? at[step] : undefined;
    return typeof at === "object" ? Object.keys(at).toSorted() : [];
  };

  it.each([
    ["states.conversation", conversationStatuses],
    ["states.kind", messageKinds],
    ["states.author", messageAuthors],
    ["states.message", [...deliveryStates, "waiting"]],
    ["states.tenant", tenantStatuses],
    ["tasks.status", taskStatuses],
    ["tasks.priority", taskPriorities],
    ["tasks.due", dueStates],
    ["followups.status", followupStatuses],
    ["followups.outcome", followupOutcomes],
    ["followups.type", followupTypes],
    ["followups.channel", followupChannels],
    ["followups.warning", channelWarnings],
    ["followups.repeats", repeatPhrases],
    ["errors.field", fieldCodes],
    ["routing.strategy", strategies],
    ["routing.assigned", assignReasons.flatMap((code) => (code === "last_operator" ? [code] : [code, `${code}_in_team`]))],
    ["routing.queued", queueReasons],
    ["routing.escalated", escalationLevels.filter((level) => level !== "none")],
    ["templates.business", businessTypes],
  ] as const)("%s has a text for each value and none besides", (path, values) => {
    expect([...new Set(keysUnder(path).map(baseOf))].toSorted()).toEqual([...values].toSorted());
  });

  it("name every permission", () => {
    const named = flatten(dictionaries.en).flatMap(([key]) =>
      key.startsWith("roles.permission.") ? [key.slice("roles.permission.".length)] : [],
    );
    expect(named.toSorted()).toEqual([...allPermissions].toSorted());
  });

  it("have a sentence for every problem that the API can answer with", () => {
    for (const code of Object.keys(problems))
      for (const language of languages) expect([code, find(dictionaries[language], `errors.${code}`) !== undefined]).toEqual([code, true]);
  });
});

function* sources(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!["node_modules", "dist", "i18n", "artefacts"].includes(entry.name) && !entry.name.startsWith(".")) yield* sources(path);
    } else if (/\.(ts|tsx|mjs|html)$/.test(entry.name) && !/\.(test|spec)\./.test(entry.name)) yield path;
  }
}

/** What a source asks for. `useTranslation("inbox")`, or the file of one namespace, lets a source leave the namespace out; the widget has only its own. */
function asksFor(path: string, text: string): { keys: string[]; prefixes: string[] } {
  const own = namespaces.filter((name) =>
    new RegExp(`(?:useTranslation|getFixedT|TFunction)\\W[^\\n;]*["']${name}["']|/i18n/${name}/`).test(text),
  );
  if (path.includes("/widget/")) own.push("widget");
  const spelled = (key: string) => [key.replace(":", "."), ...own.map((name) => `${name}.${key}`)];
  const keys = Array.from(text.matchAll(/["'`]([a-z]\w*(?:[.:]\w+)*)["'`]/gi), ([, key = ""]) => spelled(key)).flat();
  const prefixes = Array.from(text.matchAll(/`([a-z]\w*(?:[.:]\w+)*[._])\$\{/gi), ([, key = ""]) => spelled(key)).flat();
  return {
    keys,
    prefixes: prefixes.filter((prefix) => namespaces.some((name) => prefix.startsWith(`${name}.`) && prefix.length > name.length + 1)),
  };
}

describe("every key", () => {
  it("is used: named by a source, under a prefix of one, or declared as coming from data", () => {
    const keys = new Set<string>();
    const prefixes = new Set(dynamicPrefixes);
    for (const folder of ["shared", "server", "widget", "desktop"])
      for (const path of sources(`${here}/../../${folder}`)) {
        const asked = asksFor(path, readFileSync(path, "utf8"));
        for (const key of asked.keys) keys.add(key);
        for (const prefix of asked.prefixes) prefixes.add(prefix);
      }
    const unused = [...english.keys()].filter((key) => !keys.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it("is not hidden by a declaration that covers nothing", () => {
    for (const prefix of dynamicPrefixes)
      expect([prefix, [...english.keys()].some((key) => key.startsWith(prefix))]).toEqual([prefix, true]);
  });
});
