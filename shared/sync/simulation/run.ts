/**
 * `node shared/sync/simulation/run.ts [--seeds 10000] [--from 1] [--rule name] [--long] [--trace]`
 *
 * Without `--rule`: many seeds with all rules, which must be clean, and each of the twelve rules taken away, which must be noticed. With
 * `--rule`: only that one, taken away. `--long` makes each run four times as long. `--trace` tells one run in words.
 */
import { isRule, ruleNames, rules } from "./rules.ts";
import type { Rule } from "./rules.ts";
import { run } from "./world.ts";

/** `shared` has no types of Node, so that nothing here leans on it; this program alone runs there, and says what it needs. */
interface WorkerThreads {
  isMainThread: boolean;
  parentPort: { postMessage(outcome: Outcome): void } | null;
  workerData: Task;
  Worker: new (
    file: string,
    options: { workerData: Task },
  ) => { once(event: "message", hear: (outcome: Outcome) => void): void; once(event: "error", hear: (error: Error) => void): void };
}
interface Util {
  parseArgs(config: { options: Record<string, { type: "string" | "boolean"; default?: string | boolean }> }): {
    values: { seeds?: string; from: string; rule?: string; long: boolean; trace: boolean };
  };
}
declare const process: {
  argv: string[];
  exitCode: number;
  getBuiltinModule(name: "node:worker_threads"): WorkerThreads;
  getBuiltinModule(name: "node:util"): Util;
};
declare const console: { log(line: string): void; error(line: string): void };
declare const performance: { now(): number };

const { isMainThread, parentPort, workerData, Worker } = process.getBuiltinModule("node:worker_threads");
const { parseArgs } = process.getBuiltinModule("node:util");

interface Task {
  from: number;
  seeds: number;
  steps: number;
  removed: Rule | null;
  /** Enough is known with the first. */
  stopAtFirst: boolean;
}

interface Outcome {
  ran: number;
  failing: { seed: number; kinds: string[]; detail: string }[];
}

const usualSteps = 160;

function runTask({ from, seeds, steps, removed, stopAtFirst }: Task): Outcome {
  const failing: Outcome["failing"] = [];
  let ran = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    ran += 1;
    const { violations } = run({ seed, removed, steps });
    const [first] = violations;
    if (!first) continue;
    failing.push({ seed, kinds: [...new Set(violations.map((one) => one.kind))], detail: first.detail });
    if (stopAtFirst) break;
  }
  return { ran, failing };
}

function inWorker(task: Task): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(process.argv[1] ?? "", { workerData: task });
    worker.once("message", (outcome: Outcome) => resolve(outcome));
    worker.once("error", reject);
  });
}

/** Two at a time: one for each processor of a small machine. */
async function runAll(tasks: readonly Task[], done: (task: Task, outcome: Outcome) => void): Promise<void> {
  const waiting = [...tasks];
  const lane = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) done(task, await inWorker(task));
  };
  await Promise.all([lane(), lane()]);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: "string" },
      from: { type: "string", default: "1" },
      rule: { type: "string" },
      long: { type: "boolean", default: false },
      trace: { type: "boolean", default: false },
    },
  });
  const from = Number(values.from);
  const steps = values.long ? usualSteps * 4 : usualSteps;
  const { rule } = values;
  if (rule !== undefined && !isRule(rule)) {
    console.error(`No such rule: ${rule}. There are: ${ruleNames.join(", ")}`);
    return 2;
  }
  const seeds = Number(values.seeds ?? (rule === undefined ? 10_000 : rules[rule].within));
  if (!Number.isInteger(from) || !Number.isInteger(seeds) || seeds < 1) {
    console.error("--seeds and --from are whole numbers");
    return 2;
  }
  if (values.trace) {
    const { violations } = run({ seed: from, removed: rule ?? null, steps, tell: (line) => console.log(line()) });
    for (const one of violations) console.log(`${one.kind}: ${one.detail}`);
    return violations.length > 0 ? 1 : 0;
  }

  let passed = 0;
  let failed = 0;
  const replay = (seed: number, removed: Rule | null) =>
    `node shared/sync/simulation/run.ts --trace --from ${seed}${removed ? ` --rule ${removed}` : ""}${values.long ? " --long" : ""}`;

  const say = (task: Task, { ran, failing }: Outcome) => {
    if (task.removed !== null) {
      const [first] = failing;
      if (first) passed += 1;
      else failed += 1;
      const what = first ? `noticed at seed ${first.seed} (${first.kinds.join(", ")})` : `NOT NOTICED in ${ran} seeds`;
      console.log(`rule ${rules[task.removed].number} ${task.removed} taken away: ${what}`);
      return;
    }
    passed += ran - failing.length;
    failed += failing.length;
    for (const { seed, kinds, detail } of failing) {
      console.log(`seed ${seed} failed: ${kinds.join(", ")}\n  ${detail}\n  replay: ${replay(seed, null)}`);
    }
  };

  const removed = rule === undefined ? ruleNames : [rule];
  const tasks: Task[] = removed.map((one) => ({
    from,
    seeds: rule === undefined ? rules[one].within : seeds,
    steps,
    removed: one,
    stopAtFirst: true,
  }));
  const chunk = 500;
  if (rule === undefined) {
    for (let done = 0; done < seeds; done += chunk) {
      tasks.push({ from: from + done, seeds: Math.min(chunk, seeds - done), steps, removed: null, stopAtFirst: false });
    }
  }
  const began = performance.now();
  await runAll(tasks, say);
  console.log(`${Math.round((performance.now() - began) / 1_000)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
}

if (isMainThread) process.exitCode = await main();
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
else parentPort?.postMessage(runTask(workerData));
