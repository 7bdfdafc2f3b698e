// A visit to a tenant: its banner with the time that is left, and what it shows. The token only reads; it ends with this page.
import { call, callWith, query } from "./api.js";
import { fully, list, put, slot, word } from "./fill.js";

let visit;

export function beginVisit(begun) {
  visit = begun;
  tick();
}

/** On every page, until it is over. */
export function watchVisit(app) {
  document.querySelector("[data-visit-end]").addEventListener("click", () => {
    // It ends by itself if this does not arrive; the page does not wait for it.
    endVisit().catch(() => undefined);
    if (document.querySelector("main").dataset.view === "visit") void app.navigate("/admin/tenants");
  });
  setInterval(tick, 1_000);
}

export async function endVisit() {
  if (!visit) return;
  const { grantId } = visit;
  visit = undefined;
  tick();
  await call("DELETE", `/api/v1/platform/entries/${grantId}`);
}

function tick() {
  const banner = document.querySelector("[data-visit]");
  const left = visit ? new Date(visit.until).getTime() - new Date().getTime() : 0;
  if (left <= 0) visit = undefined;
  banner.hidden = visit === undefined;
  if (!visit) return;
  const [minutes, seconds] = [Math.floor(left / 60_000), Math.floor((left % 60_000) / 1_000)];
  const text = word("visit", { tenant: visit.name, left: `${minutes}:${String(seconds).padStart(2, "0")}` });
  const place = banner.querySelector("[data-visit-text]");
  if (place.textContent !== text) place.textContent = text;
}

const parts = {
  conversations: {
    load: (cursor) => see(`/api/v1/conversations${query({ cursor })}`),
    draw: (one) => button(one.subject ?? one.preview ?? "–", `${word(one.status)} · ${fully(one.lastAt)}`, () => thread(one)),
  },
  team: {
    load: (cursor) => see(`/api/v1/team/members${query({ cursor })}`),
    draw: (one) => card(one.name, `${one.email} · ${one.role}`),
  },
  settings: {
    load: () => see("/api/v1/settings"),
    draw: (one) => button(one.kind, fully(one.savedAt), () => showText(one.kind, JSON.stringify(one.document, null, 2))),
  },
  audit: {
    load: (cursor) => see(`/api/v1/audit${query({ cursor })}`),
    draw: (one) => card(one.type, `${one.actor.name ?? one.actor.kind} · ${fully(one.at)}`),
  },
};

const see = (path) => (visit ? callWith(visit.token, path) : Promise.resolve({ items: [] }));

export async function showVisit() {
  const main = document.querySelector("main");
  const part = () => parts[main.querySelector("[name=part]:checked").value];
  const load = list(main.querySelector(".padded"), { load: (cursor) => part().load(cursor), draw: (one) => part().draw(one) });
  for (const choice of main.querySelectorAll("[name=part]"))
    choice.addEventListener("change", () => {
      main.querySelector("[data-detail]").hidden = true;
      void load();
    });
  if (!visit) main.querySelector("[data-empty]").textContent = word("none");
  await load();
}

function lines(element, title, about) {
  const strong = document.createElement("b");
  strong.textContent = title;
  const small = document.createElement("small");
  small.textContent = about;
  element.className = "card";
  element.append(strong, document.createElement("br"), small);
  return element;
}

const card = (title, about) => lines(document.createElement("li"), title, about);

function button(title, about, run) {
  const item = document.createElement("li");
  const made = lines(document.createElement("button"), title, about);
  made.type = "button";
  made.addEventListener("click", () => void run());
  item.append(made);
  return item;
}

async function thread(conversation) {
  const { items } = await see(`/api/v1/conversations/${conversation.id}/messages`);
  const sides = { visitor: "visitor", operator: "operator", bot: "bot", system: "system", note: "note" };
  open(
    conversation.subject ?? conversation.preview ?? "–",
    items.map((message) => {
      const item = document.createElement("li");
      const small = document.createElement("small");
      small.textContent = `${word(sides[message.kind])} · ${fully(message.at)}`;
      item.className = message.kind === "note" ? "note" : "";
      item.append(small, message.body);
      return item;
    }),
  );
}

function showText(title, text) {
  const item = document.createElement("li");
  const pre = document.createElement("pre");
  pre.textContent = text;
  item.append(pre);
  open(title, [item]);
}

function open(title, items) {
  const detail = document.querySelector("[data-detail]");
  put(detail, { title });
  detail.querySelector("[data-thread]").replaceChildren(...items);
  detail.hidden = false;
  slot(detail, "title").focus();
}
