/** What main and core say to each other over the utility process's channel. Both sides parse: either may be an older build after an update. */
import { z } from "zod";

const notification = z.strictObject({
  tag: z.string().max(200),
  title: z.string().max(300),
  body: z.string().max(2_000),
  sticky: z.boolean(),
});

/** Core -> main: the few things that only the window's owner can do. */
export const coreSays = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("notify"), notification }),
  z.strictObject({ t: z.literal("clear"), tag: z.string().max(200) }),
  z.strictObject({ t: z.literal("badge"), count: z.number().int().min(0) }),
  z.strictObject({ t: z.literal("flash") }),
  z.strictObject({ t: z.literal("openExternal"), url: z.string().max(4_000) }),
  z.strictObject({ t: z.literal("popOut"), tenantId: z.uuid(), conversationId: z.uuid() }),
  z.strictObject({ t: z.literal("window"), action: z.enum(["minimize", "maximize", "close"]) }),
  z.strictObject({ t: z.literal("installUpdate") }),
  z.strictObject({ t: z.literal("readSecret"), call: z.number().int() }),
  z.strictObject({ t: z.literal("writeSecret"), call: z.number().int(), secret: z.string().max(4_000).nullable() }),
]);
export type CoreSays = z.output<typeof coreSays>;

/** Main -> core. `connect` comes with a port for one window. */
export const mainSays = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("connect"), window: z.number().int() }),
  z.strictObject({ t: z.literal("secret"), call: z.number().int(), secret: z.string().nullable() }),
  z.strictObject({ t: z.literal("goTo"), view: z.enum(["conversation", "task", "followup", "settings"]), id: z.uuid().nullable() }),
  z.strictObject({ t: z.literal("clicked"), tag: z.string().max(200) }),
  /** The computer woke, was unlocked, or has a network again: look at once. */
  z.strictObject({ t: z.literal("awake") }),
  z.strictObject({ t: z.literal("update"), state: z.enum(["none", "available", "ready"]) }),
  /** Whether the system shows what the core asks to be shown. */
  z.strictObject({ t: z.literal("notices"), work: z.boolean() }),
  z.strictObject({ t: z.literal("stop") }),
]);
export type MainSays = z.output<typeof mainSays>;
