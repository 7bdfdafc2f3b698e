/** The computer woke or was unlocked: the console looks at once instead of waiting out its pause. Several signs of one wake-up are one. */
export interface WakeParts {
  power: { on(event: "resume" | "unlock-screen", run: () => void): unknown };
  now(): number;
  awake(): void;
}

const sameWakeMs = 2_000;

export function watchWake({ power, now, awake }: WakeParts): void {
  let lastAt: number | undefined;
  const woke = () => {
    if (lastAt !== undefined && now() - lastAt < sameWakeMs) return;
    lastAt = now();
    awake();
  };
  power.on("resume", woke);
  power.on("unlock-screen", woke);
}
