/** The core alone, spoken to over the channel of the process that started it: for tests that end it without warning. */
import type { Port } from "../bridge/frames.ts";
import { createCore, type Core } from "../core/core.ts";
import type { Log } from "../core/ports.ts";
import { corePorts } from "./host.ts";
import { lockFolder } from "./lock.ts";

/** `process` with a channel to its parent. */
export interface Channel {
  send?: ((message: unknown) => boolean) | undefined;
  on(event: "message", listener: (message: unknown) => void): unknown;
  on(event: "disconnect", listener: () => void): unknown;
}

function portOfChannel(channel: Channel): Port {
  return {
    post: (frame) => void channel.send?.(frame),
    listen: (onFrame) => void channel.on("message", onFrame),
    onClose: (run) => void channel.on("disconnect", run),
    close: () => undefined,
  };
}

export async function startHeadless(options: { dataFolder: string; serverUrl: string; log: Log }, channel: Channel): Promise<Core> {
  lockFolder(options.dataFolder);
  const core = createCore(corePorts(options));
  await core.start();
  core.serve(portOfChannel(channel));
  channel.send?.({ ready: true });
  return core;
}
