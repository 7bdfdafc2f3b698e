/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { SessionShape } from "@switchboard/shared/api/accounts.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/marks.tsx";
import { PlainTable } from "./plain-table.tsx";
import { useDeviceWords } from "./use-device-words.ts";
import { useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

/** Where somebody is signed in. */
export function SessionList(props: {
  readonly label: string;
  readonly sessions: readonly SessionShape[];
  readonly onEnd: (session: SessionShape) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useTicker().now();
  const whyNot = useWhyNot();
  const wordsOf = useDeviceWords();
  const named = (session: SessionShape) => (session.device === "" ? t("people.sessions.browser") : wordsOf(session.device));
  return (
    <PlainTable
      label={props.label}
      rows={props.sessions}
      keyOf={({ id }) => id}
      columns={[
        {
          id: "where",
          label: t("people.sessions.where"),
          header: true,
          cell: (session) => (
            <>
              <span className={styles.line}>
                {named(session)}
                {session.current && <Chip tone="ok">{t("people.sessions.this")}</Chip>}
              </span>
              <span className={styles.small}>{session.userAgent}</span>
            </>
          ),
        },
        { id: "address", label: t("people.sessions.address"), cell: ({ address }) => <span className="num">{address}</span> },
        { id: "seen", label: t("people.sessions.seen"), cell: ({ lastSeenAt }) => format.dayTime(Date.parse(lastSeenAt), now) },
        {
          id: "acts",
          label: t("people.acts"),
          labelHidden: true,
          cell: (session) =>
            session.can.end &&
            !session.current && (
              <span className={styles.acts}>
                <Button
                  size="s"
                  blocked={whyNot}
                  aria-label={t("people.sessions.end_of", { name: named(session) })}
                  onClick={() => props.onEnd(session)}
                >
                  {t("people.sessions.end")}
                </Button>
              </span>
            ),
        },
      ]}
    />
  );
}
