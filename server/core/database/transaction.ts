/**
 * One transaction, on one connection of a pool, from its opening to its end.
 *
 * - **Its opening is not waited for.** That it begins and for which tenant is sent, and what is asked first is sent behind it; PostgreSQL
 *   answers in order. Should an opening fail, the first question fails with it; without its tenant row security would have shown it nothing.
 * - **What is asked in one breath leaves in one packet.** A write to a socket costs more than the ORM and its whole unit of work; and
 *   PostgreSQL, woken once instead of for each statement, answers all of them before it sleeps again.
 * - **It ends once.** Whatever comes later is refused, whoever has the connection then. A connection that cannot go back is given up.
 */
import type pg from "pg";

export interface Opening {
  readOnly?: boolean | undefined;
  /** Settings that end with the transaction, such as its tenant. */
  variables?: Readonly<Record<string, string>> | undefined;
}

export class Transaction {
  readonly #client: pg.PoolClient;
  /** How many transactions it is within; those are savepoints for PostgreSQL. */
  readonly #depth: number;
  /** Undefined once it is known to have opened. */
  #opening: Promise<unknown> | undefined;
  #collecting = false;
  #ended = false;
  #released = false;

  static async open(pool: pg.Pool, { readOnly, variables }: Opening = {}): Promise<Transaction> {
    const transaction = new Transaction(await pool.connect(), 0);
    const opening = [transaction.#send(readOnly ? "begin read only" : "begin")];
    const settings = Object.entries(variables ?? {});
    if (settings.length > 0) {
      const list = settings.map((_, index) => `set_config($${2 * index + 1}, $${2 * index + 2}, true)`).join(", ");
      opening.push(transaction.#send(`select ${list}`, settings.flat()));
    }
    transaction.#opening = Promise.all(opening);
    transaction.#opening.catch(() => undefined); // told by the first question
    return transaction;
  }

  private constructor(client: pg.PoolClient, depth: number) {
    this.#client = client;
    this.#depth = depth;
  }

  query(text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> {
    if (this.#ended) return Promise.reject(new Error("A statement came after the end of its transaction."));
    return this.#ask(text, values);
  }

  /** A transaction within this one, which can fail alone. */
  async within(): Promise<Transaction> {
    const depth = this.#depth + 1;
    await this.query(`savepoint s${depth}`);
    return new Transaction(this.#client, depth);
  }

  async commit(): Promise<void> {
    if (this.#ended) throw new Error("A transaction ends once.");
    this.#ended = true;
    const { command } = await this.#ask(this.#depth === 0 ? "commit" : `release savepoint s${this.#depth}`);
    this.#release();
    // PostgreSQL does not call it a failure when the end of a failed transaction is asked for.
    if (command === "ROLLBACK") throw new Error("Nothing of this transaction was kept, because a statement in it had failed.");
  }

  /** Also after a commit that failed. */
  async rollback(): Promise<void> {
    this.#ended = true;
    if (this.#released) return;
    try {
      await this.#ask(this.#depth === 0 ? "rollback" : `rollback to savepoint s${this.#depth}`);
      this.#release();
    } catch (error) {
      this.#release(error);
      throw error;
    }
  }

  #release(broken?: unknown): void {
    this.#released = true;
    if (this.#depth === 0) this.#client.release(broken instanceof Error ? broken : broken !== undefined);
  }

  async #ask(text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
    const answer = this.#send(text, values);
    if (this.#opening) {
      answer.catch(() => undefined); // of the two failures the opening's is the cause
      await this.#opening;
      this.#opening = undefined;
    }
    return answer;
  }

  #send(text: string, values?: readonly unknown[]): Promise<pg.QueryResult> {
    if (!this.#collecting) {
      const { stream } = this.#client.connection;
      this.#collecting = true;
      stream.cork();
      // Behind every step that follows without waiting for anybody, so behind an opening and what is asked first.
      process.nextTick(() => {
        this.#collecting = false;
        stream.uncork();
      });
    }
    return values ? this.#client.query(text, [...values]) : this.#client.query(text);
  }
}
