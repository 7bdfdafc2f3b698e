import { createInstance } from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import followups from "@switchboard/shared/i18n/followups/en.json" with { type: "json" };
import tasks from "@switchboard/shared/i18n/tasks/en.json" with { type: "json" };
import { historyWords, type HistoryLine } from "./history-words.ts";

const i18n = createInstance({
  lng: "en",
  resources: { en: { texts: { tasks, followups } } },
  defaultNS: "texts",
  interpolation: { prefix: "{", suffix: "}", escapeValue: false },
});
beforeAll(async () => void (await i18n.init()));

const names: Record<string, string> = { m: "Mali", p: "Preeya" };
const words = (type: string, payload: HistoryLine["payload"] = {}, by: string | null = "m") =>
  historyWords(
    { seq: 1, type, by, payload, at: "2026-11-20T09:00:00Z" },
    {
      t: i18n.t,
      format: { full: (at) => new Date(at).toISOString(), list: (items) => items.join(" and ") },
      nameOf: (id) => names[String(id)],
    },
  );

describe("a line of a history", () => {
  it("says who did what", () => {
    expect(words("task.created")).toBe("Mali created it");
    expect(words("task.moved", { to: "waiting" })).toBe("Mali moved it to Waiting");
    expect(words("task.assigned", { to: "p" })).toBe("Mali gave it to Preeya");
    expect(words("followup.assigned", { to: null })).toBe("Mali took it off everybody");
    expect(words("followup.completed", { outcome: "no_answer" })).toBe("Mali completed it: No answer");
    expect(words("followup.missed", {}, null)).toBe("Nobody completed it in time");
  });
  it("keeps the words that were overwritten, where one field changed", () => {
    expect(words("task.updated", { changes: { title: { before: "Old title", after: "New" } } })).toBe(
      "Mali changed the title; it was: Old title",
    );
    expect(words("task.updated", { changes: { title: { before: "a" }, due: {}, dueAllDay: {} } })).toBe(
      "Mali changed the title and the due time",
    );
  });
  it("is said in general where it is newer than this console, and of somebody who has left", () => {
    expect(words("task.painted")).toBe("Mali changed something");
    expect(words("task.moved", { to: "elsewhere" })).toBe("Mali changed something");
    expect(words("task.updated", { changes: { shade: {} } }, "gone")).toBe("Somebody changed something");
    expect(words("task.updated", { changes: "nonsense" })).toBe("Mali changed something");
  });
});
