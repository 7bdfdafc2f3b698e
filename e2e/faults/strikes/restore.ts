/**
 * The way back from a backup. Two halves: what devices do when the server has forgotten what they know, on the packaged PostgreSQL, where
 * the backup is a copy of the database; and the scripts that an operator runs, with the PostgreSQL tools of this machine.
 */
import type { Fault } from "../faults.ts";
import type { Ground } from "../ground.ts";
import { openScene, type Scene } from "../scene.ts";
import { epochs, epochStatement, findTools, hashes, judgeEpochs, tryScripts, visit } from "./backup.ts";
import { outcomeOf } from "./kills.ts";

const write = (scene: Scene) => Promise.all(scene.operators.map((one) => one.write(scene.visitors[0]?.conversationId() ?? "")));
const rest = (scene: Scene) => Promise.all(scene.operators.map((one) => one.finish()));

const countKept = (ground: Ground, ids: readonly string[]) =>
  visit(ground, "switchboard", async (client) => {
    const { rows } = await client.query<{ kept: number }>("select count(*)::int as kept from message where id = any($1::uuid[])", [ids]);
    return rows[0]?.kept ?? 0;
  });

/** Nobody is connected, and nobody can connect, until `allow`. */
const isolate = (ground: Ground) =>
  visit(ground, "postgres", async (client) => {
    await client.query("alter database switchboard with allow_connections false");
    await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'switchboard'");
  });

async function copy(ground: Ground): Promise<void> {
  await isolate(ground);
  await visit(ground, "postgres", async (client) => {
    await client.query("drop database if exists kept with (force)");
    await client.query("create database kept template switchboard owner switchboard_owner");
    await client.query("alter database switchboard with allow_connections true");
  });
}

async function bringBack(ground: Ground): Promise<void> {
  await isolate(ground);
  await visit(ground, "postgres", async (client) => {
    await client.query("drop database switchboard with (force)");
    await client.query("create database switchboard template kept owner switchboard_owner");
  });
  await visit(ground, "switchboard", (client) => client.query(epochStatement()));
}

export const restoreStrikes: readonly Fault[] = [
  {
    id: "F38",
    name: "restored",
    what: "the database is lost and comes back as it was before operators wrote last (rounds), and by the scripts of `deploy` with equal rows",
    rounds: { short: 1, usual: 2, long: 5 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 3, operators: 2 });
      try {
        const problems: string[] = [];
        let late = 0;
        for (let round = 0; round < rounds; round += 1) {
          for (let volley = 0; volley < 3; volley += 1) await scene.volley();
          await write(scene);
          await rest(scene);
          await ground.server().stop();
          const [before, epochsBefore] = [await hashes(ground.superuserUrl()), await epochs(ground.superuserUrl())];
          await copy(ground);
          await ground.start();

          // Written after the backup and acknowledged: when the database is gone, only the devices know of it.
          const ids: string[] = [];
          for (let n = 0; n < 3; n += 1) ids.push(...(await write(scene)).map(({ id }) => id));
          await rest(scene);
          await ground.server().stop();
          const kept = await countKept(ground, ids);
          await bringBack(ground);
          if (kept !== ids.length) problems.push(`only ${kept} of ${ids.length} messages were acknowledged before the loss`);
          if ((await countKept(ground, ids)) > 0) problems.push("the backup has what was written after it");
          late += kept;
          const [after, epochsAfter] = [await hashes(ground.superuserUrl()), await epochs(ground.superuserUrl())];
          for (const [table, hash] of before) if (after.get(table) !== hash) problems.push(`the rows of ${table} differ from the backup's`);
          problems.push(...judgeEpochs(epochsBefore, epochsAfter));
          await ground.start();
          // Numbers of before the disaster mean nothing any more, to whoever has learnt of it.
          const epoch = epochsAfter.get(scene.shop.tenant.id) ?? 0;
          await Promise.all([...scene.visitors.map((one) => one.reload()), ...scene.operators.map((one) => one.beginAnew(epoch))]);
        }
        const outcome = outcomeOf(rounds, await scene.verdict());
        outcome.wrong.unshift(...problems);
        const tools = findTools();
        const scripts = tools === undefined ? undefined : await tryScripts(ground, tools);
        outcome.wrong.push(...(scripts?.wrong ?? []));
        outcome.figures = {
          ...outcome.figures,
          "acknowledged after the backup": String(late),
          scripts:
            scripts === undefined
              ? "not run: no PostgreSQL tools here"
              : `${scripts.rows} rows of ${scripts.tables} tables equal, restored in ${scripts.seconds} s, PostgreSQL ${scripts.version}`,
        };
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
];
