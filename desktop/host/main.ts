/** `node desktop/host/main.ts`: the console for a browser on this computer. */
import { enableCompileCache, flushCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// Beside the built pages, which belong to whoever runs this; the usual place is open to everybody on the computer.
enableCompileCache(fileURLToPath(new URL("../dist/code", import.meta.url)));
const { run } = await import("./run.ts");
await run(process.env, process.argv.slice(2));
// Otherwise kept only at an orderly end: whoever is killed or switched off would start as slowly again.
flushCompileCache();
