/** A readable name for somebody who gave none: the same for a visitor on every device, day and screen, in the reader's language. */
import { aliasAdjectives, aliasAnimals } from "../i18n/alias-words.ts";
import type { Language } from "../i18n/languages.ts";
import { plainLine } from "./text.ts";

/** How the two words stand together. Thai names the animal first. */
const orders: Readonly<Record<Language, (adjective: string, animal: string) => string>> = {
  en: (adjective, animal) => `${adjective} ${animal}`,
  th: (adjective, animal) => `${animal}${adjective}`,
  ja: (adjective, animal) => `${adjective}${animal}`,
};

/** From the id of the contact, or of the visitor where there is no contact yet. */
export function aliasFor(id: string, language: Language): string {
  const hash = hashOf(id);
  const adjective = aliasAdjectives[hash % aliasAdjectives.length] ?? aliasAdjectives[0];
  const animal = aliasAnimals[Math.floor(hash / aliasAdjectives.length) % aliasAnimals.length] ?? aliasAnimals[0];
  return orders[language](adjective[language], animal[language]);
}

/** Who somebody is on a screen: the given name as it reads without marks that nobody sees, else the alias. Never empty, never "unknown". */
export function shownName(person: { id: string; name: string | null }, language: Language): { name: string; isAlias: boolean } {
  const given = plainLine(person.name ?? "");
  return given === "" ? { name: aliasFor(person.id, language), isAlias: true } : { name: given, isAlias: false };
}

/** FNV-1a with a final mix, 32 bits: ids that differ in one digit must not get neighbouring names. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
