/** A customer's page, with and without the snippet, on an origin of its own. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

export interface Shop {
  plain: string;
  /** The same page with the widget of a tenant. */
  chatting: string;
  close(): void;
}

const paragraph = "<p>Every piece is thrown by hand, glazed in the colours of the season and fired twice in our kiln.</p>";

/** Before everything else: what the browser says about moves and long tasks of the page. */
const watching = `
  window.seen = { moved: 0, longest: 0 };
  new PerformanceObserver((list) => { for (const { value } of list.getEntries()) window.seen.moved += value; }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) window.seen.longest = Math.max(window.seen.longest, duration); }).observe({ type: "longtask", buffered: true });`;

export async function openShop(widgetFrom: string, tenant: string): Promise<Shop> {
  const page = (snippet: string) =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,"><script>${watching}</script></head>
     <body><h1>Ceramics</h1>${paragraph.repeat(80)}${snippet}</body></html>`;
  const snippet = `<script async src="${widgetFrom}/widget.js" data-tenant="${tenant}"></script>`;
  const server = createServer(({ url }, answer) => {
    answer.setHeader("content-type", "text/html");
    answer.end(page(url === "/chatting" ? snippet : ""));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { plain: `${home}/plain`, chatting: `${home}/chatting`, close: () => server.close() };
}
