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

const betweenMs = 4 * 3_600_000;

export function watchForUpdates({ updater, installsItself, tell, log, every }: UpdateParts): { install(): void } {
  updater.autoDownload = installsItself;
  updater.autoInstallOnAppQuit = installsItself;
  updater.allowDowngrade = false;
  let ready = false;
  updater.on("update-available", () => tell("available"));
  updater.on("update-downloaded", () => {
    ready = true;
    tell("ready");
  });
  // No feed, no network, a bad signature: what runs goes on running.
  updater.on("error", (error) => log(`no update: ${error instanceof Error ? error.message : String(error)}`));
  const check = () => void updater.checkForUpdates().catch(() => undefined);
  check();
  every(check, betweenMs);
  return {
    install() {
      if (ready) updater.quitAndInstall();
    },
  };
}
