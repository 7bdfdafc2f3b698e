import { createContext, use } from "react";
import type { Appearance } from "./frame/theme.ts";
import type { Memory } from "./memory/memory.ts";
import type { RendererParts } from "./parts.tsx";
import type { Section } from "./sections.ts";

/** What the console was started with; made once in main, or by a story. */
export interface ConsoleSetup {
  readonly parts: RendererParts;
  readonly sections: readonly Section[];
  readonly memoryFor: (accountId: string | undefined) => Memory;
  readonly root: HTMLElement;
  readonly appearance: Appearance;
}

export const ConsoleSetupContext = createContext<ConsoleSetup | undefined>(undefined);

export function useConsoleSetup(): ConsoleSetup {
  const setup = use(ConsoleSetupContext);
  if (setup === undefined) throw new Error("no set-up: wrap the page in ConsoleSetupContext");
  return setup;
}
