// Puts data into what the server drew. Values go in as text, never as HTML; every sentence comes from the page.
import { Refused } from "./api.js";

/** Numbers and times are written the reader's way. */
export const locale = () => document.documentElement.dataset.locale;

export function word(name, values = {}) {
  let text = "";
  for (const template of document.querySelectorAll("template[data-words]")) {
    const found = template.content.querySelector(`[data-word="${CSS.escape(name)}"]`);
    if (found) text = found.textContent;
  }
  return text.replace(/\{(\w+)\}/g, (whole, key) => (values[key] === undefined || values[key] === null ? whole : String(values[key])));
}

export const number = (value) => new Intl.NumberFormat(locale()).format(value);

/** Clock time today, else the date. */
export function when(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale(), today ? { timeStyle: "short" } : { dateStyle: "medium" }).format(at);
}
export const fully = (iso) => new Intl.DateTimeFormat(locale(), { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));
export const day = (iso) => new Intl.DateTimeFormat(locale(), { dateStyle: "medium" }).format(new Date(iso));

export function time(element, iso) {
  element.textContent = iso ? when(iso) : word("never");
  if (iso) {
    element.dateTime = iso;
    element.title = fully(iso);
  }
}

export const clone = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);
export const slot = (element, name) => element.querySelector(`[data-slot="${name}"]`);
export function put(element, values) {
  for (const [name, value] of Object.entries(values)) slot(element, name).textContent = value;
}

/** Two letters and one of eight tones, the same for a tenant everywhere. */
export function tile(element, { id, name }) {
  const letters = [...new Intl.Segmenter(locale(), { granularity: "word" }).segment(name)].filter(({ isWordLike }) => isWordLike);
  const firsts = letters.slice(0, 2).map(({ segment }) => String.fromCodePoint(segment.codePointAt(0)));
  element.textContent = (firsts.join("") || name.slice(0, 2)).toLocaleUpperCase(locale());
  const tone = [...id].reduce((sum, char) => (sum * 31 + char.codePointAt(0)) % 8, 0);
  element.className = `${element.className.replace(/ ?tone-\d/, "")} tone-${tone}`;
}

const tones = { active: "ok", suspended: "bad", deleting: "warn" };
export function status(element, name) {
  element.textContent = word(name);
  element.className = `chip ${tones[name] ?? ""}`;
}

export function bar(element, used, limit) {
  element.hidden = limit === null;
  if (limit === null) return;
  element.value = limit === 0 ? (used > 0 ? 1 : 0) : Math.min(1, used / limit);
  element.className = used >= limit && used > 0 ? "bad" : used >= limit * 0.8 && used > 0 ? "warn" : "";
}

export const use = (used, limit) =>
  limit === null ? word("unlimited", { used: number(used) }) : word("usedOf", { used: number(used), limit: number(limit) });

/** One entry of the audit as a sentence. */
export function entry({ type, actor, tenant, payload, at }, me) {
  const item = document.createElement("li");
  const values = { ...payload, tenant: tenant?.name ?? payload.name ?? "", actor: nameOf(actor, me) };
  for (const [key, value] of Object.entries(payload))
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value)) values[key] = fully(value);
  if (typeof payload.on === "boolean") values.on = word(payload.on ? "on" : "off");
  if (payload.removed) values.rows = number(Object.values(payload.removed).reduce((sum, rows) => sum + rows, 0));
  const sentence = document.createElement("span");
  sentence.textContent = word(`entry-${type}`, values);
  const moment = document.createElement("time");
  time(moment, at);
  item.append(sentence, moment);
  return item;
}

function nameOf(actor, me) {
  if (me !== undefined && actor.id === me) return word("you");
  return actor.name ?? (actor.kind === "system" ? word("system") : word("someone"));
}

/** What was refused, where it belongs: at its field, or below the form. */
export function showProblem(form, error) {
  clearProblems(form);
  const problem = error instanceof Refused ? error.problem : { title: word("offline") };
  const rest = [];
  for (const { at, message } of problem.errors ?? []) {
    const name = at.split(".").at(-1);
    const place = form.querySelector(`[data-problem="${CSS.escape(name)}"]`);
    const input = form.elements.namedItem(name);
    if (!place || !(input instanceof HTMLElement)) rest.push(message);
    else {
      place.textContent = message;
      place.hidden = false;
      input.setAttribute("aria-invalid", "true");
    }
  }
  const first = form.querySelector("[aria-invalid]");
  first?.focus();
  if (first && rest.length === 0) return;
  const general = form.querySelector('[data-problem=""]');
  general.textContent = [problem.title, ...rest].join(" ");
  general.hidden = false;
}

export function clearProblems(form) {
  for (const place of form.querySelectorAll("[data-problem]")) place.hidden = true;
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/** Runs what a form is for, once at a time, and says what went wrong. */
export function onSubmit(form, run) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter ?? form.querySelector("[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    clearProblems(form);
    run(new FormData(form), event.submitter)
      .catch((error) => showProblem(form, error))
      .finally(() => {
        button.disabled = false;
      });
  });
}

/** A dialog by its id: opened with an effect to read and what to do; closes when that succeeded. */
export function openDialog(id, { effect, values = {}, run }) {
  const dialog = document.getElementById(id);
  const fresh = dialog.cloneNode(true); // without what was typed and listened to last time
  dialog.replaceWith(fresh);
  const form = fresh.querySelector("form");
  if (effect !== undefined) fresh.querySelector("[data-effect]").textContent = effect;
  for (const [name, value] of Object.entries(values)) {
    const input = form.elements.namedItem(name);
    if (input) input.value = value;
  }
  fresh.querySelector("[data-close]").addEventListener("click", () => fresh.close());
  onSubmit(form, async (data) => {
    await run(Object.fromEntries(data));
    fresh.close();
  });
  fresh.showModal();
}

/** A list that is loaded page by page, with its empty and its failed state. */
export function list(root, { load, draw }) {
  const rows = root.querySelector("[data-rows], [data-audit]");
  const [empty, failed, more] = ["empty", "failed", "more"].map((name) => root.querySelector(`[data-${name}]`));
  let next = null;
  let turn = 0;

  async function go(first) {
    const mine = ++turn;
    failed.hidden = true;
    more.disabled = true;
    try {
      const page = await load(first ? undefined : next);
      if (mine !== turn) return; // a newer question was asked meanwhile
      if (first) rows.replaceChildren();
      rows.append(...page.items.map(draw));
      next = page.next ?? null;
      more.hidden = next === null;
      empty.hidden = rows.childElementCount > 0;
    } catch (error) {
      if (mine !== turn) return;
      failed.firstElementChild.textContent = error instanceof Refused ? error.problem.title : word("offline");
      failed.hidden = false;
    } finally {
      more.disabled = false;
    }
  }
  more.addEventListener("click", () => void go(false));
  failed.querySelector("[data-again]").addEventListener("click", () => void go(true));
  return () => go(true);
}

/** Typing pauses before it asks. */
export function whenTyped(input, run) {
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => run(), 200);
  });
}
