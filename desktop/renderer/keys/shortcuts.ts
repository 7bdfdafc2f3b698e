/** The keys in force: the defaults of the catalogue with what the person changed. Follows the operator to other computers. */
import { catalogue, commandRow, isCommandId, type CommandId, type CommandRow, type Scope } from "../commands/catalogue.ts";
import { meet, parseBinding, type Platform, type Stroke } from "./binding.ts";
import { refusal, type Host } from "./reserved.ts";

export type Slot = "single" | "anywhere";
/** `null` switches a default off. */
export interface Change {
  readonly single?: string | null;
  readonly anywhere?: string | null;
}
export interface Overrides {
  readonly keys: Readonly<Partial<Record<CommandId, Change>>>;
  readonly singleKeysOff: boolean;
}
export const noOverrides: Overrides = { keys: {}, singleKeysOff: false };

export interface Shortcut {
  readonly id: CommandId;
  readonly slot: Slot;
  readonly text: string;
  readonly strokes: readonly Stroke[];
  readonly scope: Scope;
  readonly yieldsToFields: boolean;
}

export function shortcutsInForce(overrides: Overrides): readonly Shortcut[] {
  return catalogue.flatMap((row: CommandRow & { readonly id: CommandId }) =>
    (["single", "anywhere"] as const).flatMap((slot): Shortcut[] => {
      const text = bindingOf(row.id, slot, overrides);
      const strokes = text === undefined ? undefined : parseBinding(text);
      if (text === undefined || strokes === undefined) return [];
      return [{ id: row.id, slot, text, strokes, scope: row.scope, yieldsToFields: row.yieldsToFields === true }];
    }),
  );
}

export function bindingOf(id: CommandId, slot: Slot, overrides: Overrides): string | undefined {
  if (slot === "single" && overrides.singleKeysOff) return undefined;
  const change = overrides.keys[id]?.[slot];
  return change === undefined ? commandRow(id)[slot] : (change ?? undefined);
}

/** The key to show: the single key when it reaches us, else the other. A key that the browser takes is not shown there. */
export function shownBinding(id: CommandId, overrides: Overrides, platform: Platform, host: Host): string | undefined {
  return (["single", "anywhere"] as const)
    .map((slot) => bindingOf(id, slot, overrides))
    .find((text) => text !== undefined && refusal(text, platform, host) === undefined);
}

const share = (a: Scope, b: Scope) =>
  a === b || a === "everywhere" || b === "everywhere" || (a === "composer" && b === "inbox") || (a === "inbox" && b === "composer");

/** Commands that would answer to the same keys in the same place. */
export function conflictsWith(id: CommandId, slot: Slot, text: string, overrides: Overrides, platform: Platform): readonly Shortcut[] {
  const strokes = parseBinding(text);
  if (strokes === undefined) return [];
  const scope = commandRow(id).scope;
  return shortcutsInForce({ ...overrides, singleKeysOff: false }).filter(
    (other) => !(other.id === id && other.slot === slot) && share(scope, other.scope) && meet(strokes, other.strokes, platform),
  );
}

export function setBinding(overrides: Overrides, id: CommandId, slot: Slot, text: string | null): Overrides {
  const own = { ...overrides.keys[id] };
  const fallback = commandRow(id)[slot] ?? null;
  const change: Change = text === fallback ? without(own, slot) : { ...own, [slot]: text };
  const keys = { ...overrides.keys };
  if (Object.keys(change).length === 0) delete keys[id];
  else keys[id] = change;
  return { ...overrides, keys };
}

function without(change: Change, slot: Slot): Change {
  const { single, anywhere } = change;
  if (slot === "single") return anywhere === undefined ? {} : { anywhere };
  return single === undefined ? {} : { single };
}

/** Gives the keys of `from` to `to`, and what `to` had to `from`. */
export function swapBindings(
  overrides: Overrides,
  to: { id: CommandId; slot: Slot },
  from: { id: CommandId; slot: Slot },
  text: string,
): Overrides {
  const had = bindingOf(to.id, to.slot, { ...overrides, singleKeysOff: false }) ?? null;
  return setBinding(setBinding(overrides, from.id, from.slot, had), to.id, to.slot, text);
}

export function writeOverrides(overrides: Overrides): string {
  return JSON.stringify({ switchboardShortcuts: 1, ...overrides }, null, 2);
}

/** What can be read of a file; unknown commands and broken keys are left out, a wrong file is undefined. */
export function readOverrides(text: string): Overrides | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("switchboardShortcuts" in value) || !("keys" in value)) return undefined;
  return repairOverrides(value);
}

export function repairOverrides(value: unknown): Overrides {
  if (typeof value !== "object" || value === null) return noOverrides;
  const keys: Partial<Record<CommandId, Change>> = {};
  const given = "keys" in value && typeof value.keys === "object" && value.keys !== null ? value.keys : {};
  for (const [id, change] of Object.entries(given) as [string, unknown][]) {
    if (!isCommandId(id) || typeof change !== "object" || change === null) continue;
    const good = (slot: Slot) => {
      const text: unknown = slot in change ? (change as Record<Slot, unknown>)[slot] : undefined;
      return text === null || (typeof text === "string" && parseBinding(text) !== undefined) ? { [slot]: text } : {};
    };
    const kept: Change = { ...good("single"), ...good("anywhere") };
    if (Object.keys(kept).length > 0) keys[id] = kept;
  }
  return { keys, singleKeysOff: "singleKeysOff" in value && value.singleKeysOff === true };
}
