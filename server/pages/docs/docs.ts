/** `/docs/`: what stands in `docs/`, for people in a browser. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { page, type Page } from "../../core/http/page.ts";
import { escapeHtml } from "../../core/http/api-docs.ts";
import { docsFolder, readSite, type DocPage, type DocSite } from "./site.ts";

const pictureTypes: Readonly<Record<string, string>> = { ".png": "image/png", ".svg": "image/svg+xml" };
const minute = "public, max-age=60";

export function docsPages(): Page[] {
  return [
    page("docs", (router) => {
      let site: DocSite | undefined;
      const read = () => (site ??= readSite());
      const asset = (name: string) => readFileSync(new URL(`./assets/${name}`, import.meta.url), "utf8");
      for (const [name, type] of [
        ["docs.css", "text/css"],
        ["docs.js", "text/javascript"],
      ] as const) {
        const text = asset(name);
        router.get(`/docs/${name}`, (ctx) => {
          ctx.type = type;
          ctx.set("Cache-Control", minute);
          ctx.body = text;
        });
      }
      router.get("/docs/search.json", (ctx) => {
        ctx.set("Cache-Control", minute);
        ctx.body = [...read().pages.values()].map(({ path, title, headings, text }) => ({ path, title, headings, text }));
      });
      const folder = join(docsFolder, "pictures");
      // Only files that are listed here can be asked for, so that no path leads out of the folder.
      const pictures = new Set(existsSync(folder) ? readdirSync(folder) : []);
      router.get("/docs/pictures/:name", (ctx) => {
        const name = ctx.params["name"] ?? "";
        const type = pictureTypes[extname(name)];
        if (!pictures.has(name) || type === undefined) return;
        ctx.type = type;
        ctx.set("Cache-Control", minute);
        ctx.body = readFileSync(join(folder, name));
      });
      router.get(/^\/docs(?:\/(?<path>.*))?$/, (ctx) => {
        const path = (/^\/docs\/?(.*)$/.exec(ctx.path)?.[1] ?? "").replace(/\/$/, "");
        const found = read().pages.get(path);
        if (!found) return;
        ctx.type = "html";
        ctx.set("Cache-Control", minute);
        ctx.body = frame(read(), found);
      });
    }),
  ];
}

function frame(site: DocSite, shown: DocPage): string {
  const here = `/docs/${shown.path}`;
  const contents = site.contents
    .map(
      ({ group, pages }) =>
        `<li><h2>${escapeHtml(group)}</h2><ul>${pages
          .map(
            ({ path, title }) =>
              `<li><a href="${escapeHtml(path)}"${path === here ? ' aria-current="page"' : ""}>${escapeHtml(title)}</a></li>`,
          )
          .join("")}</ul></li>`,
    )
    .join("");
  const sections = shown.headings.map(({ id, text }) => `<li><a href="#${escapeHtml(id)}">${escapeHtml(text)}</a></li>`).join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(shown.title)} · Switchboard</title><link rel="stylesheet" href="/docs/docs.css"><link rel="icon" href="/assets/mark.svg" type="image/svg+xml">
<script src="/docs/docs.js" defer></script></head><body>
<a class="skip" href="#main">Skip to the text</a>
<header><a class="home" href="/docs/"><img src="/assets/mark.svg" alt="" width="24" height="24">Switchboard</a>
<form role="search"><label for="search">Search the documentation</label><input id="search" type="search" placeholder="Search" autocomplete="off" aria-controls="results"><div id="results" role="status" hidden></div></form></header>
<nav aria-label="Documentation"><ul>${contents}</ul></nav>
<main id="main" tabindex="-1">${shown.markup}</main>
${sections === "" ? "" : `<aside aria-label="On this page"><h2>On this page</h2><ul>${sections}</ul></aside>`}
</body></html>`;
}
