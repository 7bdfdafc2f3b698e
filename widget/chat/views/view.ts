/** What every part of the chat is drawn from. */
import type { VisitConfig } from "@switchboard/shared/api/visit-shapes.ts";
import type { Actions } from "../actions.ts";
import type { State } from "../state.ts";
import type { Words } from "../words.ts";

export interface View {
  state: State;
  config: VisitConfig;
  words: Words;
  act: Actions;
}
