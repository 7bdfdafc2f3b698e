/** What is older than this computer knows: asked of the server by hand, one tenant after another, page by page. */
import { useState } from "react";
import type { CommandOutput } from "../../bridge/index.ts";
import { useCall } from "../live.tsx";

export type OlderHit = CommandOutput<"search.older">["hits"][number] & { readonly tenantId: string };

export interface OlderAnswer {
  readonly tenantId: string;
  readonly state: "asking" | "failed" | "answered";
  /** What came so far. */
  readonly hits: readonly OlderHit[];
  /** Undefined when there is no more. */
  readonly next: string | undefined;
}

interface Asked {
  readonly text: string;
  readonly answers: readonly OlderAnswer[];
}

/** Other words are another search: what the server said to those before is gone, also when it says it late. */
export function useOlderSearch(
  text: string,
  conversationId: string | undefined,
): { readonly answers: readonly OlderAnswer[]; readonly ask: (tenantId: string) => void } {
  const call = useCall();
  const [asked, setAsked] = useState<Asked>({ text, answers: [] });
  const answers = asked.text === text ? asked.answers : [];
  const put = (answer: OlderAnswer) =>
    setAsked((now) => (now.text === text ? { text, answers: [...now.answers.filter(isOther(answer)), answer] } : now));
  const ask = (tenantId: string) => {
    const before = answers.find((answer) => answer.tenantId === tenantId) ?? { tenantId, hits: [], next: undefined };
    const { hits, next } = before;
    const asking: OlderAnswer = { ...before, state: "asking" };
    setAsked({ text, answers: [...answers.filter(isOther(asking)), asking] });
    const input = { tenantId, text, ...(conversationId === undefined ? {} : { conversationId }) };
    call("search.older", next === undefined ? input : { ...input, cursor: next }).then(
      (page) =>
        put({
          tenantId,
          state: "answered",
          hits: [...hits, ...page.hits.map((hit) => ({ ...hit, tenantId }))],
          next: page.next ?? undefined,
        }),
      () => put({ ...before, state: "failed" }),
    );
  };
  return { answers, ask };
}

const isOther = (answer: OlderAnswer) => (other: OlderAnswer) => other.tenantId !== answer.tenantId;
