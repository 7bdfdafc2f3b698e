/**
 * A unit of work opens with two statements whose answers nobody needs: its transaction and its tenant. They are sent, and what is asked
 * first is sent behind them without waiting (the driver's pipeline): opening costs no way to the database of its own. PostgreSQL answers
 * in order. Should an opening fail, the first question fails with it; without its tenant row security would have shown it nothing.
 */
import type pg from "pg";

type Query = (...given: unknown[]) => unknown; // one of the driver's many overloads

const begins = /^(begin|start transaction)/;
const givesTenant = /^select set_config\(/;
const answeredAlready = { command: "BEGIN", rowCount: 0, rows: [] };

export function openWithoutWaiting(pool: pg.Pool): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as Query;
    let opening: Promise<unknown>[] = [];
    client.query = ((...given: unknown[]) => {
      const [text] = given;
      const answer = query(...given);
      if (!(answer instanceof Promise) || typeof text !== "string") return answer;
      if (begins.test(text) || (opening.length > 0 && givesTenant.test(text))) {
        answer.catch(() => undefined); // told by the first question
        opening.push(answer);
        return Promise.resolve(answeredAlready);
      }
      if (opening.length === 0) return answer;
      const all = Promise.allSettled([...opening, answer]);
      opening = [];
      return all.then((settled) => {
        const failed = settled.find(({ status }) => status === "rejected");
        if (failed?.status === "rejected") throw failed.reason;
        return answer;
      });
    }) as typeof client.query;
  });
}
