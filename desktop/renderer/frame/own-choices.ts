/** What a person chose for this computer, held once by the frame: a page of the settings and a menu change the very same. */
import { createContext, use } from "react";
import type { Overrides } from "../keys/shortcuts.ts";
import type { Appearance } from "./theme.ts";

export interface OwnChoices {
  readonly appearance: Appearance;
  readonly setAppearance: (next: Appearance) => void;
  readonly setOverrides: (next: Overrides) => void;
}

export const OwnChoicesContext = createContext<OwnChoices | undefined>(undefined);

export function useOwnChoices(): OwnChoices {
  const choices = use(OwnChoicesContext);
  if (choices === undefined) throw new Error("no choices: open the page inside the console's frame");
  return choices;
}
