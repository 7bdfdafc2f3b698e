/** One state, one writer, one drawing a turn however many changes there were. */
import { nothing, type State } from "./state.ts";

export interface Store {
  readonly state: State;
  set(change: Partial<State>): void;
}

export function createStore(changed: (state: State) => void): Store {
  let asked = false;
  const store = {
    state: nothing,
    set(change: Partial<State>) {
      store.state = { ...store.state, ...change };
      if (asked) return;
      asked = true;
      queueMicrotask(() => {
        asked = false;
        changed(store.state);
      });
    },
  };
  return store;
}
