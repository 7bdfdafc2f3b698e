/**
 * B1: what a stored message costs. Visitors of 100 tenants write as fast as they are answered, an operator of each hears, 5 000 others
 * are only connected. Floor: the same packets through bare Socket.IO, which acknowledges and passes on.
 */
import type { Benchmark } from "../harness/benchmark.ts";
import { setStage } from "./stage.ts";

const tenants = 100;
const writers = 300;
const idle = 5_000;
const seconds = 3;

export const send: Benchmark = {
  name: "send",
  measures: "B1: messages stored, acknowledged and heard a second, 100 tenants, 5 000 idle sockets, against bare Socket.IO",
  async prepare(say) {
    say(`send: ${idle} idle sockets, ${writers} visitors and ${tenants} operators sit down at both servers`);
    const stage = await setStage({ tenants, writers, idle });
    return {
      parts: [
        {
          name: "send",
          unit: "messages/s",
          ratio: 0.55,
          better: "higher",
          floor: async () => (await stage.bare.talk({ seconds })).perSecond,
          product: async () => (await stage.product.talk({ seconds })).perSecond,
        },
      ],
      verify: () => stage.verify(),
      close: () => stage.close(),
    };
  },
};
