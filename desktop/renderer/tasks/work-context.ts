/** What every page may ask for: a new task or follow-up, or to show one. Answered by `WorkDialogs`, which stands above all pages. */
import { createContext, use } from "react";
import type { ConversationRef } from "../inbox/layout.ts";
import type { TaskLine } from "./task-filter.ts";

export interface NewWork {
  /** Where it comes from: its contact and its link back. */
  readonly conversation?: ConversationRef | undefined;
  /** The message it is made from; its words are quoted. */
  readonly message?: { readonly id: string; readonly body: string } | undefined;
  readonly tenantId?: string | undefined;
}

export interface NewTask extends NewWork {
  /** The column in which it was asked for. */
  readonly status?: TaskLine["status"] | undefined;
}

export interface NewFollowup extends NewWork {
  /** The slot that was pressed. */
  readonly at?: number | undefined;
  /** The follow-up it comes out of. */
  readonly previous?:
    | { readonly id: string; readonly contactId: string | null; readonly channel: string; readonly notes: string }
    | undefined;
}

/** A message that has the focus: what the keys for new work mean then. */
export interface MessageSource {
  readonly conversation: ConversationRef;
  readonly message: { readonly id: string; readonly body: string };
}

export interface Work {
  readonly newTask: (of?: NewTask) => void;
  readonly newFollowup: (of?: NewFollowup) => void;
  readonly openTask: (tenantId: string, taskId: string) => void;
  readonly openFollowup: (tenantId: string, followupId: string) => void;
  /** Of one of its messages: goes to that message. */
  readonly openConversation: (ref: ConversationRef, messageId?: string | null) => void;
  readonly setFocusedMessage: (source: MessageSource | undefined) => void;
}

export const WorkContext = createContext<Work | undefined>(undefined);

/** Undefined in a window of its own, which has no pages to lead to. */
export const useWorkIfAny = (): Work | undefined => use(WorkContext);

export function useWork(): Work {
  const work = use(WorkContext);
  if (work === undefined) throw new Error("no work: wrap the page in WorkDialogs");
  return work;
}
