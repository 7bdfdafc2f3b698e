/** The frame of the people's pages, and small pieces of HTML. Values are always escaped; there is no other way to put one in. */
import { escapeHtml } from "../../core/http/api-docs.ts";
import { locales, type Language } from "../../../shared/i18n/languages.ts";
import type { T } from "../../../shared/i18n/index.ts";

export interface Html {
  markup: string;
}

export function html(strings: TemplateStringsArray, ...values: (string | number | Html | readonly Html[])[]): Html {
  const markup = strings.reduce((text, part, index) => {
    const value = values[index - 1];
    return text + (value === undefined ? "" : markupOf(value)) + part;
  });
  return { markup };
}

function markupOf(value: string | number | Html | readonly Html[]): string {
  if (typeof value === "string" || typeof value === "number") return escapeHtml(String(value));
  if ("markup" in value) return value.markup;
  return value.map(({ markup }) => markup).join("");
}

export interface FormField {
  name: string;
  label: string;
  type: "text" | "email" | "password" | "select" | "hidden";
  autocomplete?: string;
  help?: string;
  options?: readonly { value: string; label: string }[];
  maxLength?: number;
  value?: string;
}

export function field({ name, label, type, autocomplete, help, options, maxLength, value }: FormField): Html {
  const described = help ? html`<small id="${name}-help">${help}</small>` : html``;
  if (type === "select") {
    const list = (options ?? []).map((option) => html`<option value="${option.value}">${option.label}</option>`);
    return html`<label for="${name}">${label}</label
      ><select id="${name}" name="${name}" required>
        ${list}</select
      >${described}${errorSlot(name)}`;
  }
  return html`<label for="${name}">${label}</label
    ><input
      id="${name}"
      name="${name}"
      type="${type}"
      required
      autocomplete="${autocomplete ?? "off"}"
      maxlength="${maxLength ?? 254}"
      value="${value ?? ""}"
      aria-describedby="${name}-help ${name}-error"
    />${described}${errorSlot(name)}`;
}

const errorSlot = (name: string) => html`<p class="error" id="${name}-error" data-error="${name}" hidden></p>`;

export function document(language: Language, title: string, t: T, body: Html, page: string): string {
  return `<!doctype html>${
    html`<html lang="${locales[language].split("-")[0] ?? language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · Switchboard</title>
        <link rel="stylesheet" href="/assets/people.css" />
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <script src="/assets/people.js" defer></script>
      </head>
      <body data-page="${page}">
        <header><img src="/assets/mark.svg" alt="" width="28" height="28" /><span>Switchboard</span></header>
        <main>
          ${body}<noscript><p class="error">${t("signup.needsScript")}</p></noscript>
        </main>
      </body>
    </html>`.markup
  }`;
}
