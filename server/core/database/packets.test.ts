import { EventEmitter } from "node:events";
import { Writable } from "node:stream";
import type pg from "pg";
import { expect, it } from "vitest";
import { sendInOnePacket } from "./packets.ts";

/** A connection whose packets are kept, and that answers each statement by itself. */
function connection() {
  const packets: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      packets.push(chunk.toString());
      done();
    },
    writev(chunks, done) {
      packets.push(chunks.map(({ chunk }) => String(chunk)).join(" "));
      done();
    },
  });
  const client = {
    connection: { stream },
    query(text: string) {
      stream.write(text);
      return Promise.resolve(text);
    },
  };
  const pool = new EventEmitter();
  sendInOnePacket(pool as unknown as pg.Pool); // only its events are used
  pool.emit("connect", client);
  return { packets, query: (text: string) => client.query(text) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

it("sends together what is asked without waiting for anybody in between", async () => {
  const { packets, query } = connection();
  await query("begin");
  await query("tenant");
  void query("first");
  await turn();
  expect(packets).toEqual(["begin tenant first"]);
});

it("sends what is asked later by itself, and leaves nothing behind", async () => {
  const { packets, query } = connection();
  await query("first");
  await turn();
  await query("commit");
  await turn();
  expect(packets).toEqual(["first", "commit"]);
});
