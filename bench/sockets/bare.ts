/**
 * The floor of all socket benchmarks: a bare Socket.IO server with the product's transport settings and payloads of the same size, that
 * acknowledges and passes on. It checks nothing, keeps nothing, and knows nobody. Run with `--expose-gc`.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import type { VisitSays } from "@switchboard/shared/api/sockets.ts";
import { idOf } from "../seed/names.ts";
import { tellVitals } from "../harness/vitals.ts";

const [port = "0"] = process.argv.slice(2);
const http = createServer();
// As in server/core/realtime/gateway.ts: WebSocket, no compression, the same heartbeat, the first request not kept.
const io = new Server(http, {
  serveClient: false,
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  pingInterval: 6_000,
  pingTimeout: 6_000,
});
io.engine.on("connection", (raw: { request: unknown }) => {
  raw.request = null;
});

type Said = VisitSays["send"];
type Acknowledge = (answer: object) => void;

const seqs = new Map<string, number>();

io.on("connection", (socket) => {
  const {
    hears,
    speaks,
    after = 0,
    watches,
  } = socket.handshake.auth as { hears?: number; speaks?: number; after?: number; watches?: boolean };
  if (hears !== undefined) void socket.join(`tenant ${hears}`);
  if (watches) void socket.join("watchers");
  const room = `tenant ${speaks}`;
  const visitorId = idOf("visitor", 1);
  let number = after;
  socket.on("send", ({ id, conversation, text }: Said, acknowledge: Acknowledge) => {
    const conversationId = conversation ?? "";
    const at = new Date().toISOString();
    const seq = (seqs.get(room) ?? 1_000) + 1;
    seqs.set(room, seq);
    number += 1;
    acknowledge({
      value: {
        id,
        conversation: {
          id: conversationId,
          status: "open",
          startedAt: at,
          lastNumber: number,
          teamRead: 0,
          visitorRead: 0,
          unread: 0,
          answeredBy: null,
        },
        message: { id, number, from: "visitor", name: null, text, at },
        repeated: false,
      },
    });
    const row = {
      id,
      conversationId,
      number,
      seq,
      kind: "visitor",
      authorId: visitorId,
      senderDevice: null,
      body: text,
      at,
      editedAt: null,
    };
    const delta = { epoch: "1", schema: 1, from: seq - 1, to: seq, ops: [{ op: "put", entity: "message", id, row, seq }] };
    socket.to(room).emit("delta", delta);
  });
  socket.on("active", () => undefined);
});

/** As much as the server tells operators of visitors in one frame, once a second, whoever came or went. */
const frame = {
  all: false,
  here: Array.from({ length: 500 }, (_, n) => ({ visitor: idOf("visitor", n), active: true, page: null, since: new Date().toISOString() })),
  gone: [],
};
setInterval(() => io.to("watchers").emit("visitors", frame), 1_000).unref();

http.listen(Number(port), "127.0.0.1");
await once(http, "listening");
tellVitals({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }, () => io.close());
