// People, support requests, and the audit.
import { call, query } from "./api.js";
import { clone, day, entry, fully, list, onSubmit, openDialog, put, slot, whenTyped, word } from "./fill.js";

export async function showAccounts() {
  const main = document.querySelector("main");
  const text = main.querySelector("[data-text]");
  const load = list(main.querySelector(".list"), {
    load: (cursor) => call("GET", `/api/v1/platform/accounts${query({ text: text.value.trim(), cursor })}`),
    draw,
  });

  function draw(account) {
    const row = clone("account-row");
    const { can } = account;
    put(row, {
      name: account.name,
      email: account.email,
      tenants: account.tenants.map(({ name, role }) => `${name} (${role})`).join(", ") || word("noTenant"),
    });
    const marks = [
      account.superAdmin && ["superAdmin", "warn"],
      account.suspended && ["suspended", "bad"],
      !account.verified && ["unverified", ""],
    ].filter(Boolean);
    slot(row, "marks").append(
      ...marks.map(([name, tone]) => {
        const chip = document.createElement("span");
        chip.className = `chip ${tone}`;
        chip.textContent = word(name);
        if (name === "suspended") chip.title = account.suspendedReason ?? "";
        return chip;
      }),
    );
    slot(row, "since").textContent = day(account.createdAt);
    const act = slot(row, "act");
    act.hidden = !can.suspend && !can.resume;
    act.textContent = word(can.resume ? "resume" : "suspend");
    act.classList.toggle("danger", can.suspend);
    act.setAttribute("aria-label", `${act.textContent}: ${account.email}`);
    act.addEventListener("click", () => (can.resume ? void resume(account) : suspend(account)));
    return row;
  }

  const address = ({ id }) => `/api/v1/platform/accounts/${id}/suspension`;
  function suspend(account) {
    openDialog("suspend", {
      effect: word("effect", { name: account.name, email: account.email }),
      run: async ({ reason, until }) => {
        await call("POST", address(account), { reason, until: until ? new Date(until).toISOString() : null });
        await load();
      },
    });
  }
  async function resume(account) {
    await call("DELETE", address(account));
    await load();
  }
  whenTyped(text, load);
  await load();
}

export async function showRequests(app) {
  const main = document.querySelector("main");
  const load = list(main.querySelector(".padded"), {
    load: (cursor) =>
      call("GET", `/api/v1/platform/requests${query({ status: main.querySelector("[name=status]:checked").value, cursor })}`),
    draw(request) {
      const row = clone("request-row");
      put(row, {
        subject: request.subject,
        who: word("who", { name: request.askedBy, tenant: request.tenantName, when: fully(request.createdAt) }),
        body: request.body,
      });
      const form = slot(row, "form");
      const answer = slot(row, "answer");
      form.hidden = request.status !== "open";
      answer.hidden = request.status === "open";
      answer.textContent = request.answer ?? "";
      const field = form.querySelector("textarea");
      field.id = `answer-${request.id}`;
      slot(row, "label").htmlFor = field.id;
      onSubmit(form, async (data) => {
        await call("POST", `/api/v1/platform/requests/${request.id}/answer`, { answer: data.get("answer") });
        await Promise.all([load(), app.refreshFrame()]);
      });
      return row;
    },
  });
  for (const choice of main.querySelectorAll("[name=status]")) choice.addEventListener("change", load);
  await load();
}

export async function showAudit(app) {
  const main = document.querySelector("main");
  const tenantId = new URLSearchParams(location.search).get("tenant") ?? undefined;
  const load = list(main.querySelector(".padded"), {
    load: async (cursor) => {
      const page = await call("GET", `/api/v1/platform/audit${query({ tenantId, cursor })}`);
      if (tenantId) {
        const only = main.querySelector("[data-only]");
        only.hidden = false;
        only.firstElementChild.textContent = word("only", { tenant: page.items[0]?.tenant?.name ?? tenantId });
      }
      return page;
    },
    draw: (one) => entry(one, app.me),
  });
  await load();
}
