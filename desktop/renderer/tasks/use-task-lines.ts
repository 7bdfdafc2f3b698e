import { useMemo, useState } from "react";
import type { QueryInput } from "../../bridge/index.ts";
import { useLivePages } from "../live.tsx";
import type { BridgeError } from "../port.ts";
import { useStable } from "../use-stable.ts";
import { mergeLines, type TaskLine } from "./task-filter.ts";

export interface TaskLines {
  /** Undefined until there is something to show or an answer that there is nothing: rows stay on screen until the next ones are there. */
  readonly lines: readonly TaskLine[] | undefined;
  readonly total: number;
  /** Asks for the next page of every question that has one. */
  readonly more: (() => void) | undefined;
  readonly error: BridgeError | undefined;
  readonly retry: () => void;
}

/** The answers of one or several questions as one list, page by page. */
export function useTaskLines(questions: readonly QueryInput<"tasks.list">[], sort: "due" | "priority" | "updated"): TaskLines {
  const [cursors, setCursors] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [held, setHeld] = useState<readonly TaskLine[] | undefined>(undefined);
  const asked = questions.flatMap((question) => {
    const key = JSON.stringify(question);
    return [undefined, ...(cursors[key] ?? [])].map((cursor) => ({
      key,
      first: cursor === undefined,
      input: cursor === undefined ? question : { ...question, cursor },
    }));
  });
  const results = useLivePages(
    "tasks.list",
    asked.map(({ input }) => input),
  );
  const answers = useStable(results.map((result) => result.data));
  const ready = asked.every(({ first }, index) => !first || answers[index] !== undefined);
  const lines = useMemo(
    () =>
      mergeLines(
        answers.flatMap((answer) => (answer === undefined ? [] : [answer.items])),
        sort,
      ),
    [answers, sort],
  );
  // That nothing was found is said of the question it was found for, never of the next one.
  const worth = ready && lines.length === 0 ? undefined : lines;
  if (ready && held !== worth) setHeld(worth);
  const lastOf = new Map(asked.map(({ key }, index) => [key, answers[index]]));
  const next = [...lastOf].flatMap(([key, answer]) => (answer?.next == null ? [] : [[key, answer.next] as const]));
  return {
    lines: ready ? lines : held,
    total: asked.reduce((sum, { first }, index) => sum + (first ? (answers[index]?.total ?? 0) : 0), 0),
    more:
      next.length === 0
        ? undefined
        : () =>
            setCursors((before) => ({
              ...before,
              ...Object.fromEntries(next.map(([key, cursor]) => [key, [...(before[key] ?? []), cursor]])),
            })),
    error: results.find((result) => result.error !== null)?.error ?? undefined,
    retry: () => {
      for (const result of results) if (result.isError) void result.refetch();
    },
  };
}
