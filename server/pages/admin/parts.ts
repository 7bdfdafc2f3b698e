/** Small pieces that the pages of the back office are made of. Slots (`data-…`) are filled by the script; it brings no text of its own. */
import type { T } from "../../../shared/i18n/index.ts";
import { html, type Html } from "../people/html.ts";
import { icon } from "./icons.ts";

/** Sentences that the script needs, with `{names}` where it puts values. */
export const words = (list: Readonly<Record<string, string>>): Html =>
  html`<template data-words>${Object.entries(list).map(([name, text]) => html`<span data-word="${name}">${text}</span>`)}</template>`;

export const head = (title: string, actions: Html = html``): Html =>
  html`<div class="head">
    <h1>${title}</h1>
    ${actions}
  </div>`;

export const figure = (label: string, slot: string, more = ""): Html =>
  html`<div>
    <dt>${label}</dt>
    <dd><b data-figure="${slot}">–</b> <span data-figure-more="${more}"></span></dd>
  </div>`;

export interface Field {
  name: string;
  label: string;
  type?: "text" | "email" | "number" | "datetime-local" | "textarea" | "select";
  help?: string;
  options?: readonly { value: string; label: string }[];
  most?: number;
  required?: boolean;
}

/** `prefix` keeps ids apart where several forms stand on one page. */
export function field(prefix: string, { name, label, type = "text", help, options = [], most = 500, required = true }: Field): Html {
  const id = `${prefix}-${name}`;
  const asked = required ? html` required` : html``;
  const described = html` aria-describedby="${id}-help ${id}-problem"`;
  const input =
    type === "select"
      ? html`<select id="${id}" name="${name}" ${described}>
          ${options.map(({ value, label: text }) => html`<option value="${value}">${text}</option>`)}
        </select>`
      : type === "textarea"
        ? html`<textarea id="${id}" name="${name}" rows="4" maxlength="${most}" ${asked} ${described}></textarea>`
        : html`<input id="${id}" name="${name}" type="${type}" maxlength="${most}" autocomplete="off" ${asked} ${described} />`;
  return html`<div class="field">
    <label for="${id}">${label}</label>${input}<small id="${id}-help">${help ?? ""}</small>
    <p class="error" id="${id}-problem" data-problem="${name}" hidden></p>
  </div>`;
}

export interface Choice {
  value: string;
  label: string;
  /** Where the script writes how many there are. */
  count?: string;
}

/** One of a few, side by side. */
export function segments(name: string, legend: string, choices: readonly Choice[], chosen: string): Html {
  return html`<fieldset class="segments">
    <legend class="unseen">${legend}</legend>
    ${choices.map(({ value, label, count }) => {
      const id = `${name}-${value === "" ? "all" : value}`;
      const mark = value === chosen ? html` checked` : html``;
      const number = count === undefined ? html`` : html` <b data-choice-count="${count}"></b>`;
      return html`<input type="radio" name="${name}" id="${id}" value="${value}" ${mark} /><label for="${id}">${label}${number}</label>`;
    })}
  </fieldset>`;
}

export interface Asking {
  id: string;
  title: string;
  /** The effect, before it happens. */
  text?: string;
  fields: Html;
  action: string;
  danger?: boolean;
}

/** A dialog that does one thing, named on its button. */
export function asking(t: T, { id, title, text = "", fields, action, danger = false }: Asking): Html {
  return html`<dialog id="${id}" aria-labelledby="${id}-title">
    <form method="dialog" novalidate>
      <h2 id="${id}-title">${title}</h2>
      <p data-effect>${text}</p>
      ${fields}
      <p class="error" role="alert" data-problem="" hidden></p>
      <div class="row">
        <button type="submit" class="button ${danger ? "danger solid" : "primary"}">${action}</button>
        <button type="button" class="button" data-close>${t("admin.cancel")}</button>
      </div>
    </form>
  </dialog>`;
}

/** The states that every list has. */
export const listStates = (t: T, empty: string): Html =>
  html`<p class="empty" data-empty hidden>${empty}</p>
    <p class="error" role="alert" data-failed hidden>
      <span></span> <button type="button" class="button" data-again>${t("admin.tryAgain")}</button>
    </p>
    <p class="row"><button type="button" class="button" data-more hidden>${t("admin.more")}</button></p>`;

export const closeButton = (t: T, slot: string): Html =>
  html`<button type="button" class="button quiet square" data-${slot} aria-label="${t("admin.close")}">${icon("close")}</button>`;
