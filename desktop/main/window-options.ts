/** The one place that makes a window's options. Never relaxed, also not in development and tests. */
import type { BrowserWindowConstructorOptions } from "electron";
import { smallest, type Bounds } from "./bounds.ts";

export function windowOptions(preload: string, bounds: Partial<Bounds>): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: "Switchboard",
    titleBarStyle: "hidden",
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: true,
    },
  };
}
