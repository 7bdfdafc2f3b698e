// Tenants: search, filter, one of them beside the list, and what is done about it.
import { call, query } from "./api.js";
import {
  bar,
  clone,
  day,
  entry,
  fully,
  list,
  number,
  onSubmit,
  openDialog,
  put,
  slot,
  status,
  tile,
  time,
  use,
  whenTyped,
  word,
} from "./fill.js";
import { beginVisit } from "./visit.js";

const base = "/api/v1/platform/tenants";
const at = (id) => `${base}/${id}`;

export async function showTenants(app) {
  const main = document.querySelector("main");
  const asked = new URLSearchParams(location.search);
  const text = main.querySelector("[data-text]");
  text.value = asked.get("text") ?? "";
  const detail = main.querySelector("[data-detail]");
  let chosen = asked.get("id");

  const chosenStatus = () => main.querySelector("[name=status]:checked").value;
  const load = list(main.querySelector(".list"), {
    load: (cursor) => call("GET", base + query({ text: text.value.trim(), status: chosenStatus(), cursor, limit: 50 })),
    draw,
  });

  function draw(tenant) {
    const row = clone("tenant-row");
    row.dataset.id = tenant.id;
    row.className = tenant.id === chosen ? "chosen" : "";
    tile(slot(row, "letters"), tenant);
    put(row, { name: tenant.name, slug: tenant.slug, plan: word(`plan-${tenant.plan}`), members: number(tenant.members) });
    slot(row, "name").href = `/admin/tenants?id=${tenant.id}`;
    slot(row, "name").addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      void open(tenant.id);
    });
    status(slot(row, "status"), tenant.status);
    slot(row, "use").textContent = use(tenant.conversationsThisMonth, tenant.conversationLimit);
    bar(slot(row, "bar"), tenant.conversationsThisMonth, tenant.conversationLimit);
    time(slot(row, "active"), tenant.lastActiveAt);
    return row;
  }

  function mark() {
    for (const row of main.querySelectorAll("[data-rows] tr")) row.className = row.dataset.id === chosen ? "chosen" : "";
    const address = chosen ? `/admin/tenants?id=${chosen}` : "/admin/tenants";
    history.replaceState(null, "", address);
  }

  async function open(id) {
    chosen = id;
    mark();
    const tenant = await call("GET", at(id));
    if (chosen !== id) return;
    fill(detail, tenant, app);
    detail.hidden = false;
    detail.dataset.id = id;
    slot(detail, "name").focus();
  }

  /** After something was done: the row, the panel and the counts as they are now. */
  async function done(id) {
    await Promise.all([load(), counts(), app.refreshFrame()]);
    await open(id);
  }

  async function counts() {
    const { tenants } = await call("GET", "/api/v1/platform/overview");
    const all = tenants.active + tenants.suspended + tenants.deleting;
    for (const [name, count] of Object.entries({ all, ...tenants }))
      main.querySelector(`[data-choice-count="${name}"]`).textContent = number(count);
  }

  detail.querySelector("[data-shut]").addEventListener("click", () => {
    const before = main.querySelector(`tr[data-id="${chosen}"] a`);
    chosen = null;
    detail.hidden = true;
    mark();
    before?.focus();
  });
  whenTyped(text, load);
  for (const choice of main.querySelectorAll("[name=status]")) choice.addEventListener("change", load);
  main.querySelector('[data-open="new-tenant"]').addEventListener("click", () =>
    openDialog("new-tenant", {
      values: { zone: Intl.DateTimeFormat().resolvedOptions().timeZone, language: document.documentElement.lang },
      run: async (values) => done((await call("POST", base, { id: newId(), ...values })).id),
    }),
  );
  actions(detail, done);
  onSubmit(detail.querySelector("[data-enter]"), async (data) => {
    const id = detail.dataset.id;
    const visit = await call("POST", `${at(id)}/entry`, { reason: data.get("reason"), minutes: Number(data.get("minutes")) });
    detail.querySelector("[data-enter]").reset();
    beginVisit({ ...visit, name: slot(detail, "name").textContent });
    await done(id);
  });
  await Promise.all([load(), counts(), ...(chosen ? [open(chosen)] : [])]);
}

function fill(detail, tenant, app) {
  tile(slot(detail, "letters"), tenant);
  status(slot(detail, "status"), tenant.status);
  const admins = [
    ...tenant.admins.map(({ name, email }) => `${name} · ${email}`),
    ...tenant.invited.map((email) => word("invited", { email })),
  ];
  put(detail, {
    name: tenant.name,
    since: word("since", { date: day(tenant.createdAt) }),
    admins: admins.join(", ") || "–",
    plan: word(`plan-${tenant.plan}`),
    domains: tenant.domains.join(", ") || "–",
    zone: tenant.zone,
    slug: tenant.slug,
    messages: number(tenant.messagesLast7Days),
    open: number(tenant.openConversations),
  });
  const why = slot(detail, "why");
  why.hidden = tenant.status === "active";
  const name = tenant.status === "deleting" ? "deletedOn" : tenant.statusUntil ? "untilReason" : "forReason";
  why.textContent = word(name, { reason: tenant.statusReason ?? "–", until: tenant.statusUntil ? fully(tenant.statusUntil) : "" });

  const full = tenant.usage.items.find(({ fullAt }) => fullAt !== null);
  detail.querySelector("[data-usage]").replaceChildren(
    ...tenant.usage.items.map(({ meter, used, limit }) => {
      const row = clone("usage-row");
      const label = word(`meter-${meter}`);
      put(row, { meter: meter in tenant.limits ? word("ownLimit", { meter: label }) : label, use: use(used, limit) });
      bar(slot(row, "bar"), used, limit);
      return row;
    }),
  );
  slot(detail, "forecast").hidden = full === undefined;
  if (full) slot(detail, "forecast").textContent = word("fullAt", { meter: word(`meter-${full.meter}`), date: day(full.fullAt) });
  detail.querySelector("[data-audit]").replaceChildren(...tenant.audit.map((one) => entry(one, app.me)));
  slot(detail, "audit").href = `/admin/audit?tenant=${tenant.id}`;
  for (const [open, may] of Object.entries({ suspend: tenant.can.suspend, resume: tenant.can.resume, delete: tenant.can.delete }))
    detail.querySelector(`[data-open="${open}"]`).hidden = !may;
  detail.tenant = tenant;
}

function actions(detail, done) {
  const on = (name, make) =>
    detail.querySelector(`[data-open="${name}"]`).addEventListener("click", () => {
      const { tenant } = detail;
      const { run, ...options } = make(tenant);
      openDialog(name, {
        ...options,
        run: async (values) => {
          await run(values);
          await done(tenant.id);
        },
      });
    });
  const until = (value) => (value ? new Date(value).toISOString() : null);
  on("change-plan", (tenant) => ({
    values: { plan: tenant.plan },
    run: (values) => call("PUT", `${at(tenant.id)}/plan`, values),
  }));
  on("change-limits", (tenant) => ({
    values: Object.fromEntries(Object.entries(tenant.limits).map(([meter, limit]) => [meter, limit ?? ""])),
    run: ({ reason, ...values }) => {
      const limits = Object.fromEntries(Object.entries(values).flatMap(([meter, value]) => (value === "" ? [] : [[meter, Number(value)]])));
      return call("PUT", `${at(tenant.id)}/limits`, { limits, reason });
    },
  }));
  on("suspend", (tenant) => ({
    effect: word("suspendEffect", { name: tenant.name, members: number(tenant.members) }),
    run: (values) => call("POST", `${at(tenant.id)}/suspension`, { reason: values.reason, until: until(values.until) }),
  }));
  on("resume", (tenant) => ({
    run: (values) => call("DELETE", `${at(tenant.id)}/suspension${query(values)}`),
  }));
  on("delete", (tenant) => ({
    effect: word("deleteEffect", { name: tenant.name, members: number(tenant.members) }),
    run: (values) => call("POST", `${at(tenant.id)}/deletion`, values),
  }));
}

/** UUIDv7, made here so that a repeated call makes one tenant. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const now = BigInt(new Date().getTime());
  for (let index = 0; index < 6; index += 1) bytes[index] = Number((now >> BigInt(8 * (5 - index))) & 255n);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
