/** Updates: looked for after the start and every few hours, never forced, never older than what runs. deb packages are only told about. */
export interface Updater {
  autoDownload: boolean;
  allowDowngrade: boolean;
  autoInstallOnAppQuit: boolean;
  on(event: "update-available" | "update-downloaded" | "error", run: (detail: unknown) => void): unknown;
  checkForUpdates(): Promise<unknown>;
  quitAndInstall(): void;
}

export interface UpdateParts {
  updater: Updater;
  /** False for a package that the system's own manager updates. */
  installsItself: boolean;
  tell(state: "available" | "ready"): void;
  log(message: string): void;
  every(run: () => void, ms: number): void;
}

export interface Updates {
  /** Only what is whole; else nothing happens. */
  install(): void;
  /** To a core that has started anew and knows nothing of what was found. */
  tellAgain(): void;
}

const betweenMs = 4 * 3_600_000;

export function watchForUpdates({ updater, installsItself, tell, log, every }: UpdateParts): Updates {
  updater.autoDownload = installsItself;
  updater.autoInstallOnAppQuit = installsItself;
  updater.allowDowngrade = false;
  let found: "available" | "ready" | undefined;
  const find = (state: "available" | "ready") => {
    // What lies here whole stays ready while the next one is found and fetched.
    if (found === "ready") return;
    found = state;
    tell(state);
  };
  updater.on("update-available", () => find("available"));
  updater.on("update-downloaded", () => find("ready"));
  // No feed, no network, a bad signature: what runs goes on running.
  updater.on("error", (error) => log(`no update: ${error instanceof Error ? error.message : String(error)}`));
  const check = () => void updater.checkForUpdates().catch(() => undefined);
  check();
  every(check, betweenMs);
  return {
    install() {
      if (found === "ready") updater.quitAndInstall();
    },
    tellAgain() {
      if (found) tell(found);
    },
  };
}
