import { useState } from "react";
import type { i18n } from "i18next";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import { useAvailableCommands, type ShownCommand } from "../commands/context.tsx";
import { rankCommands, remember } from "../commands/rank.ts";
import type { MessagePlace } from "../inbox/layout-context.tsx";
import type { ConversationRef } from "../inbox/layout.ts";
import { useLive } from "../live.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { tenantsOf, useSession } from "../session/session-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Palette, type PaletteGroup, type PaletteItem } from "../ui/palette.tsx";
import { useHitItems } from "./use-hit-items.tsx";
import { useOlderGroups } from "./use-older-groups.ts";

export interface CommandPaletteProps {
  readonly onClose: () => void;
  /** The focused pane, whose commands come first. */
  readonly pane: { readonly number: number; readonly name: string } | undefined;
  readonly onOpen: (ref: ConversationRef, beside: boolean, message?: MessagePlace) => void;
  /** Opened to search rather than to run something. */
  readonly searching: boolean;
  /** Opened to search in this conversation only. */
  readonly within: ConversationRef | undefined;
}

const ofPane: ReadonlySet<ShownCommand["row"]["group"]> = new Set(["conversation", "composer", "work", "panes"]);
const mostCommands = 12;

/** Each time it opens it begins anew. */
export function CommandPalette({ open, ...props }: CommandPaletteProps & { readonly open: boolean }) {
  return open ? <OpenPalette {...props} /> : null;
}

function OpenPalette({ onClose, pane, onOpen, searching, within }: CommandPaletteProps) {
  const { t, i18n } = useTranslation();
  const session = useSession();
  const commands = useAvailableCommands();
  const [query, setQuery] = useState("");
  const [recent, setRecent] = useRemembered<readonly string[]>("recent", (value) =>
    Array.isArray(value) ? value.filter((id): id is string => typeof id === "string") : [],
  );
  const text = query.trim();
  const tenants = tenantsOf(session.scope);
  const found = useLive(
    "search.find",
    within === undefined
      ? { tenants, text, limit: 20 }
      : { tenants: [within.tenantId], text, limit: 50, conversationId: within.conversationId },
    { enabled: text.length > 1, keep: true },
  ).data;

  const english = i18n.getFixedT("en");
  const rankable = commands
    .filter((command) => command.row.quiet !== true)
    .map((command) => ({ ...command, also: [english(`commands.${command.id}.title`), ...synonyms(i18n, command.id)] }));
  const ranked = rankCommands(rankable, query, recent).slice(0, mostCommands);
  const item = (command: ShownCommand): PaletteItem => ({
    id: `command ${command.id}`,
    label: command.title,
    icon: command.row.icon,
    keys: command.keys,
    detail: command.blocked,
  });
  const inPane = pane === undefined ? [] : ranked.filter((command) => ofPane.has(command.row.group));
  const others = ranked.filter((command) => !inPane.includes(command));
  const hits = text.length > 1 ? (found?.hits ?? []) : [];
  const hitItems = useHitItems(hits, "hit");
  const older = useOlderGroups({ text, tenants, within, known: hits });
  const here: readonly PaletteGroup[] = [
    {
      id: "here",
      label:
        text.length > 1 && found?.hits.length === 0
          ? t("console.palette.nothing_here")
          : t("console.palette.here", { name: pane?.name ?? "" }),
      items: hitItems,
    },
    ...older.groups,
  ];
  const everywhere: readonly PaletteGroup[] = [
    ...(searching && text.length > 1 ? [] : commandGroups(inPane.map(item), others.map(item))),
    ...(hitItems.length > 0 ? [{ id: "found", label: t("console.palette.found"), items: hitItems }] : []),
    ...older.groups,
    ...(searching && text.length > 1 ? commandGroups(inPane.map(item), others.map(item)) : []),
  ];

  function commandGroups(first: readonly PaletteItem[], rest: readonly PaletteItem[]): readonly PaletteGroup[] {
    return [
      ...(pane !== undefined && first.length > 0
        ? [
            {
              id: "pane",
              label: <span lang={scriptLanguage(pane.name)}>{t("console.palette.pane", { number: pane.number, name: pane.name })}</span>,
              items: first,
            },
          ]
        : []),
      ...(rest.length > 0 ? [{ id: "commands", label: t("console.palette.commands"), items: rest }] : []),
    ];
  }

  const run = ({ id }: PaletteItem, beside: boolean) => {
    const [kind, first = "", second = "", third = "", fourth = ""] = id.split(" ");
    if (kind === "command") {
      setRecent(remember(recent, first));
      // The focus is back where it was then, and a command may move it itself; still in this turn, for what is typed next is for it.
      flushSync(onClose);
      queueMicrotask(() => commands.find((command) => command.id === first)?.run());
    } else if (kind === "ask" || kind === "more") {
      older.ask(first);
    } else {
      onClose();
      onOpen({ tenantId: first, conversationId: second }, beside, messageOf(third, fourth));
    }
  };
  const groups = within === undefined ? everywhere : here;
  return <Palette open={true} onClose={onClose} query={query} onQuery={setQuery} groups={groups} onRun={run} />;
}

/** Only a message is a place in a conversation; a person's name is not. */
function messageOf(messageId: string, number: string): MessagePlace | undefined {
  return messageId === "name" ? undefined : { messageId, number: Number(number) };
}

/** Not every command has words that mean it, so the keys are looked up rather than typed. */
function synonyms(texts: i18n, id: string): readonly string[] {
  return [texts.language, "en"].flatMap((language) => {
    const words: unknown = texts.getResource(language, "texts", `commands.${id}.words`);
    return typeof words === "string" ? [words] : [];
  });
}
