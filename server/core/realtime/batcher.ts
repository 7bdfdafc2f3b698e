/**
 * Group commit: items that arrive while a batch runs go together in the next one. Nobody waits for a timer: an idle lane starts at the
 * end of the current turn of the event loop, a busy one starts the next batch the moment the last has committed.
 */
export interface BatcherParts<Item, Result> {
  /** All items in one statement; results in the order of the items. May be run again with the same items. */
  run(items: readonly Item[]): Promise<Result[]>;
  /** Items of one key are in one lane, in order. */
  laneOf(item: Item): string;
  lanes: number;
  /** Most items of a batch. */
  most: number;
  /** Items that may wait in a lane; more are refused at once. */
  mostWaiting: number;
  /** May the whole batch be run again after this error? Only because every item knows whether it was done. */
  isRetryable(error: unknown): boolean;
  retries: number;
  pause(attempt: number): Promise<void>;
  refused(): Error;
  /**
   * Items whose result says that what they want is in somebody else's hands: they go back to the head of their lane and are tried again
   * after a pause. Whatever comes later for the same thing stays behind them, others pass.
   */
  held: {
    is(result: Result): boolean;
    of(item: Item): string;
    pause(): Promise<void>;
    /** So often; then the item is given the result as it is. */
    tries: number;
  };
}

export interface Batcher<Item, Result> {
  add(item: Item): Promise<Result>;
  waiting(): number;
}

interface Entry<Item, Result> {
  item: Item;
  tried: number;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

export function createBatcher<Item, Result>(parts: BatcherParts<Item, Result>): Batcher<Item, Result> {
  type Waiting = Entry<Item, Result>;
  type Line = { queue: Waiting[]; busy: boolean; parked: Set<string> };
  const lines: Line[] = Array.from({ length: parts.lanes }, () => ({ queue: [], busy: false, parked: new Set() }));

  /** Answers those that must be tried again, in their order. */
  async function attempt(batch: readonly Waiting[]): Promise<Waiting[]> {
    for (let tried = 0; ; tried += 1) {
      try {
        const results = await parts.run(batch.map(({ item }) => item));
        return batch.filter((entry, index) => {
          const result = results[index];
          entry.tried += 1;
          if (result === undefined) entry.reject(new Error("A batch answered fewer items than it was given."));
          else if (parts.held.is(result) && entry.tried < parts.held.tries) return true;
          else entry.resolve(result);
          return false;
        });
      } catch (error) {
        if (parts.isRetryable(error) && tried < parts.retries) {
          await parts.pause(tried);
          continue;
        }
        // One bad item must not fail the others: halves find it.
        if (batch.length > 1 && !parts.isRetryable(error)) return halves(batch);
        for (const { reject } of batch) reject(error);
        return [];
      }
    }
  }

  /** The second half after the first, without what must stay behind something that the first half found held. */
  async function halves(batch: readonly Waiting[]): Promise<Waiting[]> {
    const half = batch.length >> 1;
    const held = new Set(await attempt(batch.slice(0, half)));
    const keys = new Set([...held].map(({ item }) => parts.held.of(item)));
    const passing: Waiting[] = [];
    for (const entry of batch.slice(half))
      if (keys.has(parts.held.of(entry.item))) held.add(entry);
      else passing.push(entry);
    if (passing.length > 0) for (const entry of await attempt(passing)) held.add(entry);
    return batch.filter((entry) => held.has(entry));
  }

  /** The next in order, without what is parked. */
  function take({ queue, parked }: Line): Waiting[] {
    if (parked.size === 0) return queue.splice(0, parts.most);
    const batch: Waiting[] = [];
    const left: Waiting[] = [];
    for (const entry of queue.splice(0)) (batch.length < parts.most && !parked.has(parts.held.of(entry.item)) ? batch : left).push(entry);
    queue.push(...left);
    return batch;
  }

  function park(line: Line, held: readonly Waiting[]): void {
    line.queue.unshift(...held);
    for (const key of new Set(held.map(({ item }) => parts.held.of(item)))) {
      line.parked.add(key);
      void parts.held.pause().then(() => {
        line.parked.delete(key);
        begin(line);
      });
    }
  }

  async function work(line: Line): Promise<void> {
    for (let batch = take(line); batch.length > 0; batch = take(line)) {
      const held = await attempt(batch);
      if (held.length > 0) park(line, held);
    }
    line.busy = false;
  }

  function begin(line: Line): void {
    if (line.busy || line.queue.length === 0) return;
    line.busy = true;
    setImmediate(() => void work(line));
  }

  return {
    add(item) {
      const line = lines[hash(parts.laneOf(item)) % lines.length];
      if (!line || line.queue.length >= parts.mostWaiting) return Promise.reject(parts.refused());
      return new Promise<Result>((resolve, reject) => {
        line.queue.push({ item, tried: 0, resolve, reject });
        begin(line);
      });
    },
    waiting: () => lines.reduce((sum, { queue }) => sum + queue.length, 0),
  };
}

/** FNV-1a; only to spread keys. */
function hash(key: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < key.length; at += 1) value = Math.imul(value ^ key.charCodeAt(at), 0x01000193);
  return value >>> 0;
}
