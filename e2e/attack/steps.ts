/** How many steps our own code takes, counted by the engine and therefore the same on every machine. */
import { Session } from "node:inspector/promises";

/** Blocks of source that `run` goes through, each as often as it does. What the engine does by itself (a search, a pattern) is none. */
export type CountSteps = (run: () => void) => Promise<number>;

/** Counts in sources below that folder, and only in what is imported afterwards: the engine prepares a source when it compiles it. */
export async function startCounting(folder: string): Promise<CountSteps> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  async function take(): Promise<number> {
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const blocks = result.filter(({ url }) => url.includes(folder)).flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
    return blocks.reduce((sum, { count }) => sum + count, 0);
  }
  return async (run) => {
    await take(); // and thereby begins at nought
    run();
    return take();
  };
}
