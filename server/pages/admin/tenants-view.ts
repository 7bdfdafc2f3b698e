/** Tenants: the list, one of them beside it, and what can be done about it. */
import { businessTypes } from "../../../shared/api/tenants.ts";
import { languages } from "../../../shared/i18n/languages.ts";
import type { T } from "../../../shared/i18n/index.ts";
import { limits } from "../../../shared/model/limits.ts";
import { planNames } from "../../../shared/model/plans.ts";
import { countedMeters } from "../../entitlements/index.ts";
import { html, type Html } from "../people/html.ts";
import { icon } from "./icons.ts";
import { asking, closeButton, field, head, listStates, segments, words } from "./parts.ts";

const languageNames = { en: "English", th: "ไทย", ja: "日本語" } as const;

export function tenantsView(t: T): Html {
  const plans = planNames.map((value) => ({ value, label: t(`admin.plan.${value}`) }));
  const reason = { name: "reason", label: t("admin.reason"), help: t("admin.reasonHelp"), most: limits.reason } as const;
  return html`${head(
      t("admin.nav.tenants"),
      html`<button type="button" class="button primary" data-open="new-tenant">${icon("plus")}${t("admin.tenants.new")}</button>`,
    )}
    <div class="filters">
      <input type="search" data-text aria-label="${t("admin.tenants.search")}" placeholder="${t("admin.tenants.search")}" maxlength="200" />
      ${segments(
        "status",
        t("admin.tenants.status"),
        [
          { value: "", label: t("admin.all"), count: "all" },
          { value: "active", label: t("states.tenant.active"), count: "active" },
          { value: "suspended", label: t("states.tenant.suspended"), count: "suspended" },
          { value: "deleting", label: t("states.tenant.deleting"), count: "deleting" },
        ],
        "",
      )}
    </div>
    <div class="split">
      <section class="list" aria-label="${t("admin.nav.tenants")}">
        <table>
          <thead>
            <tr>
              <th scope="col">${t("admin.tenants.tenant")}</th>
              <th scope="col">${t("admin.tenants.status")}</th>
              <th scope="col" class="wide">${t("admin.tenants.plan")}</th>
              <th scope="col" class="number wide">${t("admin.meter.members")}</th>
              <th scope="col" class="middle">${t("admin.tenants.thisMonth")}</th>
              <th scope="col" class="number wide">${t("admin.tenants.active")}</th>
            </tr>
          </thead>
          <tbody data-rows></tbody>
        </table>
        ${listStates(t, t("admin.tenants.empty"))}
      </section>
      ${detail(t)}
    </div>
    <template id="tenant-row"
      ><tr>
        <th scope="row">
          <div class="first">
            <span class="tile" data-slot="letters" aria-hidden="true"></span
            ><span class="two"><a href="/admin/tenants" data-slot="name"></a><small data-slot="slug"></small></span>
          </div>
        </th>
        <td><span class="chip" data-slot="status"></span></td>
        <td class="wide" data-slot="plan"></td>
        <td class="number wide" data-slot="members"></td>
        <td class="use middle"><span data-slot="use"></span><progress data-slot="bar" max="1" aria-hidden="true"></progress></td>
        <td class="number wide"><time data-slot="active"></time></td></tr
    ></template>
    ${asking(t, {
      id: "new-tenant",
      title: t("admin.tenants.new"),
      text: t("admin.tenants.newText"),
      action: t("admin.tenants.create"),
      fields: html`${field("new", { name: "business", label: t("admin.tenants.business"), most: limits.tenantName })}
        ${field("new", { name: "site", label: t("admin.tenants.site"), help: t("admin.tenants.siteHelp"), most: limits.domain })}
        ${field("new", { name: "adminEmail", label: t("admin.tenants.adminEmail"), type: "email", help: t("admin.tenants.adminEmailHelp"), most: limits.email })}
        <div class="pair">
          ${field("new", {
            name: "businessType",
            label: t("admin.tenants.businessType"),
            type: "select",
            options: businessTypes.map((value) => ({ value, label: t(`templates.business.${value}`) })),
          })}
          ${field("new", { name: "plan", label: t("admin.tenants.plan"), type: "select", options: plans })}
        </div>
        <div class="pair">
          ${field("new", {
            name: "language",
            label: t("admin.tenants.language"),
            type: "select",
            options: languages.map((value) => ({ value, label: languageNames[value] })),
          })}
          ${field("new", { name: "zone", label: t("admin.tenants.zone"), help: t("admin.tenants.zoneHelp"), most: limits.zone })}
        </div>`,
    })}
    ${asking(t, {
      id: "change-plan",
      title: t("admin.tenants.changePlan"),
      action: t("admin.tenants.changePlan"),
      fields: html`${field("plan", { name: "plan", label: t("admin.tenants.plan"), type: "select", options: plans })}${field("plan", reason)}`,
    })}
    ${asking(t, {
      id: "change-limits",
      title: t("admin.tenants.changeLimits"),
      text: t("admin.tenants.limitsText"),
      action: t("admin.tenants.changeLimits"),
      fields: html`<div class="pair">
          ${countedMeters.map((meter) => field("limits", { name: meter, label: t(`admin.meter.${meter}`), type: "number", required: false }))}
        </div>
        ${field("limits", reason)}`,
    })}
    ${asking(t, {
      id: "suspend",
      title: t("admin.tenants.suspend"),
      action: t("admin.tenants.suspend"),
      danger: true,
      fields: html`${field("suspend", reason)}
      ${field("suspend", { name: "until", label: t("admin.until"), type: "datetime-local", help: t("admin.untilHelp"), required: false })}`,
    })}
    ${asking(t, {
      id: "resume",
      title: t("admin.tenants.resume"),
      text: t("admin.tenants.resumeText"),
      action: t("admin.tenants.resume"),
      fields: field("resume", reason),
    })}
    ${asking(t, {
      id: "delete",
      title: t("admin.tenants.delete"),
      action: t("admin.tenants.delete"),
      danger: true,
      fields: html`${field("delete", { name: "name", label: t("admin.tenants.typeName"), most: limits.tenantName })}${field("delete", reason)}`,
    })}
    ${words({
      active: t("states.tenant.active"),
      suspended: t("states.tenant.suspended"),
      deleting: t("states.tenant.deleting"),
      ...Object.fromEntries(planNames.map((name) => [`plan-${name}`, t(`admin.plan.${name}`)])),
      ...Object.fromEntries(countedMeters.map((meter) => [`meter-${meter}`, t(`admin.meter.${meter}`)])),
      usedOf: t("admin.tenants.usedOf"),
      unlimited: t("admin.tenants.unlimited"),
      since: t("admin.tenants.since"),
      fullAt: t("admin.tenants.fullAt"),
      ownLimit: t("admin.tenants.ownLimit"),
      invited: t("admin.tenants.invited"),
      untilReason: t("admin.tenants.untilReason"),
      forReason: t("admin.tenants.forReason"),
      deletedOn: t("admin.tenants.deletedOn"),
      suspendEffect: t("admin.tenants.suspendEffect"),
      deleteEffect: t("admin.tenants.deleteEffect"),
    })}`;
}

function detail(t: T): Html {
  const fact = (label: string, slot: string) =>
    html`<dt>${label}</dt>
      <dd data-slot="${slot}"></dd>`;
  return html`<aside class="detail" data-detail hidden aria-labelledby="detail-name">
    <header>
      <span class="tile large" data-slot="letters" aria-hidden="true"></span>
      <div>
        <h2 id="detail-name" data-slot="name" tabindex="-1"></h2>
        <p><span class="chip" data-slot="status"></span> <small data-slot="since"></small></p>
      </div>
      ${closeButton(t, "shut")}
    </header>
    <p class="notice" data-slot="why" hidden></p>
    <section>
      <dl class="facts">
        ${fact(t("admin.tenants.admins"), "admins")} ${fact(t("admin.tenants.plan"), "plan")} ${fact(t("admin.tenants.domains"), "domains")}
        ${fact(t("admin.tenants.zone"), "zone")} ${fact(t("admin.tenants.slug"), "slug")} ${fact(t("admin.tenants.messages"), "messages")}
        ${fact(t("admin.tenants.openConversations"), "open")}
      </dl>
    </section>
    <section>
      <h3>
        ${t("admin.tenants.usage")}<button type="button" class="button quiet" data-open="change-limits">
          ${t("admin.tenants.changeLimits")}
        </button>
      </h3>
      <ul class="usage" data-usage></ul>
      <template id="usage-row"
        ><li>
          <span data-slot="meter"></span><progress data-slot="bar" max="1" aria-hidden="true"></progress
          ><span class="number" data-slot="use"></span></li
      ></template>
      <p class="warning" data-slot="forecast" hidden></p>
    </section>
    <section>
      <h3>${t("admin.visit.title")}</h3>
      <form class="card" data-enter novalidate>
        <p>${t("admin.visit.text")}</p>
        <label class="unseen" for="enter-reason">${t("admin.reason")}</label
        ><input
          id="enter-reason"
          name="reason"
          maxlength="${limits.reason}"
          required
          autocomplete="off"
          placeholder="${t("admin.visit.reason")}"
          aria-describedby="enter-reason-problem"
        />
        <p class="error" id="enter-reason-problem" data-problem="reason" hidden></p>
        <p class="error" role="alert" data-problem="" hidden></p>
        <div class="row">
          ${segments(
            "minutes",
            t("admin.visit.howLong"),
            ["15", "30", "60"].map((value) => ({ value, label: t("admin.visit.minutes", { minutes: value }) })),
            "30",
          )}<button type="submit" class="button primary">${t("admin.visit.start")}</button>
        </div>
      </form>
    </section>
    <section>
      <h3>${t("admin.tenants.latest")}<a href="/admin/audit" data-slot="audit">${t("admin.tenants.openAudit")}</a></h3>
      <ul class="entries" data-audit></ul>
    </section>
    <footer>
      <button type="button" class="button" data-open="change-plan">${t("admin.tenants.changePlan")}</button>
      <button type="button" class="button danger" data-open="suspend">${t("admin.tenants.suspend")}</button>
      <button type="button" class="button" data-open="resume">${t("admin.tenants.resume")}</button>
      <button type="button" class="button danger" data-open="delete">${t("admin.tenants.delete")}</button>
    </footer>
  </aside>`;
}
