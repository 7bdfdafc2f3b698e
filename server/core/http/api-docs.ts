/** The API for readers: a plain page made from the contracts, and the OpenAPI document beside it. */
import type Router from "@koa/router";
import { z } from "zod";
import type { Contract } from "../../../shared/api/contract.ts";
import { problems } from "../../../shared/api/problems.ts";
import type { Core } from "../core.ts";
import { codesOf, createOpenApi } from "./openapi.ts";

export function mountApiDocs(router: Router, core: Core): void {
  let document: unknown;
  let html: string | undefined;
  router.get("/api/v1/openapi.json", (ctx) => {
    document ??= createOpenApi(core.registry.contracts, core.config.PUBLIC_URL);
    ctx.body = document;
  });
  router.get("/docs/api", (ctx) => {
    html ??= apiPage(core.registry.contracts);
    ctx.type = "html";
    ctx.body = html;
  });
  router.get("/docs/api.css", (ctx) => {
    ctx.type = "css";
    ctx.set("Cache-Control", "public, max-age=3600");
    ctx.body = style;
  });
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
}

function apiPage(contracts: readonly Contract[]): string {
  const groups = Map.groupBy(contracts, ({ name }) => name.split(".")[0] ?? name);
  const nav = [...groups]
    .map(([group, list]) => `<li><a href="#${group}">${escapeHtml(group)}</a> <small>${list.length}</small></li>`)
    .join("");
  const body = [...groups]
    .map(([group, list]) => `<section id="${group}"><h2>${escapeHtml(group)}</h2>${list.map(entry).join("")}</section>`)
    .join("");
  const codes = Object.entries(problems)
    .map(
      ([code, { status, todo }]) =>
        `<tr id="problem-${code}"><td><code>${code}</code></td><td>${status}</td><td>${escapeHtml(todo)}</td></tr>`,
    )
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Switchboard API</title>
<link rel="stylesheet" href="/docs/api.css"></head><body><nav aria-label="Contents"><h1>Switchboard API</h1>
<p>JSON over HTTPS, version 1. <a href="/api/v1/openapi.json">OpenAPI document</a> · <a href="/docs/">Guides</a></p><ul>${nav}<li><a href="#problems">Problem codes</a></li></ul></nav>
<main><section id="start"><h2>Start</h2><p>Send <code>Authorization: Bearer &lt;access token&gt;</code>; sign in to get one. Lists answer <code>{ items, next }</code>: pass <code>next</code> as <code>cursor</code> for the next page.
Changes accept an <code>Idempotency-Key</code>: a repeat gets the first answer again. Errors are <code>application/problem+json</code> with a stable <code>code</code>.</p></section>
${body}<section id="problems"><h2>Problem codes</h2><table><thead><tr><th>Code</th><th>Status</th><th>What to do</th></tr></thead><tbody>${codes}</tbody></table></section></main></body></html>`;
}

function entry(contract: Contract): string {
  const { access } = contract;
  const who = access.who === "member" ? (access.may === "any" ? "every member" : `members with <code>${access.may}</code>`) : access.who;
  const parts = [
    schemaBlock("Path", contract.params),
    schemaBlock("Query", contract.query),
    schemaBlock("Body", contract.body),
    schemaBlock("Answer", contract.output, "output"),
  ].join("");
  return `<article id="${contract.name}"><h3><span class="method ${contract.method}">${contract.method}</span> <code>${escapeHtml(contract.path)}</code></h3>
<p>${escapeHtml(contract.summary)}${contract.description ? ` ${escapeHtml(contract.description)}` : ""}</p><p class="who">For ${who}. Answers ${contract.status}; problems: ${codesOf(
    contract,
  )
    .map((code) => `<a href="#problem-${code}"><code>${code}</code></a>`)
    .join(", ")}.</p>${parts}</article>`;
}

function schemaBlock(title: string, schema: z.ZodType, io: "input" | "output" = "input"): string {
  if (schema instanceof z.ZodUndefined) return "";
  if (schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0) return "";
  const json = z.toJSONSchema(schema, { io, unrepresentable: "any", target: "draft-2020-12" });
  delete json.$schema;
  return `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(json, null, 2))}</pre></details>`;
}

const style = `:root{color-scheme:light dark;font:15px/1.55 system-ui,sans-serif;--line:#cbd0d9;--soft:#f1f3f6;--text2:#454b59}
@media(prefers-color-scheme:dark){:root{--line:#3d434f;--soft:#1a1d23;--text2:#b5bac6}}
body{margin:0;display:grid;grid-template-columns:260px minmax(0,1fr);max-width:1200px}nav{padding:24px;border-right:1px solid var(--line);position:sticky;top:0;height:100vh;box-sizing:border-box;overflow:auto}
nav h1{font-size:20px;margin:0 0 8px}nav ul{list-style:none;padding:0}nav li{padding:2px 0}main{padding:24px 32px}article{border-top:1px solid var(--line);padding:12px 0}
h3{font-size:15px;margin:0 0 4px}.method{display:inline-block;min-width:58px;font:600 12px/20px system-ui}pre{background:var(--soft);padding:12px;overflow:auto;border-radius:6px;font-size:13px}
.who,small{color:var(--text2)}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top}
a{color:light-dark(#2c4bc0,#a3b5ff)}@media(max-width:760px){body{display:block}nav{position:static;height:auto;border:0}}`;
