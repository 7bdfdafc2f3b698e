import { followupTypes, isFollowupOver } from "@switchboard/shared/model/followups.ts";
import { useTranslation } from "react-i18next";
import { TenantMark } from "../session/tenant-mark.tsx";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { cx } from "../ui/cx.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import type { TenantColour } from "../ui/marks.tsx";
import type { FollowupLine } from "./followup-values.ts";
import { tellApart } from "./what-to-do.ts";
import styles from "./followup-slot.module.css";

export const channelIcons: Readonly<Record<FollowupLine["channel"], IconName>> = {
  phone: "phone",
  email: "mail",
  chat: "chat",
  none: "users",
};

export function useFollowupName(): (followup: Pick<FollowupLine, "notes" | "channel">) => string {
  const { t } = useTranslation();
  return ({ notes, channel }) => tellApart(notes).what || t(`followups.channel.${channel}`);
}

/** The four types that every tenant has are ours to name, others are its own words. */
export function useTypeName(): (type: string) => string {
  const { t } = useTranslation();
  return (type) => {
    const known = followupTypes.find((one) => one === type);
    return known === undefined ? type : t(`followups.type.${known}`);
  };
}

/** What signs and colour say, in words for whoever hears the slot. */
export function SlotState({ followup, conflict = false }: { readonly followup: FollowupLine; readonly conflict?: boolean }) {
  const { t } = useTranslation();
  const words = [
    t(`followups.status.${followup.status}`),
    ...(needsAddress(followup) ? [t("followups.slot.no_address")] : []),
    ...(conflict ? [t("followups.slot.conflict")] : []),
    ...(followup.recurring ? [t("followups.slot.recurring")] : []),
    ...(followup.pending ? [t("tasks.card.waiting")] : []),
  ];
  return <span className="vh">{words.join(", ")}</span>;
}

export const needsAddress = (followup: FollowupLine) => followup.missingAddress && !isFollowupOver(followup.status);

/** The state by the bar's shape, a sign and a word; colour only repeats it. */
export const slotClass = (followup: FollowupLine, conflict: boolean) =>
  cx(
    styles.slot,
    conflict && styles.conflicting,
    followup.status === "completed" || followup.status === "cancelled"
      ? styles.over
      : followup.status === "missed"
        ? styles.missed
        : needsAddress(followup)
          ? styles.warning
          : styles.scheduled,
    followup.status === "cancelled" && styles.cancelled,
    followup.pending && styles.pending,
  );

/** A person or a type by its colour; what is missed, over or without an address keeps the colour of its state. */
export const slotColour = (colour: TenantColour | undefined): React.CSSProperties | undefined =>
  colour === undefined
    ? undefined
    : ({ "--mark": `var(--ten-${colour})`, "--mark-soft": `var(--ten-${colour}-soft)` } as React.CSSProperties);

export function SlotFace({
  followup,
  at,
  conflict = false,
}: {
  readonly followup: FollowupLine;
  readonly at?: number;
  readonly conflict?: boolean;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useFollowupName();
  const time = format.time(at ?? Date.parse(followup.due.at));
  return (
    <>
      <span className={styles.top}>
        <Icon name={channelIcons[followup.channel]} size="s" />
        <span className={styles.time}>{followup.status === "missed" ? t("followups.slot.missed_at", { time }) : time}</span>
        <span className="grow" />
        {conflict && <Icon name="columns" size="xs" className={styles.conflict} />}
        {followup.recurring && <Icon name="refresh" size="xs" />}
        {followup.chain !== null && (
          <span className={styles.chain}>
            <Icon name="chain" size="xs" />
            {t("followups.chain", { position: followup.chain.position, total: followup.chain.of })}
          </span>
        )}
        {followup.pending && <Icon name="cloudUp" size="s" />}
        {followup.status === "completed" && <Icon name="check" size="s" />}
        {followup.status === "cancelled" && <Icon name="block" size="s" />}
        {needsAddress(followup) && <Icon name="warning" size="s" />}
      </span>
      <span className={cx(styles.what, "clip")} lang={scriptLanguage(nameOf(followup))}>
        {nameOf(followup)}
      </span>
      <span className={styles.who}>
        <TenantMark tenantId={followup.tenantId} />
        <span className="clip" lang={followup.contact === null ? undefined : scriptLanguage(followup.contact.name)}>
          {followup.contact?.name ?? t("tasks.card.no_contact")}
        </span>
      </span>
      <SlotState followup={followup} conflict={conflict} />
    </>
  );
}
