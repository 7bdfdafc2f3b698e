/** The back office in a browser: pages without data, which the script fills from the JSON API like any other client. */
import { readFileSync } from "node:fs";
import type { RouterContext } from "@koa/router";
import { translateTo, type T } from "../../../shared/i18n/index.ts";
import { languageOf } from "../../core/http/language.ts";
import { page, type Page } from "../../core/http/page.ts";
import { html, type Html } from "../people/html.ts";
import { auditWords } from "./audit-words.ts";
import { adminDocument, doorDocument, type AdminView, type Around } from "./frame.ts";
import { accountsView, auditView, healthView, overviewView, requestsView, settingsView, visitView } from "./other-views.ts";
import { words } from "./parts.ts";
import { mountSession } from "./session.ts";
import { tenantsView } from "./tenants-view.ts";

const views: Readonly<Record<AdminView, (t: T) => Html>> = {
  overview: overviewView,
  tenants: tenantsView,
  accounts: accountsView,
  requests: requestsView,
  health: healthView,
  audit: auditView,
  settings: settingsView,
  visit: visitView,
};

const files = ["admin.css", "admin.js", "api.js", "fill.js", "tenants.js", "lists.js", "house.js", "visit.js"] as const;

/** What every page may have to say. */
const general = (t: T) =>
  html`${words({
    offline: t("admin.offline"),
    you: t("admin.you"),
    never: t("admin.never"),
    on: t("admin.on"),
    off: t("admin.off"),
    visit: t("admin.visit.banner"),
    system: t("admin.audit.system"),
    someone: t("admin.audit.someone"),
    ...auditWords(t),
  })}`;

export function adminPages(): Page[] {
  return [
    page("admin", (router, core) => {
      const around = (ctx: RouterContext): Around => {
        const language = languageOf(ctx);
        return { t: translateTo(language), language, demo: core.config.demo };
      };
      mountSession(router, core);
      router.get("/admin", (ctx) => ctx.redirect("/admin/overview"));
      router.get("/admin/sign-in", (ctx) => {
        const here = around(ctx);
        show(ctx, doorDocument(here, general(here.t)));
      });
      for (const [name, view] of Object.entries(views) as [AdminView, (t: T) => Html][])
        // the table's own keys
        router.get(`/admin/${name}`, (ctx) => {
          const here = around(ctx);
          show(ctx, adminDocument(here, name, view(here.t), general(here.t)));
        });
      for (const file of files) {
        const text = readFileSync(new URL(`./assets/${file}`, import.meta.url), "utf8");
        router.get(`/admin/assets/${file}`, (ctx) => {
          ctx.type = file.endsWith(".css") ? "text/css" : "text/javascript";
          ctx.set("Cache-Control", "no-cache");
          ctx.body = text;
        });
      }
    }),
  ];
}

function show(ctx: RouterContext, document: string): void {
  ctx.type = "html";
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.set("Cache-Control", "no-store");
  ctx.set("Vary", "Accept-Language");
  ctx.body = document;
}
