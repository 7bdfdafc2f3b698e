import { createContext, use, useEffect, useEffectEvent } from "react";

export type FocusWish = "composer" | "pane";

/**
 * Where the focus shall go once the focused pane has drawn itself, which may be after its conversation was read. Apart from the layout:
 * it is met right after each opening, and nothing is drawn for that.
 */
export const FocusWishContext = createContext<{ readonly wish: FocusWish | undefined; readonly onMet: () => void }>({
  wish: undefined,
  onMet: () => undefined,
});

/** Draws nothing; stands in what can take the focus. */
export function MeetsFocusWish({ focused, meet }: { readonly focused: boolean; readonly meet: (wish: FocusWish) => void }) {
  const { wish, onMet } = use(FocusWishContext);
  const mine = focused ? wish : undefined;
  const met = useEffectEvent((what: FocusWish) => {
    meet(what);
    onMet();
  });
  useEffect(() => {
    if (mine !== undefined) met(mine);
  }, [mine]);
  return null;
}
