/** `npm run faults -- cluster`: scale-out shown, not claimed. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import type { Outcome } from "../faults.ts";
import { prepareGround } from "../ground.ts";
import type { Chance } from "../random.ts";
import { asClusterDocument, asLine, type ClusterRow } from "../report.ts";
import { checks } from "./checks.ts";
import { startCluster } from "./cluster.ts";
import { bringPrograms } from "./programs.ts";

/** The exit code. What did not run is neither passed nor failed, and not a success. */
export async function runCluster(chance: Chance, env: NodeJS.ProcessEnv): Promise<number> {
  const programs = bringPrograms(env);
  if (typeof programs === "string") {
    console.log(`The cluster did not run: ${programs}.\n0 passed, 0 failed`);
    return 3;
  }
  console.log(`Seed ${chance.seed}. Three servers and two workers behind nginx, one Redis, one PostgreSQL.`);
  const ground = await prepareGround();
  const rows: ClusterRow[] = [];
  try {
    const cluster = await startCluster(ground, programs);
    try {
      for (const { name, what, run } of checks) {
        const began = performance.now();
        const outcome: Outcome = await run(ground, cluster, chance).catch((error: unknown) => ({
          rounds: 0,
          messages: 0,
          interruptions: 0,
          wrong: [inspect(error)],
        }));
        const seconds = (performance.now() - began) / 1_000;
        rows.push({ name, what, outcome, seconds });
        console.log(asLine({ fault: { id: "", name }, outcome, seconds }));
        for (const sentence of outcome.wrong.slice(0, 20)) console.log(`    ${what}: ${sentence}`);
        for (const one of [...cluster.servers, ...cluster.workers, cluster.redis]) if (!one.alive()) await one.start();
      }
    } finally {
      await cluster.stop();
    }
  } finally {
    await ground.stop();
  }
  writeFileSync(fileURLToPath(new URL("../../../docs/proof/cluster.md", import.meta.url)), asClusterDocument(rows, chance.seed));
  const failed = rows.filter(({ outcome }) => outcome.wrong.length > 0).length;
  console.log(`${rows.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
