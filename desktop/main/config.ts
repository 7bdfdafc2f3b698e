/** What the shell reads from its surroundings: only whether this package updates itself. A deb belongs to the system's own manager. */
export function installsItself(): boolean {
  return process.platform !== "linux" || process.env["APPIMAGE"] !== undefined;
}
