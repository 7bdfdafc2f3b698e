/** `docs/` as a site: Markdown to pages, links between files to links between pages, and what a search needs. No page may hold HTML of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Marked, type Tokens } from "marked";
import { escapeHtml } from "../../core/http/api-docs.ts";

export interface DocPage {
  /** `deployment`, `decisions/003-one-log-one-number`; the contents are `""`. */
  path: string;
  title: string;
  markup: string;
  headings: readonly { id: string; text: string }[];
  /** Its words, for the search. */
  text: string;
}

export interface DocSite {
  pages: ReadonlyMap<string, DocPage>;
  /** The list of `docs/README.md`: groups and their pages, in its order. */
  contents: readonly { group: string; pages: readonly { path: string; title: string }[] }[];
}

export const docsFolder = fileURLToPath(new URL("../../../docs/", import.meta.url));

export function readSite(folder = docsFolder): DocSite {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".md"));
  const pages = new Map(files.map((file) => [pathOf(file), render(file, readFileSync(folder + file, "utf8"))]));
  return { pages, contents: contentsOf(readFileSync(`${folder}README.md`, "utf8")) };
}

/** `deployment.md` → `deployment`; a folder's README is the folder, the first one is the contents. */
function pathOf(file: string): string {
  return file.replace(/(^|\/)README\.md$/, "").replace(/\.md$/, "");
}

/** Where a link of this file leads on the site: to a page, a picture, or outside of `docs/` to nowhere, which is then only text. */
export function addressOf(href: string, file: string): string | undefined {
  if (/^(https?:|mailto:)/.test(href)) return URL.canParse(href) ? href : undefined;
  if (href.startsWith("#")) return href;
  if (href.startsWith("/")) return href;
  const [path = "", fragment] = href.split("#");
  if (!URL.canParse(path, `file:///docs/${file}`)) return undefined;
  const resolved = new URL(path, `file:///docs/${file}`).pathname;
  if (!resolved.startsWith("/docs/")) return undefined;
  const inside = resolved.slice("/docs/".length);
  const target = inside.endsWith(".md") ? pathOf(inside) : inside;
  return `/docs/${target}${fragment === undefined ? "" : `#${fragment}`}`;
}

export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-|-$/g, "");
}

function render(file: string, markdown: string): DocPage {
  const headings: { id: string; text: string }[] = [];
  const marked = new Marked({
    gfm: true,
    renderer: {
      html: ({ text }) => escapeHtml(text),
      heading({ tokens, depth }) {
        const markup = this.parser.parseInline(tokens);
        const text = plain(tokens.map(({ raw }) => raw).join(""));
        const id = slug(text);
        if (depth === 2) headings.push({ id, text });
        return `<h${depth} id="${escapeHtml(id)}">${markup}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = addressOf(href, file);
        return address === undefined ? text : `<a href="${escapeHtml(address)}">${text}</a>`;
      },
      image({ href, text }) {
        return `<img src="${escapeHtml(addressOf(href, file) ?? "")}" alt="${escapeHtml(text)}" loading="lazy">`;
      },
      code({ text, lang }) {
        return `<pre data-language="${escapeHtml(lang ?? "")}" tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`;
      },
      table(token: Tokens.Table) {
        const cells = (row: Tokens.TableCell[], tag: string) =>
          row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("");
        const body = token.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
        return `<div class="table" tabindex="0" role="region" aria-label="Table"><table><thead><tr>${cells(token.header, "th")}</tr></thead><tbody>${body}</tbody></table></div>\n`;
      },
    },
  });
  const markup = marked.parse(markdown, { async: false });
  const title = plain(/^#\s+(.+)$/m.exec(markdown)?.[1] ?? file);
  return { path: pathOf(file), title, markup, headings, text: plain(markdown).slice(0, 20_000) };
}

/** Markdown without its marks. */
function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*_#|>]/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

function contentsOf(readme: string): DocSite["contents"] {
  return readme
    .split(/^## /m)
    .slice(1)
    .map((section) => ({
      group: section.split("\n")[0]?.trim() ?? "",
      pages: [...section.matchAll(/\[([^\]]+)\]\(([^)]+)\)/g)].flatMap(([, title = "", href = ""]) => {
        const address = addressOf(href, "README.md");
        // In the list a link stands alone, also where it is a word of a sentence.
        return address?.startsWith("/") ? [{ path: address, title: title.charAt(0).toUpperCase() + title.slice(1) }] : [];
      }),
    }))
    .filter(({ pages }) => pages.length > 0);
}
