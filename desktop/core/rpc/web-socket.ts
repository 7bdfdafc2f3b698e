/** A port over a WebSocket: frames as JSON text. What is no JSON is no frame and ends the connection. */
import type { WebSocket } from "ws";
import type { Port } from "../../bridge/frames.ts";

const badFrame = 1008;

export function portOfWebSocket(socket: WebSocket): Port {
  return {
    post(frame) {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    },
    listen(onFrame) {
      socket.on("message", (data, isBinary) => {
        let frame: unknown;
        try {
          if (isBinary || !Buffer.isBuffer(data)) throw new TypeError("text is expected");
          frame = JSON.parse(data.toString("utf8"));
        } catch {
          socket.close(badFrame);
          return;
        }
        onFrame(frame);
      });
    },
    onClose: (run) => void socket.once("close", run),
    close: () => socket.close(),
    backlog: () => socket.bufferedAmount,
  };
}
