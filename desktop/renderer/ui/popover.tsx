import { Popover as BasePopover } from "@base-ui/react/popover";
import { useRef, type ReactElement, type ReactNode } from "react";
import { cx } from "./cx.ts";
import { firstThingIn, focusAtOnce } from "./focus-at-once.ts";
import popup from "./popup.module.css";

export interface PopoverProps {
  readonly trigger: ReactElement;
  /** The accessible name of what opens. */
  readonly label: string;
  readonly children: ReactNode | ((close: () => void) => ReactNode);
  readonly align?: "start" | "center" | "end";
  readonly side?: "bottom" | "top" | "right" | "left";
  readonly padded?: boolean;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly className?: string | undefined;
}

export function Popover({
  trigger,
  label,
  children,
  align = "start",
  side = "bottom",
  padded = true,
  open,
  onOpen,
  className,
}: PopoverProps) {
  const inside = useRef<HTMLDivElement>(null);
  return (
    <BasePopover.Root open={open} onOpenChange={(next) => onOpen(next)}>
      <BasePopover.Trigger render={trigger} />
      <BasePopover.Portal>
        <BasePopover.Positioner className={popup.layer} sideOffset={4} align={align} side={side} collisionPadding={8}>
          <BasePopover.Popup
            ref={inside}
            className={cx(popup.popup, padded && popup.padded, className)}
            initialFocus={() => focusAtOnce(firstThingIn(inside.current))}
            aria-label={label}
          >
            {typeof children === "function" ? children(() => onOpen(false)) : children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
