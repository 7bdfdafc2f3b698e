/** B5: opening a conversation of a hundred thousand messages is opening one of a thousand. */
import type { Benchmark } from "../harness/benchmark.ts";
import { conversationId, deskWith, tradeBody, type LocalDesk } from "./local.ts";

const short = 1_000;
const long = 100_000;
const turns = 200;

export const open: Benchmark = {
  name: "open",
  measures: "B5: a conversation of 100 000 messages opens like one of 1 000, in core",
  async prepare(say) {
    say(`open: a conversation of ${short} and one of ${long} messages`);
    const desk = await deskWith([short, long], tradeBody);
    return {
      parts: [
        {
          name: "open",
          unit: "µs",
          ratio: 1.1,
          better: "lower",
          floor: () => opened(desk, 0, short),
          product: () => opened(desk, 1, long),
        },
      ],
      close: () => desk.close(),
    };
  },
};

/** What a pane asks when it opens, through the bridge: who it is with, and the newest fifty. */
async function opened({ made, tenantId }: LocalDesk, which: number, size: number): Promise<number> {
  const asked = { tenantId, conversationId: conversationId(which) };
  const began = performance.now();
  for (let turn = 0; turn < turns; turn += 1) {
    const [head, log] = await Promise.all([made.page.ask("conversation.open", asked), made.page.ask("conversation.messages", asked)]);
    const last = log.messages.at(-1);
    if (head?.lastNumber !== size || log.messages.length !== 50 || last?.number !== size)
      throw new Error(`The end of a conversation of ${size} was ${last?.number}.`);
  }
  return ((performance.now() - began) / turns) * 1_000;
}
