/** The widget as a release builds it, into a folder of its own or into the place from which the server serves it. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const build = fileURLToPath(new URL("../../widget/build/build.ts", import.meta.url));

export async function buildWidget(...dist: readonly string[]): Promise<void> {
  await run(process.execPath, [build, ...dist], { env: { ...process.env, NODE_ENV: "production" } });
}
