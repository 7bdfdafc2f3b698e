/**
 * Keeps the core running in its own process: restarts it with growing pauses, and asks a person after the third death in a minute.
 * Windows are told of each new core by a fresh port; what they had asked the old one is rejected there (`core_restarted`).
 */
export interface CoreChild {
  post(message: unknown, ports?: readonly unknown[]): void;
  onMessage(run: (message: unknown) => void): void;
  onExit(run: (code: number) => void): void;
  kill(): void;
}

export interface CoreProcessParts {
  fork(): CoreChild;
  now(): number;
  later(run: () => void, ms: number): void;
  onMessage(message: unknown): void;
  /** Every window needs a port to the new core. */
  onStarted(): void;
  /** Three deaths in a minute: start again (true) or quit. */
  askSafeMode(): Promise<boolean>;
}

const windowMs = 60_000;
const mostDeaths = 3;
const pauses = [100, 500, 2_000];

export interface CoreProcess {
  start(): void;
  post(message: unknown, ports?: readonly unknown[]): void;
  /** Lets it close its files; a core that does not is ended by the system with us. */
  stop(): Promise<void>;
}

export function createCoreProcess({ fork, now, later, onMessage, onStarted, askSafeMode }: CoreProcessParts): CoreProcess {
  let child: CoreChild | undefined;
  let stopping = false;
  let stopped = () => {};
  let deaths: number[] = [];

  function start(): void {
    const core = fork();
    child = core;
    core.onMessage(onMessage);
    core.onExit(() => {
      if (child === core) child = undefined;
      if (stopping) return stopped();
      died();
    });
    onStarted();
  }

  function died(): void {
    const at = now();
    deaths = [...deaths.filter((before) => at - before < windowMs), at];
    if (deaths.length < mostDeaths) return later(start, pauses[deaths.length - 1] ?? windowMs);
    deaths = [];
    void askSafeMode().then((again) => {
      if (again) start();
    });
  }

  return {
    start,
    post: (message, ports) => child?.post(message, ports),
    stop() {
      stopping = true;
      const core = child;
      if (!core) return Promise.resolve();
      return new Promise((resolve) => {
        stopped = resolve;
        core.post({ t: "stop" });
        later(() => {
          core.kill();
          resolve();
        }, 5_000);
      });
    },
  };
}
