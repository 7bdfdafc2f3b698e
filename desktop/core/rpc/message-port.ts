/** A port over a MessagePort: of Node's worker threads in tests, of Electron's utility process in the app. */
import type { Port } from "../../bridge/frames.ts";

/** What both kinds have in common. */
export interface MessagePortLike {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  start?(): void;
  close(): void;
}

/** Electron wraps what it carries in an event; Node hands it over as it is. */
const bare = (message: unknown): unknown =>
  typeof message === "object" && message !== null && "data" in message && "ports" in message ? message.data : message;

export function portOfMessagePort(port: MessagePortLike): Port {
  let open = true;
  return {
    post: (frame) => {
      if (open) port.postMessage(frame);
    },
    listen(onFrame) {
      port.on("message", (message) => onFrame(bare(message)));
      port.start?.();
    },
    onClose: (run) =>
      void port.on("close", () => {
        open = false;
        run();
      }),
    close() {
      open = false;
      port.close();
    },
  };
}
