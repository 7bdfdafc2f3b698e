import { languageNames } from "@switchboard/shared/i18n/languages.ts";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { CannedValues } from "@switchboard/shared/model/canned.ts";
import { useLive } from "../live.tsx";
import { cx } from "../ui/cx.ts";
import { Avatar } from "../ui/marks.tsx";
import { blanksIn, mentionQuery, replyText, slashQuery, type SlashQuery } from "./blanks.ts";
import type { ConversationRef } from "./layout.ts";
import { Suggestions, type Suggestion } from "./suggestions.tsx";
import styles from "./suggestions.module.css";

interface Offer {
  readonly query: SlashQuery;
  readonly label: string;
  readonly nothing: string;
  readonly items: readonly (Suggestion & { readonly text: string })[];
  readonly preview: string | undefined;
}

export interface UseSuggestions {
  readonly popup: React.ReactNode;
  readonly listId: string | undefined;
  readonly activeId: string | undefined;
  /** True when the key was for the list. */
  readonly keys: (event: KeyboardEvent) => boolean;
}

export interface SuggestionSource {
  readonly conversation: ConversationRef;
  readonly mode: "reply" | "note";
  readonly text: string;
  readonly caret: number;
  readonly values: CannedValues;
  readonly id: string;
  readonly insert: (start: number, end: number, text: string) => void;
}

/** Canned replies after a slash, colleagues after an @ in a note. */
export function useSuggestions({ conversation, mode, text, caret, values, id, insert }: SuggestionSource): UseSuggestions {
  const { t } = useTranslation();
  const slash = slashQuery(text, caret);
  const at = mode === "note" ? mentionQuery(text, caret) : undefined;
  const [dismissed, setDismissed] = useState<string | undefined>(undefined);
  const [active, setActive] = useState(0);
  const { tenantId, conversationId } = conversation;
  const found = useLive(
    "replies.find",
    { tenantId, text: slash?.typed ?? "", conversationId },
    { enabled: slash !== undefined, keep: true },
  ).data;
  const replies = found?.items ?? [];
  const kindOf = ({ folder, language }: (typeof replies)[number]) =>
    [folder, found?.severalLanguages === true && language !== null ? languageNames[language] : null]
      .filter((part) => part !== null)
      .join(" · ");
  const people = useLive("people.list", { tenantId }, { enabled: at !== undefined }).data?.members ?? [];

  let offer: Offer | undefined;
  if (slash !== undefined) {
    const shown = replies.slice(0, 20).map((reply) => ({ reply, filled: replyText(reply.text, values) }));
    offer = {
      query: slash,
      label: t("inbox.canned.label"),
      nothing: t("inbox.canned.nothing", { typed: slash.typed }),
      items: shown.map(({ reply, filled }) => ({
        id: reply.id,
        text: filled,
        content: (
          <>
            {reply.shortcut !== null && <span className={styles.shortcut}>/{reply.shortcut}</span>}
            <span className={cx(styles.title, "clip")}>{reply.title}</span>
            <small className={cx(styles.side, styles.kind)}>{kindOf(reply)}</small>
            {blanksIn(filled).length > 0 && (
              <small className={styles.side}>{t("inbox.canned.blanks", { count: blanksIn(filled).length })}</small>
            )}
          </>
        ),
      })),
      preview: shown[Math.min(active, shown.length - 1)]?.filled,
    };
  } else if (at !== undefined) {
    const named = people.filter((person) =>
      person.name
        .toLocaleLowerCase()
        .split(/\s+/)
        .some((word) => word.startsWith(at.typed.toLocaleLowerCase())),
    );
    offer = {
      query: at,
      label: t("inbox.composer.mention"),
      nothing: t("ui.combobox.nothing"),
      items: named.slice(0, 8).map((person) => ({
        id: person.id,
        text: `@${person.name} `,
        content: (
          <>
            <Avatar name={person.name} size="xs" />
            <span className="grow clip">{person.name}</span>
          </>
        ),
      })),
      preview: undefined,
    };
  }

  // Esc closes it for this slash; another letter elsewhere, or another slash, opens it again.
  const place = offer === undefined ? undefined : `${mode} ${offer.query.start}`;
  const open = offer !== undefined && place !== dismissed && !(at !== undefined && offer.items.length === 0) ? offer : undefined;
  const index = open === undefined ? 0 : Math.min(active, Math.max(0, open.items.length - 1));
  const choose = (chosen: number) => {
    const item = open?.items[chosen];
    if (open === undefined || item === undefined) return;
    insert(open.query.start, open.query.start + open.query.typed.length + 1, item.text);
    setActive(0);
  };

  return {
    listId: open === undefined ? undefined : id,
    activeId: open === undefined || open.items.length === 0 ? undefined : `${id} ${index}`,
    keys(event) {
      if (open === undefined || event.nativeEvent.isComposing) return false;
      if (event.key === "Escape") setDismissed(place);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp")
        setActive(open.items.length === 0 ? 0 : (index + (event.key === "ArrowDown" ? 1 : -1) + open.items.length) % open.items.length);
      else if (
        (event.key === "Enter" || event.key === "Tab") &&
        !event.shiftKey &&
        !event.ctrlKey &&
        !event.metaKey &&
        open.items.length > 0
      )
        choose(index);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
    popup: open && (
      <Suggestions
        id={id}
        label={open.label}
        items={open.items}
        active={index}
        onActive={setActive}
        onChoose={choose}
        nothing={open.nothing}
        preview={open.preview === undefined ? undefined : <Preview text={open.preview} />}
      />
    ),
  };
}

function Preview({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const parts: React.ReactNode[] = [];
  let end = 0;
  for (const blank of blanksIn(text)) {
    parts.push(text.slice(end, blank.start));
    parts.push(
      <span key={blank.start} className={styles.blank}>
        {blank.label}
      </span>,
    );
    end = blank.end;
  }
  parts.push(text.slice(end));
  return (
    <>
      <div dir="auto">{parts}</div>
      <p className={cx(styles.help)}>{t("inbox.canned.hint")}</p>
    </>
  );
}
