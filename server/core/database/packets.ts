/**
 * What is asked of a connection in one breath leaves in one packet. A write to a socket costs more than the ORM and its whole unit of
 * work; and PostgreSQL, woken once instead of for each statement, answers all of them before it sleeps again.
 */
import type pg from "pg";

export function sendInOnePacket(pool: pg.Pool): void {
  pool.on("connect", (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown; // one of its many overloads
    const { stream } = client.connection;
    let collecting = false;
    client.query = ((...given: unknown[]) => {
      if (!collecting) {
        collecting = true;
        stream.cork();
        // Behind every step that follows without waiting for anybody, so behind an opening and what is asked first.
        process.nextTick(() => {
          collecting = false;
          stream.uncork();
        });
      }
      return query(...given);
    }) as typeof client.query;
  });
}
