import { isTooLong } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live.tsx";
import { useTenant } from "../session/session-context.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Avatar, PresenceDot, type Presence } from "../ui/marks.tsx";
import { TextArea, TextInput } from "../ui/text-input.tsx";
import type { ConversationRef } from "./layout.ts";
import { useDraft } from "./use-draft.ts";
import styles from "./dialogs.module.css";

const presences: Readonly<Record<string, Presence>> = { online: "online", away: "away", busy: "away" };

export interface AssignDialogProps {
  readonly open: boolean;
  readonly tenantId: string;
  readonly assigneeId: string | undefined;
  readonly onClose: () => void;
  readonly onAssign: (person: { readonly id: string; readonly name: string } | undefined) => void;
}

/** Type, Enter: the first match takes it. */
export function AssignDialog({ open, tenantId, assigneeId, onClose, onAssign }: AssignDialogProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const first = useRef<HTMLInputElement>(null);
  const tenant = useTenant(tenantId);
  const members = useLive("people.list", { tenantId }, { enabled: open }).data?.members ?? [];
  const found = members
    .filter((person) => person.name.toLocaleLowerCase().includes(text.toLocaleLowerCase()))
    .toSorted((a, b) => Number(b.id === tenant?.memberId) - Number(a.id === tenant?.memberId));
  const choose = (person: { readonly id: string; readonly name: string } | undefined) => {
    setText("");
    onAssign(person);
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("inbox.assign.title")} width="s" first={first}>
      <TextInput
        ref={first}
        icon="search"
        value={text}
        onValue={setText}
        aria-label={t("inbox.assign.find")}
        placeholder={t("inbox.assign.find")}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing && found[0] !== undefined) choose(found[0]);
        }}
      />
      <ul className={`${styles.choices} ${styles.scroll}`}>
        {found.map((person) => (
          <li key={person.id}>
            <button type="button" className={styles.choice} aria-pressed={person.id === assigneeId} onClick={() => choose(person)}>
              <Avatar name={person.name} size="s" />
              <span className="grow clip">{person.id === tenant?.memberId ? t("inbox.assign.me") : person.name}</span>
              <PresenceDot presence={presences[person.presence] ?? "offline"} />
            </button>
          </li>
        ))}
        <li>
          <button type="button" className={styles.choice} onClick={() => choose(undefined)}>
            <Icon name="inbox" />
            <span className="grow">{t("inbox.assign.nobody")}</span>
          </button>
        </li>
      </ul>
    </Dialog>
  );
}

export interface HandOverTarget {
  readonly teamId: string | null;
  readonly assigneeId: string | null;
  readonly name: string;
  readonly comment: string;
}

export function HandOverDialog({
  open,
  conversation,
  onClose,
  onHandOver,
}: {
  readonly open: boolean;
  readonly conversation: ConversationRef;
  readonly onClose: () => void;
  /** Resolves with its number once it is kept, as a message does. */
  readonly onHandOver: (target: HandOverTarget) => Promise<number | undefined>;
}) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  const {
    text: comment,
    setText: setComment,
    sent,
  } = useDraft({ tenantId: conversation.tenantId, placeId: conversation.conversationId }, "handOver");
  const people = useLive("people.list", { tenantId: conversation.tenantId }, { enabled: open }).data;
  const choices = [
    ...(people?.teams ?? []).map((team) => ({
      value: `team ${team.id}`,
      label: team.name,
      icon: "users" as const,
      help: t("inbox.hand_over.team"),
    })),
    ...(people?.members ?? []).map((person) => ({
      value: `member ${person.id}`,
      label: person.name,
      mark: <Avatar name={person.name} size="xs" />,
    })),
  ];
  const chosen = choices.find((choice) => choice.value === to);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("inbox.hand_over.title")}
      width="s"
      footer={
        <DialogActs
          onCancel={onClose}
          blocked={
            chosen === undefined
              ? t("inbox.hand_over.choose")
              : isTooLong(comment.trim(), limits.handOverComment)
                ? t("inbox.composer.too_long", { most: limits.handOverComment })
                : undefined
          }
          onClick={() => {
            if (chosen === undefined) return;
            const [kind, id = ""] = chosen.value.split(" ");
            sent(
              onHandOver({
                teamId: kind === "team" ? id : null,
                assigneeId: kind === "member" ? id : null,
                name: chosen.label,
                comment: comment.trim(),
              }),
            );
            setTo(null);
          }}
        >
          {t("inbox.hand_over.confirm")}
        </DialogActs>
      }
    >
      <Field label={t("inbox.hand_over.to")}>
        <Combobox choices={choices} value={to} onValue={setTo} />
      </Field>
      <Field label={t("inbox.hand_over.comment")} optional={true} help={t("inbox.hand_over.comment_help")}>
        <TextArea value={comment} onValue={setComment} />
      </Field>
    </Dialog>
  );
}
