/** A customer's own site, on an origin of its own, with the snippet that an admin copied from the console. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Shop {
  /** As a person would give it at sign-up. */
  domain: string;
  url: string;
  /** What was pasted into its pages. */
  paste(snippet: string): void;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  let pasted = "";
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", "referrer-policy": "no-referrer" });
    response.end(`<!doctype html><html lang="en"><title>Blue Bay Surf</title><h1>Boards and waves</h1>${pasted}</html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    domain: `localhost:${port}`,
    url: `http://localhost:${port}/`,
    paste: (snippet) => void (pasted = snippet),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
