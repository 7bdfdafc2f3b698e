/** Asks before listening, so that a taken port is one clear sentence instead of a stack trace half-way through the start. */
import { createServer } from "node:net";

export class PortInUseError extends Error {
  readonly port: number;

  constructor(port: number, variable: string) {
    super(`Port ${port} is in use by another program. Stop that program, or choose another port, for example ${variable}=${port + 1}.`);
    this.name = "PortInUseError";
    this.port = port;
  }
}

/** Port 0 means "any", which is always free. `variable` is the setting that people would change. */
export async function assertPortFree(port: number, variable = "PORT"): Promise<void> {
  if (port === 0) return;
  // A listener on 127.0.0.1 alone does not clash with one on all addresses, but it would take our visitors: ask for both.
  for (const host of [undefined, "127.0.0.1"]) {
    try {
      await listenOnce(port, host);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === "EADDRINUSE") throw new PortInUseError(port, variable);
      if (code === "EACCES")
        throw new Error(
          `Port ${port} may only be opened by the system's administrator. Choose one above 1023, for example ${variable}=4000.`,
          {
            cause: error,
          },
        );
      throw error;
    }
  }
}

/** A port on this machine that was free a moment ago; who binds it must be ready to ask again. */
export function freePort(): Promise<number> {
  return listenOnce(0, "127.0.0.1");
}

function listenOnce(port: number, host: string | undefined): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
