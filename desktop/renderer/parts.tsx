/** What every page of the renderer stands on, made once: texts, formats, time, commands, toasts, tooltips, CSP. */
import { CSPProvider } from "@base-ui/react/csp-provider";
import { DirectionProvider } from "@base-ui/react/direction-provider";
import { useEffect, useMemo, useSyncExternalStore, type ComponentType, type ReactNode } from "react";
import { I18nextProvider } from "react-i18next";
import { CommandProvider, useKeysOf } from "./commands/context.tsx";
import { createCommands, type Commands } from "./commands/registry.ts";
import type { Platform } from "./keys/binding.ts";
import type { Host } from "./keys/reserved.ts";
import { noOverrides, type Overrides } from "./keys/shortcuts.ts";
import { FormatProvider } from "./text/format-context.tsx";
import { changeLanguage, createTexts, directionOf, spoken, whenWords, type AnyLanguage } from "./text/i18n.ts";
import { createTicker, TickerProvider, type Ticker } from "./text/now.tsx";
import { createToasts, ToastLayer, type Toasts } from "./ui/toast.tsx";
import { ToastContext } from "./ui/toast-context.ts";
import { TooltipLayer } from "./ui/tooltip.tsx";

export interface RendererSettings {
  readonly clock: () => number;
  readonly language: AnyLanguage;
  readonly zone: string;
  readonly platform: Platform;
  readonly host: Host;
}

/** A value that React reads and plain code sets. */
export interface Cell<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createCell<T>(first: T): Cell<T> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Who reads: known before the session as what the computer prefers, then as what the person chose. */
export interface Reader {
  readonly language: AnyLanguage;
  readonly zone: string;
}

export interface RendererParts {
  readonly commands: Commands;
  readonly ticker: Ticker;
  readonly toasts: Toasts;
  readonly overrides: Cell<Overrides>;
  readonly reader: Cell<Reader>;
  readonly setLanguage: (language: AnyLanguage) => Promise<void>;
  readonly Provider: ComponentType<{ readonly children: ReactNode }>;
}

export async function createRendererParts(settings: RendererSettings): Promise<RendererParts> {
  const texts = await createTexts(settings.language);
  const commands = createCommands();
  const ticker = createTicker(settings.clock);
  const toasts = createToasts();
  const overrides = createCell<Overrides>(noOverrides);
  const reader = createCell<Reader>({ language: settings.language, zone: settings.zone });
  const { platform, host } = settings;

  function Provider({ children }: { readonly children: ReactNode }) {
    const keys = useSyncExternalStore(overrides.subscribe, overrides.get);
    const { language, zone } = useSyncExternalStore(reader.subscribe, reader.get);
    const environment = useMemo(() => ({ commands, overrides: keys, platform, host }), [keys]);
    const words = useMemo(() => whenWords(texts, language), [language]);
    useEffect(() => {
      document.documentElement.lang = spoken(language);
      document.documentElement.dir = directionOf(language);
    }, [language]);
    return (
      <CSPProvider disableStyleElements={true}>
        <DirectionProvider direction={directionOf(language)}>
          <I18nextProvider i18n={texts}>
            <TickerProvider ticker={ticker}>
              <FormatProvider language={spoken(language)} zone={zone} words={words}>
                <CommandProvider environment={environment}>
                  <TooltipLayer>
                    <ToastContext value={toasts}>
                      <Notices toasts={toasts}>{children}</Notices>
                    </ToastContext>
                  </TooltipLayer>
                </CommandProvider>
              </FormatProvider>
            </TickerProvider>
          </I18nextProvider>
        </DirectionProvider>
      </CSPProvider>
    );
  }
  return {
    commands,
    ticker,
    toasts,
    overrides,
    reader,
    async setLanguage(language) {
      await changeLanguage(texts, language);
      reader.set({ ...reader.get(), language });
    },
    Provider,
  };
}

function Notices({ toasts, children }: { readonly toasts: Toasts; readonly children: ReactNode }) {
  const keysOf = useKeysOf();
  return (
    <ToastLayer toasts={toasts} undoKeys={keysOf("undo")}>
      {children}
    </ToastLayer>
  );
}
