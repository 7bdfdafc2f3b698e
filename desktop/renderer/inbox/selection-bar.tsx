import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { useSession } from "../session/session-context.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { LabelDialog } from "./label-dialog.tsx";
import { AssignDialog } from "./person-dialog.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { useActs, type Done } from "./use-acts.ts";
import styles from "./selection-bar.module.css";

interface Bulk {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly fits?: (line: ConversationLine) => boolean;
  readonly said: (count: number) => string;
}

/** What is done with several conversations at once; one notice, one undo for all of them. */
export function SelectionBar({ lines, onDone }: { readonly lines: readonly ConversationLine[]; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const session = useSession();
  const { mutate, sayDone } = useActs();
  const [asking, setAsking] = useState<"assign" | "snooze" | "label" | undefined>(undefined);
  const tenantIds = new Set(lines.map((line) => line.tenantId));
  // People and labels are those of one tenant.
  const [tenantId] = tenantIds.size === 1 ? tenantIds : [];
  const apart = tenantId === undefined ? t("inbox.select.one_tenant") : undefined;

  const run = async ({ name, args, fits = () => true, said }: Bulk, keep = false) => {
    if (!keep) setAsking(undefined);
    const done: Done[] = [];
    for (const line of lines.filter(fits)) {
      const mid = await mutate(line.tenantId, name, { conversationId: line.id, ...args });
      if (mid !== undefined) done.push({ tenantId: line.tenantId, mid });
    }
    if (!keep) onDone();
    sayDone(done, said(done.length));
  };
  const open = (line: ConversationLine) => line.status !== "closed";
  return (
    <div className={styles.bar}>
      <span className="grow clip">{t("inbox.select.count", { count: lines.length })}</span>
      <IconButton
        icon="user"
        size="s"
        label={apart ?? t("inbox.select.assign")}
        disabled={apart !== undefined}
        onClick={() => setAsking("assign")}
      />
      <IconButton
        icon="tag"
        size="s"
        label={apart ?? t("inbox.select.label")}
        disabled={apart !== undefined}
        onClick={() => setAsking("label")}
      />
      <IconButton icon="snooze" size="s" label={t("inbox.select.snooze")} onClick={() => setAsking("snooze")} />
      <Button
        size="s"
        icon="done"
        onClick={() =>
          void run({ name: "setStatus", args: { to: "closed" }, fits: open, said: (count) => t("inbox.select.closed", { count }) })
        }
      >
        {t("inbox.pane.close")}
      </Button>
      <IconButton icon="close" size="s" label={t("inbox.select.clear")} onClick={onDone} />
      {asking === "assign" && tenantId !== undefined && (
        <AssignDialog
          open={true}
          tenantId={tenantId}
          assigneeId={undefined}
          onClose={() => setAsking(undefined)}
          onAssign={(person) =>
            void run(
              person === undefined
                ? { name: "returnToQueue", args: {}, said: (count) => t("inbox.select.returned", { count }) }
                : {
                    name: "assignConversation",
                    args: { assigneeId: person.id },
                    said: (count) =>
                      t("inbox.select.assigned", {
                        count,
                        name: person.id === session.tenant(tenantId)?.memberId ? t("inbox.pane.you") : person.name,
                      }),
                  },
            )
          }
        />
      )}
      {asking === "snooze" && (
        <SnoozeDialog
          open={true}
          onClose={() => setAsking(undefined)}
          onSnooze={(until) =>
            void run({
              name: "snooze",
              args: { until: { at: new Date(until).toISOString(), zone: format.zone } },
              fits: open,
              said: (count) => t("inbox.select.snoozed", { count, time: format.dayTime(until, ticker.now()) }),
            })
          }
        />
      )}
      {asking === "label" && tenantId !== undefined && (
        <LabelDialog
          open={true}
          title={t("inbox.context.choose_labels")}
          tenantId={tenantId}
          // Ticked is what all of them wear.
          worn={shared(lines)}
          onClose={() => setAsking(undefined)}
          onLabels={(changes) =>
            void run(
              {
                name: "setLabels",
                args: { ...changes },
                said: (count) => t("inbox.select.labelled", { count }),
              },
              true,
            )
          }
        />
      )}
    </div>
  );
}

function shared(lines: readonly ConversationLine[]): ConversationLine["labels"] {
  const [first, ...others] = lines;
  return (first?.labels ?? []).filter((label) => others.every((line) => line.labels.some(({ id }) => id === label.id)));
}
