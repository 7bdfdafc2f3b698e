import { checkSettings } from "@switchboard/shared/model/settings.ts";
import { defaultSettings } from "@switchboard/shared/model/templates.ts";
import { expect, it } from "vitest";
import { newQuestionKey } from "./question-key.ts";

const { branding } = defaultSettings({ name: "Shop", site: "shop.example", type: "shop", language: "en", zone: "Asia/Bangkok" });

it("gives each question a key of its own, which the settings take", () => {
  const keys = Array.from({ length: 1_000 }, newQuestionKey);
  expect(new Set(keys).size).toBe(keys.length);
  const own = keys.slice(0, 2).map((key) => ({ key, kind: "text" as const, label: { en: "Size" }, required: false, choices: [] }));
  const document = { ...branding, offlineFields: [...branding.offlineFields, ...own] };
  expect(checkSettings("branding", document)).toMatchObject({ ok: true });
});
