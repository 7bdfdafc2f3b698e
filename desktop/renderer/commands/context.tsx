import { createContext, use, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Platform, Stroke } from "../keys/binding.ts";
import { createKeyHandler, placeOf } from "../keys/key-handler.ts";
import { keyNames } from "../keys/key-names.ts";
import type { Host } from "../keys/reserved.ts";
import { shortcutsInForce, shownBinding, type Overrides } from "../keys/shortcuts.ts";
import { catalogue, commandRow, type CommandId, type CommandRow } from "./catalogue.ts";
import type { Commands } from "./registry.ts";

export interface CommandEnvironment {
  readonly commands: Commands;
  readonly overrides: Overrides;
  readonly platform: Platform;
  readonly host: Host;
}

const CommandContext = createContext<CommandEnvironment | undefined>(undefined);

export function CommandProvider({ environment, children }: { readonly environment: CommandEnvironment; readonly children: ReactNode }) {
  return <CommandContext value={environment}>{children}</CommandContext>;
}

export function useCommandEnvironment(): CommandEnvironment {
  const environment = use(CommandContext);
  if (environment === undefined) throw new Error("no commands: wrap the page in CommandProvider");
  return environment;
}

export type CommandTable = Readonly<
  Partial<Record<CommandId, (() => void) | { readonly run: () => void; readonly blocked?: string | undefined } | undefined>>
>;

/** Provides commands while the calling view is on screen. The set of ids must not change between renders. */
export function useCommands(table: CommandTable): void {
  const { commands } = useCommandEnvironment();
  const ids = (Object.keys(table) as CommandId[]).filter((id) => table[id] !== undefined).join(" ");
  // Asked from other views' rendering too ("is it blocked"), so a ref and not an effect event.
  const latest = useRef(table);
  useLayoutEffect(() => {
    latest.current = table;
  });
  useEffect(() => {
    const stops = ids
      .split(" ")
      .filter((id) => id !== "")
      .map((id) =>
        // The keys of the table are command ids by its type.
        commands.provide(id as CommandId, {
          run: () => {
            const now = latest.current[id as CommandId];
            if (typeof now === "function") now();
            else now?.run();
          },
          blocked: () => {
            const now = latest.current[id as CommandId];
            return typeof now === "function" ? undefined : now?.blocked;
          },
        }),
      );
    return () => {
      for (const stop of stops) stop();
    };
  }, [commands, ids]);
}

/** The keys to print beside a command, none when the person switched them off or the browser keeps them. */
export function useKeysOf(): (id: CommandId) => readonly string[] {
  const { overrides, platform, host } = useCommandEnvironment();
  const { t } = useTranslation();
  return useMemo(
    () => (id) => {
      const text = shownBinding(id, overrides, platform, host);
      return text === undefined ? [] : keyNames(text, platform, t);
    },
    [overrides, platform, host, t],
  );
}

export interface ShownCommand {
  readonly id: CommandId;
  readonly row: CommandRow;
  readonly title: string;
  readonly keys: readonly string[];
  readonly blocked: string | undefined;
  readonly run: () => void;
}

/** One command as a button or a menu entry needs it. */
export function useShownCommand(): (id: CommandId) => ShownCommand {
  const { commands } = useCommandEnvironment();
  const { t } = useTranslation();
  const keysOf = useKeysOf();
  return (id) => ({
    id,
    row: commandRow(id),
    title: t(`commands.${id}.title`),
    keys: keysOf(id),
    blocked: commands.blocked(id),
    run: () => void commands.run(id),
  });
}

/** Everything somebody provides now, in the order of the catalogue. */
export function useAvailableCommands(): readonly ShownCommand[] {
  const { commands } = useCommandEnvironment();
  useSyncExternalStore(commands.subscribe, commands.version);
  const shown = useShownCommand();
  return catalogue.filter((row) => commands.provided(row.id)).map((row) => shown(row.id));
}

/** Listens on the window. Returns the keys of a sequence that has begun, for the hint in the sync bar. */
export function useKeyHandler(): readonly Stroke[] {
  const { commands, overrides, platform } = useCommandEnvironment();
  const [waiting, setWaiting] = useState<readonly Stroke[]>([]);
  const inForce = useMemo(() => shortcutsInForce(overrides), [overrides]);
  useEffect(() => {
    const handler = createKeyHandler({
      platform,
      commands,
      shortcuts: () => inForce,
      setTimer: (run, ms) => {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      onWaiting: setWaiting,
    });
    const press = (event: KeyboardEvent) => {
      if (!event.defaultPrevented && handler.press(event, placeOf(event.target))) event.preventDefault();
    };
    globalThis.addEventListener("keydown", press);
    globalThis.addEventListener("blur", handler.forget);
    return () => {
      globalThis.removeEventListener("keydown", press);
      globalThis.removeEventListener("blur", handler.forget);
      handler.forget();
    };
  }, [commands, inForce, platform]);
  return waiting;
}
