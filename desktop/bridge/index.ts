/** The whole table. The core must answer every entry; a test enumerates it. */
import type { z } from "zod";
import { alarms } from "./alarms.ts";
import { inbox } from "./inbox.ts";
import { reminders } from "./reminders.ts";
import { session } from "./session.ts";
import { shell } from "./shell.ts";
import { sync } from "./sync.ts";
import { work } from "./work.ts";

export const queries = {
  ...session.queries,
  ...inbox.queries,
  ...sync.queries,
  ...alarms.queries,
  ...work.queries,
  ...reminders.queries,
  ...shell.queries,
};
export const commands = {
  ...session.commands,
  ...inbox.commands,
  ...sync.commands,
  ...alarms.commands,
  ...work.commands,
  ...shell.commands,
};
export const events = { ...session.events, ...inbox.events, ...sync.events, ...alarms.events, ...work.events, ...shell.events };

export type QueryName = keyof typeof queries;
export type CommandName = keyof typeof commands;
export type EventName = keyof typeof events;

/** What the asker writes (defaults may be left out) and what the answerer is given. */
export type QueryInput<N extends QueryName> = z.input<(typeof queries)[N]["input"]>;
export type QueryParsed<N extends QueryName> = z.output<(typeof queries)[N]["input"]>;
export type QueryOutput<N extends QueryName> = z.output<(typeof queries)[N]["output"]>;
export type CommandInput<N extends CommandName> = z.input<(typeof commands)[N]["input"]>;
export type CommandParsed<N extends CommandName> = z.output<(typeof commands)[N]["input"]>;
export type CommandOutput<N extends CommandName> = z.output<(typeof commands)[N]["output"]>;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]["payload"]>;
