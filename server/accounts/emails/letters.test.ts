import { describe, expect, it } from "vitest";
import { translateTo, type T } from "../../../shared/i18n/index.ts";
import { languages } from "../../../shared/i18n/languages.ts";
import { renderLetter, type Letter } from "../../core/mail/letter.ts";
import { invitationLetter, securityLetter } from "../../team/emails/letters.ts";
import { knownLetter, newSignInLetter, passwordChangedLetter, resetLetter, verifyLetter, welcomeLetter } from "./letters.ts";

const url = "https://chat.example";
const reader = { name: "สมชาย <script>alert(1)</script>", zone: "Asia/Bangkok" };
const at = new Date("2026-03-02T09:00:00Z");
const facts = {
  tenant: "Blue & Bay",
  zone: "Asia/Tokyo",
  inviter: "李 明",
  role: "Operator",
  email: "guest@people.example",
  expiresAt: at,
};

const letters: readonly (readonly [string, (t: T) => Letter])[] = [
  ["verify", (t) => verifyLetter(t, reader, url, "the-secret")],
  ["known", (t) => knownLetter(t, reader, url)],
  ["welcome", (t) => welcomeLetter(t, reader, url)],
  ["reset", (t) => resetLetter(t, reader, url, "the-secret")],
  ["password changed", (t) => passwordChangedLetter(t, reader, url, { at, by: "owner" })],
  ["password reset", (t) => passwordChangedLetter(t, reader, url, { at, by: "reset" })],
  [
    "new sign-in",
    (t) => newSignInLetter(t, reader, url, { at, device: "", userAgent: '"><img src=x onerror=alert(1)>', address: "203.0.113.7" }),
  ],
  ["invitation", (t) => invitationLetter(t, facts, url, "tenant.the-secret")],
  ["security", (t) => securityLetter(t, { ...facts, what: "Opal was removed", who: "Ada", at }, url)],
];

describe.each(languages)("in %s", (language) => {
  const t = translateTo(language);
  it.each(letters)("the mail %s says the same in text as in HTML, escapes what people wrote, and fetches nothing", async (_, write) => {
    const letter = write(t);
    const { subject, html, text } = await renderLetter(t, letter);
    expect(subject).not.toMatch(/\{\w+\}|mail\./);
    expect(text).not.toMatch(/\{\w+\}|mail\.|undefined|null/);
    expect(html).toContain(`lang="${language}"`);
    const plain = (value: string) =>
      value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#x27;");
    for (const part of [letter.heading, ...letter.paragraphs, letter.reason, ...(letter.details ?? []).flat(), letter.button?.url ?? ""]) {
      expect(text).toContain(part);
      expect(html).toContain(plain(part));
    }
    expect(html).not.toMatch(/<(script|img|link|iframe|object|svg)|<[^>]+\s(src|on\w+)=|url\(|@import/i);
    for (const [, address] of html.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^https:\/\/chat\.example\//);
  });
});

it("writes times in the reader's zone and names it", () => {
  const letter = passwordChangedLetter(translateTo("en"), reader, url, { at, by: "owner" });
  expect(letter.paragraphs.join(" ")).toContain("2 March 2026 at 16:00 (Asia/Bangkok)");
});
