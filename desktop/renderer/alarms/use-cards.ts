import { useState } from "react";
import { useNow } from "../text/now.tsx";
import type { Ringing } from "./alarm-cards.tsx";
import { noCards, stepCards } from "./cards.ts";

/** Which of what rings is drawn now. */
export function useCards(ringing: readonly Ringing[]): readonly Ringing[] {
  const now = useNow();
  const [cards, setCards] = useState(noCards);
  const next = stepCards(cards, ringing, now);
  if (next.seen !== cards.seen) setCards(next);
  return next.shown;
}
