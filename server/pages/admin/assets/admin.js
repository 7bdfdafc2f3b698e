// The frame: who is signed in, the way between pages without a reload (the token lives in memory), the banner of a visit.
import { call, Refused, signIn, signOut } from "./api.js";
import { onSubmit, word } from "./fill.js";
import { showAudit, showAccounts, showRequests } from "./lists.js";
import { showHealth, showOverview, showSettings } from "./house.js";
import { showTenants } from "./tenants.js";
import { endVisit, showVisit, watchVisit } from "./visit.js";

const views = {
  overview: showOverview,
  tenants: showTenants,
  accounts: showAccounts,
  requests: showRequests,
  health: showHealth,
  audit: showAudit,
  settings: showSettings,
  visit: showVisit,
};

const door = "/admin/sign-in";
/** What the views share: who I am, and how to say that something waits for a super-admin no more. */
const app = { me: undefined, navigate, refreshFrame, gone: new AbortController() };

function toDoor() {
  const back = location.pathname + location.search;
  location.assign(`${door}?back=${encodeURIComponent(back)}`);
}

async function refreshFrame() {
  const { account, tenants, openRequests, failedJobs } = await call("GET", "/api/v1/platform/me");
  app.me = account.id;
  for (const [name, value] of Object.entries({ letters: account.name.slice(0, 1).toUpperCase(), name: account.name, email: account.email }))
    document.querySelector(`[data-me="${name}"]`).textContent = value;
  for (const [name, count] of Object.entries({ tenants, requests: openRequests, health: failedJobs }))
    document.querySelector(`[data-count="${name}"]`).textContent = count > 0 ? count : "";
}

function show() {
  const view = document.querySelector("main").dataset.view;
  for (const link of document.querySelectorAll("[data-nav]")) {
    if (link.dataset.nav === view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  app.gone.abort();
  app.gone = new AbortController();
  Promise.resolve(views[view](app)).catch((error) => {
    if (error instanceof Refused && error.problem.code === "unauthenticated") toDoor();
  });
}

/** The next page's own HTML takes the place of this one's; the script stays, and with it the token. */
let turn = 0;
async function navigate(href, { push = true } = {}) {
  const mine = ++turn;
  const answer = await fetch(href, { headers: { accept: "text/html" }, credentials: "omit" });
  if (!answer.ok) return location.assign(href);
  const text = await answer.text();
  if (mine !== turn) return; // somebody chose another page meanwhile
  const next = new DOMParser().parseFromString(text, "text/html");
  document.title = next.title;
  document.querySelector("main").replaceWith(document.adoptNode(next.querySelector("main")));
  if (push) history.pushState(null, "", href);
  show();
  document.querySelector("main").focus();
  scrollTo(0, 0);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='/admin/']");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (document.body.className === "door") return;
  event.preventDefault();
  navigate(link.getAttribute("href")).catch(() => location.assign(link.href));
});
addEventListener("popstate", () => void navigate(location.href, { push: false }).catch(() => location.reload()));
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  document.getElementById("find")?.focus();
});

function startFrame() {
  document.querySelector(".find").addEventListener("submit", (event) => {
    event.preventDefault();
    void navigate(`/admin/tenants?text=${encodeURIComponent(document.getElementById("find").value)}`);
  });
  document.querySelector("[data-leave]").addEventListener("click", () => {
    endVisit()
      .catch(() => undefined)
      .then(signOut)
      .catch(() => undefined)
      .finally(() => location.assign(door));
  });
  watchVisit(app);
  refreshFrame().then(show, (error) => {
    if (error instanceof Refused && error.problem.code !== "unauthenticated") {
      const problem = document.createElement("p");
      problem.className = "error";
      problem.textContent = error.problem.title;
      document.querySelector("main").prepend(problem);
    } else if (error instanceof Refused) toDoor();
    else document.querySelector("main").prepend(word("offline"));
  });
}

function startDoor() {
  const form = document.querySelector("[data-door]");
  const problem = form.querySelector("[data-problem]");
  problem.dataset.problem = ""; // one place for whatever is wrong
  onSubmit(form, async (data) => {
    await signIn(data.get("email"), data.get("password"));
    const back = new URLSearchParams(location.search).get("back") ?? "";
    // Only to a page of ours.
    location.assign(/^\/admin\/\w+(\?[\w=&%.-]*)?$/.test(back) ? back : "/admin/overview");
  });
}

if (document.body.className === "door") startDoor();
else startFrame();
