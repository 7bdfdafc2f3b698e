/** Two ports that are each other's other end, in one process. Frames are copied, as every carrier does. */
import type { Port } from "../../bridge/frames.ts";

interface End extends Port {
  receive(frame: unknown): void;
  closed(): void;
}

function end(other: () => End): End {
  let hear: ((frame: unknown) => void) | undefined;
  let early: unknown[] = [];
  let open = true;
  const closers: (() => void)[] = [];
  return {
    post(frame) {
      const copy = structuredClone(frame);
      if (open) queueMicrotask(() => other().receive(copy));
    },
    receive(frame) {
      if (!open) return;
      if (hear) hear(frame);
      else early.push(frame);
    },
    listen(onFrame) {
      hear = onFrame;
      const waiting = early;
      early = [];
      for (const frame of waiting) onFrame(frame);
    },
    onClose: (run) => void closers.push(run),
    close() {
      if (!open) return;
      open = false;
      queueMicrotask(() => other().closed());
    },
    closed() {
      if (!open) return;
      open = false;
      for (const run of closers) run();
    },
  };
}

export function createChannel(): [Port, Port] {
  const one: End = end(() => two);
  const two: End = end(() => one);
  return [one, two];
}
