/** What a console calls itself at the server. It is kept there in English, for mails and exports; a console says it in its reader's language. */
const systems = { linux: "Linux", darwin: "macOS", win32: "Windows" } as const;
const inBrowser = "Console in a browser";
const on = "Console on ";

interface Computer {
  readonly host: "electron" | "browser";
  readonly platform: keyof typeof systems | "web";
}

export const deviceName = ({ host, platform }: Computer): string =>
  host === "browser" || platform === "web" ? inBrowser : on + systems[platform];

/** The system of a console, "browser" for one in a browser; undefined when it is none, but a browser that was named by itself. */
export function consoleOf(device: string): string | undefined {
  if (device === inBrowser) return "browser";
  if (!device.startsWith(on)) return undefined;
  const system = device.slice(on.length);
  // As consoles called themselves once.
  return Object.entries(systems).find(([platform]) => platform === system)?.[1] ?? system;
}
