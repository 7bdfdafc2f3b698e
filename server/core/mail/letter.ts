/**
 * The one layout of all mails (INTERFACE section 13), and the only file that knows react-email: one column, a brand line, one message,
 * one button, a text twin. Everything is text that React escapes; nothing is fetched from anywhere, so it reads the same without images.
 */
import { createElement as h, type ReactNode } from "react";
import type { T } from "../../../shared/i18n/index.ts";
import { textOn } from "../../../shared/model/colours.ts";

export interface Letter {
  subject: string;
  heading: string;
  paragraphs: readonly string[];
  /** Facts below the message: label and value. */
  details?: readonly (readonly [label: string, value: string])[];
  button?: { label: string; url: string };
  /** Below the button, for example how long the link works. */
  note?: string;
  /** Why the reader gets this. */
  reason: string;
  /** Who speaks; Switchboard where nothing is said. */
  brand?: { name: string; colour: string };
}

export interface Rendered {
  subject: string;
  html: string;
  text: string;
}

const colours = {
  page: "#ECEEF2",
  paper: "#FFFFFF",
  text: "#15181E",
  soft: "#454B59",
  faint: "#5F6675",
  line: "#E2E5EA",
  accent: "#3355D1",
};
const font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Thai', 'Noto Sans JP', sans-serif";
const body = { fontSize: "16px", lineHeight: "24px", color: colours.text, margin: "0 0 16px" };
const small = { fontSize: "13px", lineHeight: "20px", color: colours.faint, margin: "0 0 8px" };

export async function renderLetter(t: T, letter: Letter): Promise<Rendered> {
  // Loaded with the first mail: it brings a lot that a web process never needs.
  const mail = await import("react-email");
  const { button, details = [] } = letter;
  const brand = letter.brand ?? { name: "Switchboard", colour: colours.accent };
  const linkHelp = t("mail.linkHelp");
  const paper = { maxWidth: "600px", backgroundColor: colours.paper, borderTop: `3px solid ${brand.colour}`, padding: "32px" };

  const content: ReactNode[] = [
    h(mail.Text, { key: "brand", style: { ...small, fontWeight: 600, color: colours.soft, margin: "0 0 24px" } }, brand.name),
    h(
      mail.Heading,
      { key: "heading", as: "h1", style: { fontSize: "20px", lineHeight: "28px", color: colours.text, margin: "0 0 16px" } },
      letter.heading,
    ),
    ...letter.paragraphs.map((text, index) => h(mail.Text, { key: `p${index}`, style: body }, text)),
    ...details.map(([label, value]) =>
      h(
        mail.Text,
        { key: label, style: { ...body, margin: "0 0 4px" } },
        h("span", { style: { color: colours.faint } }, `${label}: `),
        value,
      ),
    ),
  ];
  if (button) {
    const look = {
      backgroundColor: brand.colour,
      color: textOn(brand.colour),
      fontSize: "16px",
      lineHeight: "24px",
      fontWeight: 600,
      borderRadius: "6px",
      padding: "12px 20px",
      margin: "16px 0",
      textDecoration: "none",
    };
    content.push(
      h(mail.Button, { key: "button", href: button.url, style: look }, button.label),
      h(mail.Text, { key: "help", style: small }, linkHelp),
      h(mail.Text, { key: "url", style: { ...small, wordBreak: "break-all" } }, button.url),
    );
  }
  if (letter.note) content.push(h(mail.Text, { key: "note", style: { ...small, color: colours.soft } }, letter.note));
  content.push(
    h(mail.Hr, { key: "line", style: { borderColor: colours.line, margin: "24px 0 16px" } }),
    h(mail.Text, { key: "reason", style: { ...small, margin: "0" } }, letter.reason),
  );

  const page = h(
    mail.Html,
    { lang: t.language },
    h(mail.Head, null, h("meta", { name: "color-scheme", content: "light dark" }), h("title", null, letter.subject)),
    h(mail.Preview, null, letter.paragraphs[0] ?? letter.heading),
    h(
      mail.Body,
      { style: { backgroundColor: colours.page, fontFamily: font, margin: "0", padding: "24px 12px" } },
      h(mail.Container, { style: paper }, content),
    ),
  );
  return { subject: letter.subject, html: await mail.render(page), text: textOf(letter, brand.name, linkHelp) };
}

function textOf({ heading, paragraphs, details = [], button, note, reason }: Letter, brand: string, linkHelp: string): string {
  const parts = [
    brand,
    heading,
    ...paragraphs,
    ...(details.length > 0 ? [details.map(([label, value]) => `${label}: ${value}`).join("\n")] : []),
    ...(button ? [`${button.label}\n${linkHelp}\n${button.url}`] : []),
    ...(note ? [note] : []),
    `--\n${reason}`,
  ];
  return `${parts.join("\n\n")}\n`;
}
