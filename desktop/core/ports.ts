/** What the core needs from whoever runs it. Everything else it does itself. */
import type { Fetch } from "@switchboard/shared/client/client.ts";
import type { Clock } from "./clock.ts";
import type { OpenDriver } from "./store/driver.ts";
import type { OpenSocket } from "./sync/socket.ts";

/** Keeps one secret of this installation: the refresh token. */
export interface Keyring {
  /** `memory`: gone with the process, because this computer has no safe place. `host`: a file for its owner only. */
  kind: "keyring" | "memory" | "host";
  read(): Promise<string | null>;
  /** Null forgets it. On the disk when the promise resolves. */
  write(secret: string | null): Promise<void>;
}

export interface Notification {
  /** The same tag replaces the notification before. */
  tag: string;
  title: string;
  body: string;
  /** Stays until somebody acts. */
  sticky: boolean;
}

/** What the window's owner can do outside of the page. */
export interface Shell {
  facts(): {
    host: "electron" | "browser";
    platform: "linux" | "darwin" | "win32" | "web";
    version: string;
    update: "none" | "available" | "ready";
    notices: "work" | "failed";
  };
  notify(notification: Notification): void;
  clear(tag: string): void;
  /** How many conversations need me: tray, dock, task bar. */
  badge(count: number): void;
  /** Draws the eye to the window or the task bar. */
  flash(): void;
  openExternal(url: string): void;
  popOut(tenantId: string, conversationId: string): void;
  window(action: "minimize" | "maximize" | "close"): void;
  installUpdate(): void;
}

export type LogLevel = "info" | "warn" | "error";
/** Never given names, texts or tokens. */
export type Log = (level: LogLevel, message: string, facts?: Record<string, unknown>) => void;

export interface Ports {
  /** Where the files of this installation are. */
  folder: string;
  clock: Clock;
  /** Between 0 and 1. */
  random: () => number;
  newId: () => string;
  fetch: Fetch;
  openSocket: OpenSocket;
  open: OpenDriver;
  /** Whether a file is whole; done beside the core, because it takes long. */
  checkFile: (file: string) => Promise<boolean>;
  keyring: Keyring;
  shell: Shell;
  log: Log;
  app: string;
  /** Asked nobody at sign-in. */
  server: string | null;
}
