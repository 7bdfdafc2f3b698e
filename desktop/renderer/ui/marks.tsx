import { initialOf } from "@switchboard/shared/model/initials.ts";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { Icon, type IconName } from "./icon.tsx";
import styles from "./marks.module.css";

export type Tone = "plain" | "accent" | "ok" | "warn" | "bad" | "outline" | "missing";

/** A short word with a ground: label, state, priority. `missing` is dashed and means "add this", never decoration. */
export function Chip({
  tone = "plain",
  icon,
  children,
  className,
  title,
  lang,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName | undefined;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** Where what it says may be cut. */
  readonly title?: string | undefined;
  readonly lang?: string | undefined;
}) {
  return (
    <span className={cx(styles.chip, styles[tone], className)} title={title} lang={lang}>
      {icon !== undefined && <Icon name={icon} size="xs" />}
      <span className="clip">{children}</span>
    </span>
  );
}

/** A number on a corner. Above 99 it says "99+", because a badge must not move what stands beside it. */
export function Badge({
  count,
  tone = "accent",
  className,
}: {
  readonly count: number;
  readonly tone?: "accent" | "bad" | "mute";
  readonly className?: string | undefined;
}) {
  return <span className={cx(styles.badge, tone !== "accent" && styles[`badge-${tone}`], className)}>{count > 99 ? "99+" : count}</span>;
}

export type TenantColour = "teal" | "rust" | "plum" | "steel" | "olive" | "rose" | "bronze" | "slate";

/** Given out in this order, so that the first tenants of a person are told apart most easily. */
export const tenantColours: readonly TenantColour[] = ["teal", "rust", "plum", "steel", "olive", "rose", "bronze", "slate"];

/** The letters carry the meaning, the colour only helps. */
export function TenantTag({ letters, colour, name }: { readonly letters: string; readonly colour: TenantColour; readonly name: string }) {
  return (
    <span className={cx(styles.tenant, styles[colour])} title={name}>
      <span aria-hidden="true">{letters}</span>
      <span className="vh">{name}</span>
    </span>
  );
}

/** The tenant's square in the rail and in the tenant choice. */
export function TenantTile({
  letters,
  colour,
  small = false,
}: {
  readonly letters: string;
  readonly colour: TenantColour;
  readonly small?: boolean;
}) {
  return <span className={cx(styles.tile, small && styles.tileSmall, styles[colour])}>{letters}</span>;
}

export type Presence = "online" | "away" | "offline" | "unreachable";

export interface AvatarProps {
  readonly name: string;
  readonly lang?: string | undefined;
  readonly size?: "xs" | "s" | "m" | "l";
  readonly presence?: Presence | undefined;
  /** A visitor without a name shows the figure instead of a letter of the alias. */
  readonly anonymous?: boolean;
  readonly colour?: TenantColour | undefined;
  readonly className?: string | undefined;
}

/** Decoration beside the name: whoever needs presence in words puts them into the row's own label. */
export function Avatar({ name, lang, size = "m", presence, anonymous = false, colour, className }: AvatarProps) {
  return (
    <span
      className={cx(styles.avatar, styles[`avatar-${size}`], colour !== undefined && styles[colour], className)}
      lang={lang}
      aria-hidden="true"
    >
      {anonymous ? <Icon name="user" size={size === "xs" ? "xs" : "m"} /> : initialOf(name)}
      {presence !== undefined && <span className={cx(styles.presence, styles[presence])} />}
    </span>
  );
}

/** The same dot where no avatar stands: the presence menu, lists of colleagues. */
export function PresenceDot({ presence }: { readonly presence: Presence }) {
  return <span className={cx(styles.presenceDot, styles[presence])} aria-hidden="true" />;
}
