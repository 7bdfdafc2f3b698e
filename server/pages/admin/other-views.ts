/** People, support requests, health, audit, settings, the overview, and what a visit shows. */
import type { T } from "../../../shared/i18n/index.ts";
import { limits } from "../../../shared/model/limits.ts";
import { html, type Html } from "../people/html.ts";
import { asking, field, figure, head, listStates, segments, words } from "./parts.ts";

export function overviewView(t: T): Html {
  return html`${head(t("admin.nav.overview"))}
    <dl class="figures" data-figures>
      ${figure(t("admin.overview.active"), "active", "stopped")} ${figure(t("admin.overview.open"), "openConversations", "waiting")}
      ${figure(t("admin.overview.accounts"), "accounts")} ${figure(t("admin.overview.visits"), "visits")}
      ${figure(t("admin.overview.requests"), "openRequests")} ${figure(t("admin.overview.failed"), "failedJobs")}
    </dl>
    <section class="padded">
      <h2>${t("admin.tenants.latest")}</h2>
      <ul class="entries" data-audit></ul>
      ${listStates(t, t("admin.audit.empty"))}
    </section>
    ${words({ stopped: t("admin.overview.stopped"), waiting: t("admin.overview.waiting") })}`;
}

export function accountsView(t: T): Html {
  return html`${head(t("admin.nav.accounts"))}
    <div class="filters">
      <input
        type="search"
        data-text
        aria-label="${t("admin.accounts.search")}"
        placeholder="${t("admin.accounts.search")}"
        maxlength="200"
      />
    </div>
    <section class="list" aria-label="${t("admin.nav.accounts")}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t("admin.accounts.person")}</th>
            <th scope="col" class="middle">${t("admin.nav.tenants")}</th>
            <th scope="col" class="wide">${t("admin.accounts.since")}</th>
            <th scope="col"><span class="unseen">${t("admin.actions")}</span></th>
          </tr>
        </thead>
        <tbody data-rows></tbody>
      </table>
      ${listStates(t, t("admin.accounts.empty"))}
    </section>
    <template id="account-row"
      ><tr>
        <th scope="row">
          <div class="first">
            <span class="two"><span data-slot="name"></span><small data-slot="email"></small></span
            ><span class="marks" data-slot="marks"></span>
          </div>
        </th>
        <td class="middle" data-slot="tenants"></td>
        <td class="wide"><time data-slot="since"></time></td>
        <td class="number"><button type="button" class="button" data-slot="act"></button></td></tr
    ></template>
    ${asking(t, {
      id: "suspend",
      title: t("admin.accounts.suspend"),
      action: t("admin.accounts.suspend"),
      danger: true,
      fields: html`${field("suspend", { name: "reason", label: t("admin.reason"), most: limits.reason })}
      ${field("suspend", { name: "until", label: t("admin.until"), type: "datetime-local", help: t("admin.untilHelp"), required: false })}`,
    })}
    ${words({
      suspend: t("admin.accounts.suspend"),
      resume: t("admin.accounts.resume"),
      suspended: t("admin.accounts.suspended"),
      superAdmin: t("roles.super_admin"),
      unverified: t("admin.accounts.unverified"),
      noTenant: t("admin.accounts.noTenant"),
      effect: t("admin.accounts.effect"),
    })}`;
}

export function requestsView(t: T): Html {
  return html`${head(t("admin.nav.requests"))}
    <div class="filters">
      ${segments(
        "status",
        t("admin.tenants.status"),
        [
          { value: "open", label: t("admin.requests.open") },
          { value: "answered", label: t("admin.requests.answered") },
          { value: "", label: t("admin.all") },
        ],
        "open",
      )}
    </div>
    <section class="padded" aria-label="${t("admin.nav.requests")}">
      <ul class="cards" data-rows></ul>
      ${listStates(t, t("admin.requests.empty"))}
    </section>
    <template id="request-row"
      ><li class="card">
        <h2 data-slot="subject"></h2>
        <p><small data-slot="who"></small></p>
        <p class="said" data-slot="body"></p>
        <blockquote class="said" data-slot="answer" hidden></blockquote>
        <form data-slot="form" novalidate>
          <label data-slot="label">${t("admin.requests.answer")}</label>
          <textarea name="answer" rows="4" maxlength="${limits.comment}" required></textarea>
          <p class="error" role="alert" data-problem="" hidden></p>
          <div class="row"><button type="submit" class="button primary">${t("admin.requests.send")}</button></div>
        </form>
      </li></template
    >
    ${words({ who: t("admin.requests.who") })}`;
}

export function healthView(t: T): Html {
  return html`${head(t("admin.nav.health"), html`<button type="button" class="button" data-again>${t("admin.health.again")}</button>`)}
    <dl class="figures" data-figures>
      ${figure(t("admin.health.waiting"), "waiting")} ${figure(t("admin.health.running"), "running")}
      ${figure(t("admin.health.failed"), "failed")} ${figure(t("admin.health.lag"), "lag")}
      ${figure(t("admin.health.hits"), "hits", "entries")} ${figure(t("admin.health.maintenance"), "maintenance")}
    </dl>
    <section class="list" aria-label="${t("admin.health.failed")}">
      <table>
        <thead>
          <tr>
            <th scope="col">${t("admin.health.job")}</th>
            <th scope="col" class="middle">${t("admin.health.error")}</th>
            <th scope="col" class="number wide">${t("admin.health.tries")}</th>
            <th scope="col" class="wide">${t("admin.health.last")}</th>
            <th scope="col"><span class="unseen">${t("admin.actions")}</span></th>
          </tr>
        </thead>
        <tbody data-rows></tbody>
      </table>
      ${listStates(t, t("admin.health.none"))}
    </section>
    <template id="job-row"
      ><tr>
        <th scope="row" data-slot="task"></th>
        <td class="middle"><code data-slot="error"></code></td>
        <td class="number wide" data-slot="attempts"></td>
        <td class="wide"><time data-slot="at"></time></td>
        <td class="number"><button type="button" class="button" data-slot="retry">${t("admin.health.retry")}</button></td>
      </tr></template
    >
    ${words({ entries: t("admin.health.entries") })}`;
}

export function auditView(t: T): Html {
  return html`${head(t("admin.nav.audit"))}
    <section class="padded" aria-label="${t("admin.nav.audit")}">
      <p class="notice" data-only hidden><span></span> <a href="/admin/audit">${t("admin.audit.all")}</a></p>
      <ul class="entries long" data-audit></ul>
      ${listStates(t, t("admin.audit.empty"))}
    </section>
    ${words({ only: t("admin.audit.only") })}`;
}

export function settingsView(t: T): Html {
  return html`${head(t("admin.nav.settings"))}
    <section class="padded">
      <h2>${t("admin.maintenance.title")}</h2>
      <p>${t("admin.maintenance.text")}</p>
      <form class="card narrow" data-maintenance novalidate>
        <p><b data-state></b></p>
        ${field("maintenance", {
          name: "message",
          label: t("admin.maintenance.message"),
          help: t("admin.maintenance.messageHelp"),
          most: limits.reason,
          required: false,
        })}
        <p class="error" role="alert" data-problem="" hidden></p>
        <div class="row">
          <button type="submit" class="button danger" data-on>${t("admin.maintenance.on")}</button>
          <button type="submit" class="button primary" data-off hidden>${t("admin.maintenance.off")}</button>
        </div>
      </form>
    </section>
    ${words({ isOn: t("admin.maintenance.isOn"), isOff: t("admin.maintenance.isOff") })}`;
}

/** Only while a visit lasts: what a tenant's admin reads, without a way to write. */
export function visitView(t: T): Html {
  return html`${head(t("admin.visit.page"))}
    <div class="filters">
      ${segments(
        "part",
        t("admin.visit.parts"),
        (["conversations", "team", "settings", "audit"] as const).map((value) => ({ value, label: t(`admin.visit.part.${value}`) })),
        "conversations",
      )}
    </div>
    <div class="split even">
      <section class="padded" aria-label="${t("admin.visit.page")}">
        <ul class="cards slim" data-rows></ul>
        ${listStates(t, t("admin.visit.empty"))}
      </section>
      <aside class="detail" data-detail hidden aria-labelledby="read-title">
        <header><h2 id="read-title" data-slot="title" tabindex="-1"></h2></header>
        <section><ul class="thread" data-thread></ul></section>
      </aside>
    </div>
    ${words({
      none: t("admin.visit.none"),
      visitor: t("states.author.visitor"),
      operator: t("states.author.operator"),
      bot: t("states.author.bot"),
      system: t("states.author.system"),
      note: t("states.kind.note"),
      open: t("states.conversation.open"),
      pending: t("states.conversation.pending"),
      closed: t("states.conversation.closed"),
    })}`;
}
