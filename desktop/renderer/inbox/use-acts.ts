/** What an operator does with a conversation. Each is done at once, said in a notice, and can be undone there. */
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../ids.ts";
import { useBridge } from "../live.tsx";
import { BridgeError } from "../port.ts";
import { useTicker } from "../text/now.tsx";
import { useToasts } from "../ui/toast-context.ts";
import type { ConversationRef } from "./layout.ts";

type MutateArgs = Readonly<Record<string, unknown>>;

/** A mutation by its number. */
export interface Done {
  readonly tenantId: string;
  readonly mid: number;
}

export interface Acts {
  /** Appends a mutation; resolves with its number, or undefined when it was refused (which has then been said). */
  readonly mutate: (tenantId: string, name: string, args: MutateArgs) => Promise<number | undefined>;
  /** Says what was done. "Undo" takes all of it back, and is offered as long as any of it is still so. */
  readonly sayDone: (done: readonly Done[], said: string) => void;
  /** Does it with a notice that can be undone. */
  readonly act: (ref: ConversationRef, name: string, args: MutateArgs, said: string) => Promise<void>;
  readonly sendReply: (ref: ConversationRef, body: string, seenNumber: number, anyway: boolean) => Promise<number | undefined>;
  readonly addNote: (ref: ConversationRef, body: string, mentions: readonly string[]) => Promise<number | undefined>;
  readonly newId: () => string;
  readonly refused: (error: unknown) => void;
}

/** Replies written without a connection are sent by themselves only for so long (SYNC 6). */
const replyExpiryMinutes = 10;

export function useActs(): Acts {
  const { port } = useBridge();
  const ticker = useTicker();
  const toasts = useToasts();
  const { t } = useTranslation();
  return useMemo(() => {
    const refused = (error: unknown) => {
      const code = error instanceof BridgeError ? error.code : "";
      toasts.say(code === "offline" || code === "needs_connection" ? t("inbox.act.needs_connection") : t("inbox.act.refused"), {
        tone: "warn",
      });
    };
    const mutate: Acts["mutate"] = async (tenantId, name, args) => {
      try {
        // Mutation arguments are JSON by the mutator's own schema, which the core checks.
        const { mid } = await port.command("mutate", { tenantId, name, args: args as Record<string, never> });
        return mid;
      } catch (error) {
        refused(error);
        return undefined;
      }
    };
    const sayDone: Acts["sayDone"] = (done, said) => {
      if (done.length === 0) return;
      toasts.say(said, {
        undo() {
          for (const item of done.toReversed()) void port.command("undo", item).catch(refused);
        },
        whenOver: (over) =>
          port.live("undo.standing", { items: [...done] }, { value: ({ standing }) => void (standing || over()), failed: () => undefined }),
      });
    };
    return {
      mutate,
      sayDone,
      refused,
      newId: () => newId(ticker.now()),
      async act(ref, name, args, said) {
        const mid = await mutate(ref.tenantId, name, { conversationId: ref.conversationId, ...args });
        if (mid !== undefined) sayDone([{ tenantId: ref.tenantId, mid }], said);
      },
      sendReply: (ref, body, seenNumber, anyway) =>
        mutate(ref.tenantId, "sendMessage", {
          id: newId(ticker.now()),
          conversationId: ref.conversationId,
          body,
          expiresAt: new Date(ticker.now() + replyExpiryMinutes * 60_000).toISOString(),
          seenNumber,
          anyway,
        }),
      addNote: (ref, body, mentions) =>
        mutate(ref.tenantId, "addNote", { id: newId(ticker.now()), conversationId: ref.conversationId, body, mentions: [...mentions] }),
    };
  }, [port, ticker, toasts, t]);
}
