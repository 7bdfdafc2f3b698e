/** What stands under a task or a follow-up that rings: when it is due, and for whom or what. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { whenWords } from "@switchboard/shared/i18n/when-words.ts";
import { createWhen, type When } from "@switchboard/shared/model/when.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { contactName, type About } from "./about.ts";

export interface Reader {
  language: Language;
  zone: string;
}

export function createDueLine(): (tenant: Tenant, about: About, reader: Reader) => string {
  // Making one costs more than asking it, and what rings is told anew at every change.
  let kept: { of: string; when: When } | undefined;
  function whenOf({ language, zone }: Reader): When {
    const of = `${language} ${zone}`;
    if (kept?.of !== of) kept = { of, when: createWhen({ language, zone, words: whenWords[language] }) };
    return kept.when;
  }

  return (tenant, { view, id }, reader) => {
    const { cache } = tenant.store;
    const task = view === "task" ? cache.get("task", id) : undefined;
    const followup = view === "followup" ? cache.get("followup", id) : undefined;
    const due = task?.due ?? followup?.due;
    if (due === undefined) return "";
    const when = whenOf(reader);
    const at = Date.parse(due.at);
    // A whole day ends with the moment that begins the next.
    const words = task?.dueAllDay === true ? when.day(at - 1, tenant.now()) : when.dayTime(at, tenant.now());
    const rest = task ? task.contactId && contactName(tenant, task.contactId, reader.language) : followup?.notes.trim().split("\n")[0];
    return [translateTo(reader.language)("alarms.due", { when: words }), rest].filter(Boolean).join(" · ");
  };
}
