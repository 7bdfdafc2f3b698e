/** The few things only the window's owner can do: Electron's main process, or the browser tab itself. */
import { z } from "zod";
import { command, event, query } from "./define.ts";

export const shell = {
  queries: {
    "shell.facts": query(
      z.strictObject({}),
      z.object({
        host: z.enum(["electron", "browser"]),
        platform: z.enum(["linux", "darwin", "win32", "web"]),
        version: z.string(),
        update: z.enum(["none", "available", "ready"]),
        /** Whether the system shows notifications; in a browser the page knows it better. */
        notices: z.enum(["work", "failed"]),
      }),
    ),
  },
  commands: {
    "shell.openExternal": command(z.strictObject({ url: z.url().max(4_000) }), z.object({})),
    "shell.popOut": command(z.strictObject({ tenantId: z.uuid(), conversationId: z.uuid() }), z.object({})),
    "shell.window": command(z.strictObject({ action: z.enum(["minimize", "maximize", "close"]) }), z.object({})),
    "shell.installUpdate": command(z.strictObject({}), z.object({})),
  },
  events: { "shell.focus": event(z.object({})) },
};
