/** Deletes what a job has to, in transactions of so many rows until one finds fewer: nobody waits long behind it, and a crash loses a part. */
import { system } from "../actor.ts";
import type { Sql } from "../database/sql.ts";
import type { Work } from "../work.ts";

const most = 1_000;

/** `part` deletes at most so many rows and returns them. */
export async function inParts(work: Work, reason: string, part: (most: number) => Sql): Promise<void> {
  for (let gone = most; gone === most;) gone = (await work(system(reason), ({ rows }) => rows(part(most)))).length;
}
