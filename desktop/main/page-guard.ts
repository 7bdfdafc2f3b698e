/** A page that died: the first time it simply comes back, since drafts and outbox live in the core; again within a minute, a person decides. */
export interface PageGuardParts {
  now(): number;
  reload(): void;
  /** Load the page again (true), or leave the window empty. */
  offer(): Promise<boolean>;
}

const windowMs = 60_000;

export function createPageGuard({ now, reload, offer }: PageGuardParts): (reason: string) => void {
  let lastAt: number | undefined;
  let asking = false;
  return (reason) => {
    // Ended by us or by the system's shutdown.
    if (reason === "clean-exit" || asking) return;
    const again = lastAt !== undefined && now() - lastAt < windowMs;
    lastAt = now();
    if (!again) return reload();
    asking = true;
    void offer().then((yes) => {
      asking = false;
      if (yes) reload();
    });
  };
}
