import { describe, expect, it } from "vitest";
import type { Port, Request } from "../bridge/frames.ts";
import { BridgeError, createRendererPort } from "./port.ts";

function core() {
  const sent: Request[] = [];
  let hear: (frame: unknown) => void = () => undefined;
  let close: () => void = () => undefined;
  let connections = 0;
  let up = true;
  const connect = (): Promise<Port> => {
    if (!up) return Promise.reject(new Error("down"));
    connections += 1;
    return Promise.resolve({
      post: (frame) => sent.push(frame as Request),
      listen: (run) => {
        hear = run;
      },
      onClose: (run) => {
        close = run;
      },
      close: () => undefined,
    });
  };
  return {
    sent,
    connect,
    say: (frame: unknown) => hear(frame),
    die: () => close(),
    connections: () => connections,
    setUp: (next: boolean) => (up = next),
  };
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};
const empty = { value: () => undefined, failed: () => undefined };

describe("the renderer's port", () => {
  it("delivers a live query's values until it is left", async () => {
    const there = core();
    const port = createRendererPort({ connect: there.connect, wait: () => Promise.resolve() });
    await settled();
    const values: unknown[] = [];
    const stop = port.live("sync.state", {}, { ...empty, value: (value) => values.push(value) });
    const id = there.sent[0]?.t === "subscribe" ? there.sent[0].id : -1;
    there.say({ t: "values", values: [{ id, value: 1 }] });
    there.say({ t: "values", values: [{ id, value: 2 }] });
    stop();
    there.say({ t: "values", values: [{ id, value: 3 }] });
    expect(values).toEqual([1, 2]);
    expect(there.sent.at(-1)).toEqual({ t: "unsubscribe", id });
  });

  it("sends what was asked before the core was there", async () => {
    const there = core();
    const port = createRendererPort({ connect: there.connect, wait: () => Promise.resolve() });
    const answer = port.command("sync.now", {});
    port.live("sync.state", {}, empty);
    await settled();
    expect(there.sent.map((frame) => frame.t)).toEqual(["subscribe", "command"]);
    const call = there.sent.find((frame) => frame.t === "command");
    there.say({ t: "done", id: call?.id, value: {} });
    await expect(answer).resolves.toEqual({});
  });

  it("rejects calls in flight when the core dies, and subscribes live queries again", async () => {
    const there = core();
    const port = createRendererPort({ connect: there.connect, wait: () => Promise.resolve() });
    await settled();
    port.live("sync.state", {}, empty);
    const call = port.command("sync.now", {});
    there.sent.length = 0;
    there.die();
    await expect(call).rejects.toMatchObject({ code: "core_restarted" });
    await settled();
    expect([there.connections(), there.sent.map((frame) => frame.t)]).toEqual([2, ["subscribe"]]);
  });

  it("waits longer from attempt to attempt, and gives up never", async () => {
    const there = core();
    there.setUp(false);
    const waited: number[] = [];
    createRendererPort({
      connect: there.connect,
      wait: (ms) => {
        waited.push(ms);
        if (waited.length === 8) there.setUp(true);
        return Promise.resolve();
      },
    });
    for (let turn = 0; turn < 4; turn += 1) await settled();
    expect(waited).toEqual([0, 100, 300, 1000, 2000, 5000, 5000, 5000]);
    expect(there.connections()).toBe(1);
  });

  it("turns a refusal into an error with its code, and hears events", async () => {
    const there = core();
    const port = createRendererPort({ connect: there.connect, wait: () => Promise.resolve() });
    await settled();
    const heard: unknown[] = [];
    const stop = port.on("alarm.sound", (payload) => heard.push(payload));
    there.say({ t: "event", name: "alarm.sound", payload: { sound: "alarm" } });
    stop();
    there.say({ t: "event", name: "alarm.sound", payload: { sound: "message" } });
    expect(heard).toEqual([{ sound: "alarm" }]);
    const refused = port.command("sync.now", {});
    there.say({
      t: "failed",
      id: there.sent.at(-1)?.t === "command" ? there.sent.length : 1,
      error: { code: "offline", message: "No connection." },
    });
    await expect(refused).rejects.toBeInstanceOf(BridgeError);
  });

  it("does not stumble over frames that are none", async () => {
    const there = core();
    createRendererPort({ connect: there.connect, wait: () => Promise.resolve() });
    await settled();
    for (const frame of [
      null,
      1,
      {},
      { t: "values" },
      { t: "values", values: [null] },
      { t: "failed", id: 1 },
      { t: "failed", id: 1, error: null },
      { t: "other" },
    ])
      there.say(frame);
    expect(there.connections()).toBe(1);
  });
});
