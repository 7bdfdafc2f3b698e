import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { assertPortFree, freePort, PortInUseError } from "./ports.ts";

const held: Server[] = [];
afterEach(async () => {
  await Promise.all(held.splice(0).map((server) => new Promise((done) => server.close(done))));
});

async function hold(host: string | undefined): Promise<number> {
  const port = await freePort();
  await new Promise<void>((done) => held.push(createServer().listen({ port, host }, () => done())));
  return port;
}

test("a free port is free, and port 0 always is", async () => {
  await assertPortFree(await freePort());
  await assertPortFree(0);
});

test.each([undefined, "127.0.0.1"])("a port held on %s is refused with what to do", async (host) => {
  const port = await hold(host);
  await expect(assertPortFree(port, "CONSOLE_PORT")).rejects.toThrow(
    `Port ${port} is in use by another program. Stop that program, or choose another port, for example CONSOLE_PORT=${port + 1}.`,
  );
  await expect(assertPortFree(port)).rejects.toBeInstanceOf(PortInUseError);
});
