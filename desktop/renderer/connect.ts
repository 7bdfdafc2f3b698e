/**
 * Finds the core that this page belongs to. In Electron the preload puts `switchboard.connect()` on the window, which answers
 * with a message that carries a MessagePort. In a browser the page talks to the host it came from, and to nothing else.
 */
import type { Port } from "../bridge/frames.ts";

interface PreloadDoor {
  /** Asks the main process for a port; it arrives as a window message named `switchboard:port`. */
  readonly connect: () => void;
}

declare global {
  interface Window {
    readonly switchboard?: PreloadDoor;
  }
}

export const portMessage = "switchboard:port";

export async function connectToCore(page: Window): Promise<Port> {
  return inOneTurn(await (page.switchboard === undefined ? webSocketPort(page) : messagePort(page, page.switchboard)));
}

/** Frames that are here are read in one turn, after all of them have arrived: what they say is drawn once and not once each. */
export function inOneTurn(port: Port): Port {
  return {
    ...port,
    listen(onFrame) {
      const turn = new MessageChannel();
      let waiting: unknown[] = [];
      turn.port1.addEventListener("message", () => {
        const frames = waiting;
        waiting = [];
        for (const frame of frames) onFrame(frame);
      });
      turn.port1.start();
      port.listen((frame) => {
        if (waiting.push(frame) === 1) turn.port2.postMessage(null);
      });
    },
  };
}

function messagePort(page: Window, door: PreloadDoor): Promise<Port> {
  return new Promise((resolve) => {
    const arrive = (event: MessageEvent<unknown>) => {
      const [port] = event.ports;
      if (event.source !== page || event.data !== portMessage || port === undefined) return;
      page.removeEventListener("message", arrive);
      resolve(portOfMessages(port));
    };
    page.addEventListener("message", arrive);
    door.connect();
  });
}

export function portOfMessages(port: MessagePort): Port {
  return {
    post: (frame) => port.postMessage(frame),
    listen(onFrame) {
      port.addEventListener("message", (event: MessageEvent<unknown>) => onFrame(event.data));
      port.start();
    },
    // Chromium tells when the other side is gone.
    onClose: (run) => port.addEventListener("close", run),
    close: () => port.close(),
  };
}

function webSocketPort(page: Window): Promise<Port> {
  return new Promise((resolve, reject) => {
    const address = new URL("bridge", page.location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.hash = "";
    const socket = new WebSocket(address);
    socket.addEventListener("error", () => reject(new Error("The host does not answer.")), { once: true });
    socket.addEventListener(
      "open",
      () =>
        resolve({
          post: (frame) => socket.send(JSON.stringify(frame)),
          listen: (onFrame) =>
            socket.addEventListener("message", (event: MessageEvent<unknown>) =>
              onFrame(typeof event.data === "string" ? (JSON.parse(event.data) as unknown) : undefined),
            ),
          onClose: (run) => socket.addEventListener("close", run, { once: true }),
          close: () => socket.close(),
        }),
      { once: true },
    );
  });
}
