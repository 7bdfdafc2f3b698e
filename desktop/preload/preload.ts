/**
 * The only bridge between the page and Electron: asks main for a port to the core and hands it on. Nothing else is exposed; `ipcRenderer`
 * never is. Bundled into one CommonJS file, because a sandboxed preload can load no other.
 */
import { contextBridge, ipcRenderer } from "electron";

const portMessage = "switchboard:port";

ipcRenderer.on(portMessage, (event) => {
  // Only our own page can be in this window; the exact origin makes sure of it.
  window.postMessage(portMessage, "app://console", [...event.ports]);
});

contextBridge.exposeInMainWorld("switchboard", {
  connect: () => ipcRenderer.send("switchboard:connect"),
});
