/** What stands around every page of the back office: a dark bar, so that nobody takes it for a tenant's console, and the way to its pages. */
import type { T } from "../../../shared/i18n/index.ts";
import { locales, type Language } from "../../../shared/i18n/languages.ts";
import { html, type Html } from "../people/html.ts";
import { icon } from "./icons.ts";

export const adminViews = ["overview", "tenants", "accounts", "requests", "health", "audit", "settings"] as const;
/** The page of a visit is reached from the banner only. */
export type AdminView = (typeof adminViews)[number] | "visit";

export interface Around {
  t: T;
  language: Language;
  /** Demo data and generated secrets: then it is no production. */
  demo: boolean;
}

export function adminDocument({ t, language, demo }: Around, view: AdminView, main: Html, general: Html): string {
  const title = t(`admin.nav.${view}`);
  return page(
    language,
    title,
    "admin",
    html`<a class="skip" href="#main">${t("admin.skip")}</a>
      <header class="bar">
        <a class="home" href="/admin/overview"
          ><img src="/assets/mark.svg" alt="Switchboard" width="24" height="24" /><strong>${t("admin.platform")}</strong></a
        >
        <span class="stage">${demo ? t("admin.demo") : t("admin.production")}</span>
        <form class="find" role="search" action="/admin/tenants">
          ${icon("search")}<label class="unseen" for="find">${t("admin.find")}</label
          ><input id="find" name="text" type="search" placeholder="${t("admin.find")}" autocomplete="off" maxlength="200" /><kbd
            >Ctrl K</kbd
          >
        </form>
        <details class="me">
          <summary><span class="letters" data-me="letters" aria-hidden="true"></span><span data-me="name"></span></summary>
          <div>
            <p data-me="email"></p>
            <button type="button" class="button" data-leave>${t("admin.signOut")}</button>
          </div>
        </details>
      </header>
      <div class="visit" data-visit role="status" hidden>
        <span data-visit-text></span><a class="button" data-visit-look href="/admin/visit">${t("admin.visit.look")}</a
        ><button type="button" class="button" data-visit-end>${t("admin.visit.end")}</button>
      </div>
      <div class="below">
        <nav aria-label="${t("admin.nav.label")}">
          <ul>
            ${adminViews.map(
              (name) =>
                html`<li>
                  <a href="/admin/${name}" data-nav="${name}"
                    >${icon(name)}<span>${t(`admin.nav.${name}`)}</span><b data-count="${name}"></b
                  ></a>
                </li>`,
            )}
          </ul>
          <p>${t("admin.nav.note")}</p>
        </nav>
        <main id="main" tabindex="-1" data-view="${view}">
          ${main}<noscript><p class="error">${t("admin.needsScript")}</p></noscript>
        </main>
      </div>
      ${general}`,
  );
}

export function doorDocument({ t, language, demo }: Around, general: Html): string {
  return page(
    language,
    t("admin.signIn.title"),
    "door",
    html`<header class="bar">
        <span class="home"
          ><img src="/assets/mark.svg" alt="Switchboard" width="24" height="24" /><strong>${t("admin.platform")}</strong></span
        >
        <span class="stage">${demo ? t("admin.demo") : t("admin.production")}</span>
      </header>
      <main id="main" class="door" data-view="sign-in">
        <h1>${t("admin.signIn.title")}</h1>
        <p class="lead">${t("admin.signIn.lead")}</p>
        <form data-door novalidate>
          <label for="email">${t("admin.signIn.email")}</label
          ><input id="email" name="email" type="email" autocomplete="username" required maxlength="254" />
          <label for="password">${t("admin.signIn.password")}</label
          ><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="200" />
          <p class="error" role="alert" data-problem hidden></p>
          <button type="submit" class="button primary">${t("admin.signIn.button")}</button>
        </form>
        <noscript><p class="error">${t("admin.needsScript")}</p></noscript>
      </main>
      ${general}`,
  );
}

function page(language: Language, title: string, kind: string, body: Html): string {
  return `<!doctype html>${
    html`<html lang="${language}" data-locale="${locales[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title} · Switchboard</title>
        <link rel="stylesheet" href="/admin/assets/admin.css" />
        <link rel="icon" href="/assets/mark.svg" type="image/svg+xml" />
        <script type="module" src="/admin/assets/admin.js"></script>
      </head>
      <body class="${kind}">
        ${body}
      </body>
    </html>`.markup
  }`;
}
