/** Sign-up and the links of mails. */
import type { Context } from "koa";
import { readFileSync } from "node:fs";
import { translateTo, type T } from "../../../shared/i18n/index.ts";
import type { Language } from "../../../shared/i18n/languages.ts";
import { businessTypes } from "../../../shared/api/tenants.ts";
import { limits } from "../../../shared/model/limits.ts";
import { languageOf } from "../../core/http/language.ts";
import type { Core } from "../../core/core.ts";
import { page, type Page } from "../../core/http/page.ts";
import { document, field, html, type Html } from "./html.ts";

interface PeoplePage {
  path: string;
  name: "signup" | "verify" | "reset" | "forgotten" | "invite" | "signedUp" | "console" | "missing";
  body(t: T, language: Language, installation: Installation): Html;
}

type Installation = Pick<Core["config"], "PUBLIC_URL" | "SIGNUP" | "demo">;

const files = ["people.css", "people.js", "mark.svg"] as const;
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" } as const;

export function peoplePages(): Page[] {
  return [
    page("people", (router, core) => {
      for (const { path, name, body } of list) {
        router.get(path, (ctx) => {
          if (name === "signup" && core.config.SIGNUP === "closed") ctx.status = 403;
          show(ctx, name, core.config.SIGNUP === "closed" && name === "signup" ? closed : body, core.config);
        });
      }
      // Whoever types the bare address looks for the way in.
      router.get("/", (ctx) => ctx.redirect("/console"));
      for (const file of files) {
        const text = readFileSync(new URL(`./assets/${file}`, import.meta.url), "utf8");
        router.get(`/assets/${file}`, (ctx) => {
          ctx.type = types[file.split(".")[1] as keyof typeof types]; // the list above has exactly these endings
          ctx.set("Cache-Control", "public, max-age=300");
          ctx.body = text;
        });
      }
    }),
  ];
}

/** An address at which there is nothing: said to people in their language, with where to go. */
export function missingPage({ config }: Core, ctx: Context): void {
  ctx.status = 404;
  show(ctx, "missing", missing, config);
}

function show(ctx: Context, name: PeoplePage["name"], body: PeoplePage["body"], installation: Installation): void {
  const language = languageOf(ctx);
  const t = translateTo(language);
  ctx.type = "html";
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.set("Cache-Control", "no-store");
  ctx.set("Vary", "Accept-Language");
  ctx.body = document(language, t(`signup.${name}.title`), t, body(t, language, installation), name);
}

const missing: PeoplePage["body"] = (t, _language, installation) =>
  html`<h1>${t("signup.missing.title")}</h1>
    <p>${t("signup.missing.text")}</p>
    <ul>
      <li><a href="/console">${t("signup.console.title")}</a></li>
      ${elsewhere(t, installation)}
    </ul>`;

/** Where somebody may go who has no console open. */
const elsewhere = (t: T, { SIGNUP }: Installation): Html =>
  html`${SIGNUP === "closed" ? html`` : html`<li><a href="/signup">${t("signup.console.signup")}</a></li>`}
    <li><a href="/docs/">${t("signup.console.guides")}</a></li>`;

const closed = (t: T): Html =>
  html`<h1>${t("signup.signup.closedTitle")}</h1>
    <p>${t("signup.signup.closed")}</p>`;

/** Sentences that the script needs stand in the page as data, so that it has no text of its own. */
const words = (keys: readonly (readonly [string, string])[]): Html =>
  html`<template id="words">${keys.map(([name, text]) => html`<span data-word="${name}">${text}</span>`)}</template>`;

const general = (t: T) =>
  words([
    ["offline", t("signup.offline")],
    ["working", t("signup.working")],
    ["noSecret", t("signup.noSecret")],
  ]);

const passwordField = (t: T) =>
  field({
    name: "password",
    label: t("signup.password"),
    type: "password",
    autocomplete: "new-password",
    help: t("signup.passwordHelp", { count: limits.passwordShortest }),
    maxLength: limits.password,
  });

const list: readonly PeoplePage[] = [
  {
    path: "/signup",
    name: "signup",
    body: (t, language) =>
      html`<h1>${t("signup.signup.title")}</h1>
        <p class="lead">${t("signup.signup.lead")}</p>
        <form data-call="POST /api/v1/sign-up" data-done="/signed-up">
          ${field({ name: "business", label: t("signup.business"), type: "text", autocomplete: "organization", maxLength: limits.tenantName })}
          ${field({ name: "site", label: t("signup.site"), type: "text", autocomplete: "url", help: t("signup.siteHelp"), maxLength: limits.domain })}
          ${field({
            name: "businessType",
            label: t("signup.businessType"),
            type: "select",
            options: businessTypes.map((value) => ({ value, label: t(`signup.types.${value}`) })),
          })}
          ${field({ name: "name", label: t("signup.name"), type: "text", autocomplete: "name", maxLength: limits.personName })}
          ${field({ name: "email", label: t("signup.email"), type: "email", autocomplete: "email" })} ${passwordField(t)}
          <input type="hidden" name="language" value="${language}" /><input type="hidden" name="zone" data-zone value="UTC" />
          <p class="error" data-error="" role="alert" hidden></p>
          <button type="submit">${t("signup.signup.button")}</button>
        </form>
        ${general(t)}`,
  },
  {
    path: "/signed-up",
    name: "signedUp",
    body: (t) =>
      html`<h1>${t("signup.signedUp.title")}</h1>
        <p>${t("signup.signedUp.text")} <strong data-from="email"></strong></p>
        <p>${t("signup.signedUp.next")}</p>
        <form data-call="POST /api/v1/sign-up/resend" data-from-session="email" data-message="${t("signup.signedUp.again")}">
          <input type="hidden" name="email" />
          <p class="error" data-error="" role="alert" hidden></p>
          <p class="done" role="status" hidden></p>
          <button type="submit" class="quiet">${t("signup.signedUp.resend")}</button>
        </form>
        ${general(t)}`,
  },
  {
    path: "/verify",
    name: "verify",
    body: (t) =>
      html`<h1>${t("signup.verify.title")}</h1>
        <form data-call="POST /api/v1/sign-up/verify" data-secret data-auto data-message="${t("signup.verify.done")}" data-then="/console">
          <input type="hidden" name="secret" />
          <p class="error" data-error="" role="alert" hidden></p>
          <p class="done" role="status" hidden></p>
          <p data-hide-when-done>${t("signup.verify.text")}</p>
          <button type="submit" data-hide-when-done>${t("signup.verify.button")}</button>
        </form>
        <p class="after" hidden><a class="button" href="/console">${t("signup.openConsole")}</a></p>
        ${general(t)}`,
  },
  {
    path: "/forgotten",
    name: "forgotten",
    body: (t) =>
      html`<h1>${t("signup.forgotten.title")}</h1>
        <p class="lead">${t("signup.forgotten.lead")}</p>
        <form data-call="POST /api/v1/password/forgotten" data-message="${t("signup.forgotten.done")}">
          ${field({ name: "email", label: t("signup.email"), type: "email", autocomplete: "email" })}
          <p class="error" data-error="" role="alert" hidden></p>
          <p class="done" role="status" hidden></p>
          <button type="submit" data-hide-when-done>${t("signup.forgotten.button")}</button>
        </form>
        ${general(t)}`,
  },
  {
    path: "/reset",
    name: "reset",
    body: (t) =>
      html`<h1>${t("signup.reset.title")}</h1>
        <form data-call="POST /api/v1/password/reset" data-secret data-message="${t("signup.reset.done")}">
          <input type="hidden" name="secret" /> ${passwordField(t)}
          <p class="error" data-error="" role="alert" hidden></p>
          <p class="done" role="status" hidden></p>
          <button type="submit" data-hide-when-done>${t("signup.reset.button")}</button>
        </form>
        <p class="after" hidden><a class="button" href="/console">${t("signup.openConsole")}</a></p>
        ${general(t)}`,
  },
  {
    path: "/invite",
    name: "invite",
    body: (t, language) =>
      html`<h1>${t("signup.invite.title")}</h1>
        <p class="lead" data-preview="POST /api/v1/invitations/preview" data-text="${t("signup.invite.text")}"></p>
        <form data-call="POST /api/v1/invitations/accept-as-new" data-secret data-message="${t("signup.invite.done")}">
          <input type="hidden" name="secret" />
          ${field({ name: "name", label: t("signup.name"), type: "text", autocomplete: "name", maxLength: limits.personName })}
          ${passwordField(t)}
          <input type="hidden" name="language" value="${language}" /><input type="hidden" name="zone" data-zone value="UTC" />
          <p class="error" data-error="" role="alert" hidden></p>
          <p class="done" role="status" hidden></p>
          <button type="submit" data-hide-when-done>${t("signup.invite.button")}</button>
          <p data-hide-when-done><small>${t("signup.invite.haveAccount")}</small></p>
        </form>
        <p class="after" hidden><a class="button" href="/console">${t("signup.openConsole")}</a></p>
        ${general(t)}`,
  },
  {
    // The console is a program on the operator's computer, so no page of ours can be it: this one says the way.
    path: "/console",
    name: "console",
    body: (t, _language, installation) =>
      html`<h1>${t("signup.console.title")}</h1>
        <p>${installation.demo ? t("signup.console.demo") : t("signup.console.where")}</p>
        <p>${t("signup.console.server")} <strong>${installation.PUBLIC_URL}</strong></p>
        ${installation.demo ? html`` : html`<p>${t("signup.console.missing")}</p>`}
        <ul>
          <li><a href="/forgotten">${t("signup.console.forgotten")}</a></li>
          ${elsewhere(t, installation)}
        </ul>`,
  },
];
