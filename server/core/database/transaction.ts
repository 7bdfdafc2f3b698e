/**
 * One transaction, on one connection of a pool, from its opening to its end.
 *
 * - **Its opening is not waited for.** That it begins and for which tenant is sent, and what is asked first is sent behind it; PostgreSQL
 *   answers in order. Should an opening fail, the first question fails with it; without its tenant row security would have shown it nothing.
 * - **What is asked in one breath leaves in one packet.** A write to a socket costs more than the ORM and its whole unit of work; and
 *   PostgreSQL, woken once instead of for each statement, answers all of them before it sleeps again.
 * - **Its end leaves with what is asked last**, where that is known beforehand. PostgreSQL makes a rollback of it when something before failed.
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
  /** So many questions are still to come before the commit leaves by itself. */
  #left: number | undefined;
  /** The answer to a commit that is on its way and was not waited for yet. */
  #end: Promise<pg.QueryResult> | undefined;
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
    const answer = this.#ask(text, values);
    if (this.#left !== undefined) this.endBehind(this.#left - 1);
    return answer;
  }

  /**
   * So many questions are still to come, and the commit goes out behind the last of them, whatever they are answered. It is the caller's
   * to know the number: after fewer the commit waits until it is asked for, and one more is refused.
   */
  endBehind(questions: number): void {
    this.#left = questions;
    if (questions > 0) return;
    this.#left = undefined;
    this.#end = this.#finish();
    this.#end.catch(() => undefined); // told by whoever commits or rolls back
  }

  /** A transaction within this one, which can fail alone. */
  async within(): Promise<Transaction> {
    const depth = this.#depth + 1;
    await this.query(`savepoint s${depth}`);
    return new Transaction(this.#client, depth);
  }

  async commit(): Promise<void> {
    if (this.#ended && !this.#end) throw new Error("A transaction ends once.");
    const end = this.#end ?? this.#finish();
    const { command } = await end;
    this.#release();
    // PostgreSQL does not call it a failure when the end of a failed transaction is asked for.
    if (command === "ROLLBACK") throw new Error("Nothing of this transaction was kept, because a statement in it had failed.");
  }

  /** Also after a commit that failed, or that left behind a statement that failed. */
  async rollback(): Promise<void> {
    this.#ended = true;
    if (this.#released) return;
    try {
      if (!this.#end || !(await answered(this.#end)))
        await this.#ask(this.#depth === 0 ? "rollback" : `rollback to savepoint s${this.#depth}`);
      this.#release();
    } catch (error) {
      this.#release(error);
      throw error;
    }
  }

  #finish(): Promise<pg.QueryResult> {
    this.#ended = true;
    return this.#ask(this.#depth === 0 ? "commit" : `release savepoint s${this.#depth}`);
  }

  #release(broken?: unknown): void {
    this.#released = true;
    this.#end = undefined;
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

const answered = (question: Promise<unknown>) =>
  question.then(
    () => true,
    () => false,
  );
