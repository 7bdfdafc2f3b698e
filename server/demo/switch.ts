/** The demo's way to see the console work without a server: Enter in the terminal takes the server away, and brings it back. */
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import type { Running } from "../serve.ts";

export interface Switch {
  /** The server as it began. */
  first: Running;
  listenTo(keyboard: Readable): void;
  stop(): Promise<void>;
}

export function createSwitch(first: Running, open: () => Promise<Running>): Switch {
  let running: Running | undefined = first;
  // One turn after the other, however often the key is pressed.
  let turning = Promise.resolve();

  async function turn(): Promise<void> {
    if (running) {
      const ending = running;
      running = undefined;
      await ending.stop();
      console.log("  The server is away. The console goes on; what is written there waits. Press Enter to bring it back.");
    } else {
      running = await open();
      console.log("  The server is back. What waited is sent.");
    }
  }

  return {
    first,
    listenTo(keyboard) {
      createInterface({ input: keyboard }).on("line", () => {
        turning = turning.then(turn).catch((error: unknown) => console.error(`✗ ${String(error)}`));
      });
    },
    async stop() {
      await turning;
      await running?.stop();
    },
  };
}
