import { useCallback, useRef } from "react";

/** For buttons that take a moment: pressed again before it is done, it is not done again. */
export function useOnce(): (run: () => Promise<unknown>) => void {
  const running = useRef(false);
  return useCallback((run) => {
    if (running.current) return;
    running.current = true;
    void run().finally(() => {
      running.current = false;
    });
  }, []);
}
