/** What stands under a task or a follow-up that rings: when it is due, and for whom or what. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { whenWords } from "@switchboard/shared/i18n/when-words.ts";
import { createWhen, type When } from "@switchboard/shared/model/when.ts";
import type { Clock } from "../clock.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { contactName, type About } from "./about.ts";

export type DueLine = (tenant: Tenant, about: About, language: Language) => string;

export function createDueLine(clock: Clock): DueLine {
  // Making one costs more than asking it, and what rings is told anew at every change.
  let kept: { of: string; when: When } | undefined;
  function whenHere(language: Language): When {
    const zone = clock.zone();
    const of = `${language} ${zone}`;
    if (kept?.of !== of) kept = { of, when: createWhen({ language, zone, words: whenWords[language] }) };
    return kept.when;
  }

  return (tenant, { view, id }, language) => {
    const { cache } = tenant.store;
    const task = view === "task" ? cache.get("task", id) : undefined;
    const followup = view === "followup" ? cache.get("followup", id) : undefined;
    const due = task?.due ?? followup?.due;
    if (due === undefined) return "";
    const when = whenHere(language);
    const at = Date.parse(due.at);
    // A whole day ends with the moment that begins the next.
    const words = task?.dueAllDay === true ? when.day(at - 1, tenant.now()) : when.dayTime(at, tenant.now());
    const rest = task ? task.contactId && contactName(tenant, task.contactId, language) : followup?.notes.trim().split("\n")[0];
    return [translateTo(language)("alarms.due", { when: words }), rest].filter(Boolean).join(" · ");
  };
}
