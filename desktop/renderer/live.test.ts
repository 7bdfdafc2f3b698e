import { QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { createBridge, liveOptions } from "./live.tsx";
import { BridgeError, type LiveListener, type RendererPort } from "./port.ts";

function fakePort() {
  const open: { name: string; on: LiveListener<unknown>; stopped: boolean }[] = [];
  const port: RendererPort = {
    live(name, _input, on) {
      const entry = { name, on: on as LiveListener<unknown>, stopped: false };
      open.push(entry);
      return () => {
        entry.stopped = true;
      };
    },
    command: () => Promise.reject(new BridgeError({ code: "none", message: "" })),
    on: () => () => undefined,
  };
  return { port, open };
}

it("subscribes once for many views, keeps the value, and leaves when nobody looks", async () => {
  vi.useFakeTimers();
  const { port, open } = fakePort();
  const { client } = createBridge(port);
  const seen: unknown[] = [];
  const options = liveOptions("sync.state", {});
  const stopOne = new QueryObserver(client, options).subscribe((result) => seen.push(result.data));
  const stopTwo = new QueryObserver(client, options).subscribe(() => undefined);
  expect(open.length).toBe(1);
  open[0]?.on.value({ link: "online" });
  await vi.advanceTimersByTimeAsync(0);
  open[0]?.on.value({ link: "offline" });
  await vi.advanceTimersByTimeAsync(0);
  expect(seen.at(-1)).toEqual({ link: "offline" });
  stopOne();
  stopTwo();
  // Coming back at once goes on with the same subscription.
  const stopThree = new QueryObserver(client, options).subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(1000);
  expect([open.length, open[0]?.stopped]).toEqual([1, false]);
  stopThree();
  await vi.advanceTimersByTimeAsync(1000);
  expect(open[0]?.stopped).toBe(true);
  expect(client.getQueryData(options.queryKey)).toEqual({ link: "offline" });
  vi.useRealTimers();
});

it("keeps the identity of what did not change", async () => {
  const { port, open } = fakePort();
  const { client } = createBridge(port);
  const options = liveOptions("labels.list", { tenantId: "a" });
  new QueryObserver(client, options).subscribe(() => undefined);
  const label = (name: string) => ({ id: name, name, colour: "teal" });
  open[0]?.on.value({ items: [label("a"), label("b")] });
  await vi.waitFor(() => expect(client.getQueryData(options.queryKey)).toBeDefined());
  const before = client.getQueryData<{ items: unknown[] }>(options.queryKey);
  open[0]?.on.value({ items: [label("a"), label("c")] });
  const after = client.getQueryData<{ items: unknown[] }>(options.queryKey);
  expect(after?.items[0]).toBe(before?.items[0]);
  expect(after?.items[1]).not.toBe(before?.items[1]);
});

it("says that a query failed, and subscribes anew when it is tried again", async () => {
  const { port, open } = fakePort();
  const { client } = createBridge(port);
  const observer = new QueryObserver(client, liveOptions("sync.state", {}));
  observer.subscribe(() => undefined);
  open[0]?.on.failed(new BridgeError({ code: "store_closed", message: "" }));
  await vi.waitFor(() => expect(observer.getCurrentResult().error).toMatchObject({ code: "store_closed" }));
  expect(open[0]?.stopped).toBe(true);
  void observer.refetch();
  await vi.waitFor(() => expect(open.length).toBe(2));
  open[1]?.on.value({ link: "online" });
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toEqual({ link: "online" }));
});

it("is asked ahead of whoever will look, once, and forgets it when nobody comes", async () => {
  vi.useFakeTimers();
  const { port, open } = fakePort();
  const { client, ask } = createBridge(port);
  ask("sync.state", {});
  ask("sync.state", {});
  ask("outbox.list", {});
  expect(open.map(({ name }) => name)).toEqual(["sync.state", "outbox.list"]);
  open[0]?.on.value({ link: "online" });
  const observer = new QueryObserver(client, liveOptions("sync.state", {}));
  expect(observer.getCurrentResult().data).toEqual({ link: "online" });
  observer.subscribe(() => undefined);
  await vi.advanceTimersByTimeAsync(1000);
  expect(open.map(({ stopped }) => stopped)).toEqual([false, true]);
  vi.useRealTimers();
});

it("does not ask again by being drawn again for what was refused", async () => {
  const { port, open } = fakePort();
  const { client, ask } = createBridge(port);
  ask("sync.state", {});
  const observer = new QueryObserver(client, liveOptions("sync.state", {}));
  observer.subscribe(() => undefined);
  open[0]?.on.failed(new BridgeError({ code: "locked", message: "" }));
  await vi.waitFor(() => expect(observer.getCurrentResult().error).toMatchObject({ code: "locked" }));
  ask("sync.state", {});
  expect(open.length).toBe(1);
});
