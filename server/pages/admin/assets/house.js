// The overview, health, and the installation's settings.
import { call, query } from "./api.js";
import { clearProblems, clone, entry, list, locale, number, onSubmit, put, slot, time, word } from "./fill.js";

function figures(values, more = {}) {
  for (const [name, value] of Object.entries(values))
    document.querySelector(`[data-figure="${name}"]`).textContent = typeof value === "number" ? number(value) : value;
  for (const [name, text] of Object.entries(more)) document.querySelector(`[data-figure-more="${name}"]`).textContent = text;
}

export async function showOverview(app) {
  const main = document.querySelector("main");
  const load = list(main.querySelector(".padded"), {
    load: (cursor) => call("GET", `/api/v1/platform/audit${query({ limit: 20, cursor })}`),
    draw: (one) => entry(one, app.me),
  });
  const overview = await call("GET", "/api/v1/platform/overview");
  const { tenants, openConversations, waitingConversations, accounts, visits, openRequests, failedJobs } = overview;
  const stopped = tenants.suspended + tenants.deleting;
  figures(
    { active: tenants.active, openConversations, accounts, visits, openRequests, failedJobs },
    {
      stopped: stopped > 0 ? word("stopped", { count: number(stopped) }) : "",
      waiting: word("waiting", { count: number(waitingConversations) }),
    },
  );
  await load();
}

const everyMs = 5_000;

export async function showHealth(app) {
  const main = document.querySelector("main");
  const load = list(main.querySelector(".list"), {
    async load() {
      const health = await call("GET", "/api/v1/platform/health");
      const { hits, misses, size } = health.cache;
      const rate = hits + misses === 0 ? "–" : new Intl.NumberFormat(locale(), { style: "percent" }).format(hits / (hits + misses));
      figures(
        {
          ...health.queue,
          lag: health.lagTenants,
          hits: rate,
          maintenance: word(health.maintenance.on ? "on" : "off"),
        },
        { entries: word("entries", { count: number(size) }) },
      );
      return { items: health.failedJobs, next: null };
    },
    draw(job) {
      const row = clone("job-row");
      put(row, { task: job.task, error: job.error ?? "–", attempts: number(job.attempts) });
      time(slot(row, "at"), job.at);
      const retry = slot(row, "retry");
      retry.setAttribute("aria-label", `${retry.textContent}: ${job.task}`);
      retry.addEventListener("click", async () => {
        retry.disabled = true;
        await call("POST", `/api/v1/platform/jobs/${job.id}/retry`).catch(() => undefined); // it ran meanwhile; the list says so
        await Promise.all([load(), app.refreshFrame()]);
      });
      return row;
    },
  });
  main.querySelector(".head [data-again]").addEventListener("click", load);
  const timer = setInterval(() => {
    // Not under somebody's pointer: a button that moves is a button that is missed.
    if (document.visibilityState === "visible" && !main.querySelector("tbody :hover")) void load();
  }, everyMs);
  app.gone.signal.addEventListener("abort", () => clearInterval(timer));
  await load();
}

export async function showSettings(app) {
  const form = document.querySelector("[data-maintenance]");
  function show({ on, message }) {
    form.querySelector("[data-state]").textContent = word(on ? "isOn" : "isOff");
    form.elements.namedItem("message").value = message ?? "";
    form.querySelector("[data-on]").hidden = on;
    form.querySelector("[data-off]").hidden = !on;
    clearProblems(form);
  }
  onSubmit(form, async (data, submitter) => {
    const on = "on" in submitter.dataset;
    show(await call("PUT", "/api/v1/platform/maintenance", { on, message: on ? data.get("message") || null : null }));
    await app.refreshFrame();
  });
  show((await call("GET", "/api/v1/platform/health")).maintenance);
}
