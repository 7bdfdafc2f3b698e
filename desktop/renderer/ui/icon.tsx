import { iconShapes, type IconName, type IconShape } from "./icon-shapes.ts";
import { cx } from "./cx.ts";
import styles from "./icon.module.css";

export type { IconName } from "./icon-shapes.ts";

export interface IconProps {
  readonly name: IconName;
  /** l 18, m 16, s 14, xs 12 px; `hero` is the 22 px of empty states. */
  readonly size?: "hero" | "l" | "m" | "s" | "xs";
  readonly className?: string | undefined;
  /** Only where the icon stands alone; beside words it is decoration. */
  readonly label?: string;
  /** Arrows that mean "back" or "reply" turn round in right-to-left languages. */
  readonly mirrored?: boolean;
}

export function Icon({ name, size = "m", className, label, mirrored }: IconProps) {
  const shape: IconShape = iconShapes[name];
  return (
    <svg
      viewBox="0 0 16 16"
      className={cx(styles.icon, styles[size], mirrored === true && styles.mirrored, className)}
      {...(label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label })}
      focusable="false"
    >
      {shape.boxes?.map(([x, y, width, height, corner]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width={width} height={height} rx={corner} />
      ))}
      {shape.paths?.map((d) => (
        <path key={d} d={d} />
      ))}
      {shape.rings?.map(([x, y, r]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={r} />
      ))}
      {shape.dots?.map(([x, y, r]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r={r} className={styles.dot} />
      ))}
    </svg>
  );
}
