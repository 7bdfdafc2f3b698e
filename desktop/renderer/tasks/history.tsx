import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useLive } from "../live.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { historyWords, type HistoryLine } from "./history-words.ts";
import styles from "./history.module.css";

type State = "loading" | "failed" | { readonly lines: readonly HistoryLine[]; readonly next: string | null };

/** Who changed what. It is the server's log and not on this computer, so it is asked for when somebody wants to see it. */
export function History({
  tenantId,
  of,
  id,
  stamp,
  offline,
}: {
  readonly tenantId: string;
  readonly of: "task" | "followup";
  readonly id: string;
  /** Another value means that there is something new to read. */
  readonly stamp: string;
  readonly offline: boolean;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <section className={styles.history}>
      <Button kind="link" size="s" icon={open ? "chevronDown" : "chevronRight"} aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("tasks.history.title")}
      </Button>
      {open && (offline ? <p className={styles.quiet}>{t("tasks.history.offline")}</p> : <Lines key={stamp} {...{ tenantId, of, id }} />)}
    </section>
  );
}

function Lines({ tenantId, of, id }: { readonly tenantId: string; readonly of: "task" | "followup"; readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const call = useCall();
  const [state, setState] = useState<State>("loading");
  const [page, setPage] = useState<{ readonly cursor: string | null; readonly before: readonly HistoryLine[] }>({
    cursor: null,
    before: [],
  });
  const people = useLive("people.list", { tenantId }).data?.members ?? [];
  const nameOf = (memberId: unknown) => people.find((member) => member.id === memberId)?.name;
  useEffect(() => {
    let left = false;
    call("work.history", { tenantId, of, id, ...(page.cursor === null ? {} : { cursor: page.cursor }) }).then(
      ({ lines, next }) => !left && setState({ lines: [...page.before, ...lines], next }),
      () => !left && setState("failed"),
    );
    return () => {
      left = true;
    };
  }, [call, tenantId, of, id, page]);
  if (state === "loading") return <p className={styles.quiet}>{t("tasks.history.loading")}</p>;
  if (state === "failed")
    return (
      <p className={styles.quiet}>
        {t("tasks.history.failed")}{" "}
        <Button kind="link" size="s" onClick={() => setPage({ ...page })}>
          {t("common.try_again")}
        </Button>
      </p>
    );
  const { lines, next } = state;
  return (
    <>
      <ol className={styles.lines}>
        {lines.map((line) => (
          <li key={line.seq}>
            <span dir="auto">{historyWords(line, { t, format, nameOf })}</span>{" "}
            <time dateTime={line.at} title={format.full(Date.parse(line.at))}>
              {format.ago(Date.parse(line.at), now)}
            </time>
          </li>
        ))}
      </ol>
      {next !== null && (
        <Button kind="link" size="s" onClick={() => setPage({ cursor: next, before: lines })}>
          {t("tasks.history.more")}
        </Button>
      )}
    </>
  );
}
