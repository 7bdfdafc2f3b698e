import type { ComponentPropsWithRef, ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Keys } from "./kbd.tsx";
import { Tip } from "./tooltip.tsx";
import styles from "./button.module.css";

export interface ButtonProps extends Omit<ComponentPropsWithRef<"button">, "children"> {
  readonly kind?: "plain" | "primary" | "quiet" | "danger" | "solid-danger" | "note" | "link";
  readonly size?: "s" | "m" | "l";
  readonly icon?: IconName | undefined;
  readonly iconEnd?: IconName | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly children: ReactNode;
  /**
   * Why the button does nothing now. The button stays reachable and says the reason, unlike `disabled`, which hides it from
   * the keyboard.
   */
  readonly blocked?: string | undefined;
}

export function Button({
  kind = "plain",
  size = "m",
  icon,
  iconEnd,
  keys,
  children,
  blocked,
  className,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const button = (
    <button
      {...rest}
      type={type === "submit" ? "submit" : "button"}
      className={cx(styles.button, styles[kind], styles[size], className)}
      aria-disabled={blocked === undefined ? rest["aria-disabled"] : true}
      onClick={
        blocked === undefined
          ? onClick
          : (event) => {
              event.preventDefault();
            }
      }
    >
      {icon !== undefined && <Icon name={icon} size={size === "s" ? "s" : "m"} />}
      <span className={styles.words}>{children}</span>
      {iconEnd !== undefined && <Icon name={iconEnd} size="s" />}
      {keys !== undefined && keys.length > 0 && <Keys keys={keys} />}
    </button>
  );
  return blocked === undefined || blocked === "" ? button : <Tip label={blocked}>{button}</Tip>;
}

export interface IconButtonProps extends Omit<ComponentPropsWithRef<"button">, "children"> {
  readonly icon: IconName;
  /** The accessible name and the tooltip. */
  readonly label: string;
  readonly keys?: readonly string[] | undefined;
  readonly size?: "s" | "m";
  readonly on?: boolean | undefined;
  readonly mirrored?: boolean;
  readonly tone?: "note" | undefined;
}

export function IconButton({ icon, label, keys, size = "m", on, mirrored = false, tone, className, ...rest }: IconButtonProps) {
  return (
    <Tip label={label} keys={keys}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        {...(on === undefined ? {} : { "aria-pressed": on })}
        className={cx(
          styles.iconButton,
          size === "s" && styles.iconSmall,
          on === true && styles.on,
          tone === "note" && styles.toneNote,
          className,
        )}
      >
        <Icon name={icon} mirrored={mirrored} />
      </button>
    </Tip>
  );
}
