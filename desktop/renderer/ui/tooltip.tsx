import { Tooltip } from "@base-ui/react/tooltip";
import { createContext, use, useEffect, useState, type ReactElement, type ReactNode } from "react";
import { tellCutText } from "./cut-text.ts";
import { Keys } from "./kbd.tsx";
import styles from "./tooltip.module.css";

interface TipContent {
  readonly label: string;
  readonly keys: readonly string[];
}
type TipHandle = ReturnType<typeof Tooltip.createHandle<TipContent>>;

const TipContext = createContext<TipHandle | undefined>(undefined);

/** One tooltip for the whole page: lists hold hundreds of triggers, and each would otherwise carry its own popup state. */
export function TooltipLayer({ children }: { readonly children: ReactNode }) {
  const [handle] = useState(() => Tooltip.createHandle<TipContent>());
  useEffect(() => tellCutText(document), []);
  return (
    <Tooltip.Provider delay={500} timeout={300}>
      <TipContext value={handle}>{children}</TipContext>
      <Tooltip.Root handle={handle}>
        {({ payload }) =>
          payload !== undefined && (
            <Tooltip.Portal>
              <Tooltip.Positioner sideOffset={6} className={styles.layer}>
                <Tooltip.Popup className={styles.tip}>
                  {payload.label}
                  {payload.keys.length > 0 && <Keys keys={payload.keys} />}
                </Tooltip.Popup>
              </Tooltip.Positioner>
            </Tooltip.Portal>
          )
        }
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}

/** Shows words (and the current key) for its child, which must take a ref and spread props. */
export function Tip({
  label,
  keys = [],
  children,
}: {
  readonly label: string;
  readonly keys?: readonly string[] | undefined;
  readonly children: ReactElement;
}) {
  const handle = use(TipContext);
  if (handle === undefined) return children;
  return <Tooltip.Trigger handle={handle} payload={{ label, keys }} render={children} />;
}
