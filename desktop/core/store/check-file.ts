/** Looks through a whole file in a thread of its own: a large one takes seconds, and the core must not stand still. */
import { Worker } from "node:worker_threads";

/** Beside the sources it is TypeScript, beside the packaged core a bundle. */
const script = import.meta.url.endsWith(".ts") ? "check-driver.ts" : "check-driver.js";

export function checkInThread(file: string): Promise<boolean> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL(script, import.meta.url), { workerData: file });
    // A thread that cannot say that the file is whole says nothing about it: only a clear answer throws a cache away.
    worker.once("message", (answer: unknown) => resolve(answer !== "damaged"));
    worker.once("error", () => resolve(true));
    worker.once("exit", () => resolve(true));
  });
}
