/** The pages that the journeys open are built from what stands in the folder, whoever runs them and however. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const setup = fileURLToPath(new URL("../setup.mjs", import.meta.url));

export default async function buildStale(): Promise<void> {
  await promisify(execFile)(process.execPath, [setup, "build"]);
}
