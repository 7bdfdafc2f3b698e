/** Ctrl-C, SIGTERM, or the end of the program that started us: stop once, in order, and say so with the exit code. */
export function onStopSignal(stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (second: () => void) => {
    if (stopping) return second();
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => begin(() => process.exit(130)));
  process.on("disconnect", () => begin(() => undefined));
}
