/**
 * What a browser tab does by itself: open a link, put a conversation into a window of its own. The browser host has no window to do
 * it with, and a browser allows it only within the click.
 */
import type { CommandInput } from "../bridge/index.ts";
import { popOutHash } from "./inbox/pop-out-address.ts";
import { BridgeError, type RendererPort } from "./port.ts";

/** The few schemes a message may lead to; the same as those that Electron opens. */
const openable: ReadonlySet<string> = new Set(["http:", "https:", "mailto:", "tel:"]);

export interface Tab {
  readonly open: (address: string, target: string, features: string) => unknown;
  readonly location: { readonly pathname: string };
}

const nothing = Promise.resolve({});

/** The port as it is, but for what the tab does. */
export function withTabShell(port: RendererPort, tab: Tab): RendererPort {
  const mine: Partial<Record<string, (input: unknown) => Promise<unknown>>> = {
    "shell.openExternal"(input) {
      const { url } = input as CommandInput<"shell.openExternal">;
      if (!openable.has(new URL(url).protocol)) return refuse("Only web, mail and telephone links are opened.");
      tab.open(url, "_blank", "noopener,noreferrer");
      return nothing;
    },
    "shell.popOut"(input) {
      const ref = input as CommandInput<"shell.popOut">;
      // One window for each conversation: a second time brings it to the front.
      tab.open(`${tab.location.pathname}${popOutHash(ref)}`, `conversation-${ref.conversationId}`, "popup,width=720,height=800");
      return nothing;
    },
  };
  return {
    live: port.live,
    on: port.on,
    // The names tie input and answer together at the call.
    command: ((name: string, input: never) => mine[name]?.(input) ?? port.command(name as never, input)) as RendererPort["command"],
  };
}

const refuse = (message: string) => Promise.reject(new BridgeError({ code: "invalid_input", message }));
