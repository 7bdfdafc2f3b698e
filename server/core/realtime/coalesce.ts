/**
 * Lets the newest value of each key through at most once in a while: the first at once, later ones at the end of the pause. For what
 * is only of this moment.
 */
export interface Coalescer<T> {
  push(key: string, value: T): void;
  /** Forgets a value that has not gone out yet. */
  drop(key: string): void;
  size(): number;
}

export function createCoalescer<T>(everyMs: number, emit: (key: string, value: T) => void): Coalescer<T> {
  const resting = new Map<string, { next?: { value: T } }>();

  function rest(key: string): void {
    const entry: { next?: { value: T } } = {};
    resting.set(key, entry);
    setTimeout(() => {
      if (!entry.next) {
        resting.delete(key);
        return;
      }
      rest(key);
      emit(key, entry.next.value);
    }, everyMs).unref();
  }

  return {
    push(key, value) {
      const entry = resting.get(key);
      if (entry) {
        entry.next = { value };
        return;
      }
      rest(key);
      emit(key, value);
    },
    drop(key) {
      const entry = resting.get(key);
      if (entry) delete entry.next;
    },
    size: () => resting.size,
  };
}
