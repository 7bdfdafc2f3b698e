import { expect, it } from "vitest";
import { inOneTurn } from "./connect.ts";

function carrier() {
  let hear: (frame: unknown) => void = () => undefined;
  const port = {
    post: () => undefined,
    listen: (run: (frame: unknown) => void) => {
      hear = run;
    },
    onClose: () => undefined,
    close: () => undefined,
  };
  return { port, arrives: (frame: unknown) => hear(frame) };
}

it("reads in one turn, and in order, what has arrived, and then what comes later", async () => {
  const { port, arrives } = carrier();
  const heard: unknown[][] = [];
  let turn: unknown[] | undefined;
  let told = () => {};
  inOneTurn(port).listen((frame) => {
    if (turn === undefined) {
      heard.push((turn = []));
      queueMicrotask(() => {
        turn = undefined;
        told();
      });
    }
    turn.push(frame);
  });
  const next = () => new Promise<void>((resolve) => (told = resolve));
  arrives("a");
  await Promise.resolve();
  arrives("b");
  await next();
  arrives("c");
  await next();
  expect(heard).toEqual([["a", "b"], ["c"]]);
});
