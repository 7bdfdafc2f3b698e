import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useFormat } from "../text/format-context.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Avatar } from "../ui/marks.tsx";
import styles from "./presence-strip.module.css";

type Open = NonNullable<QueryOutput<"conversation.open">>;

/** Always there, 28 px: who types, who looks, who writes. The composer below never moves. */
export function PresenceStrip({ open }: { readonly open: Pick<Open, "typing" | "viewers"> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const writing = open.viewers.filter((viewer) => viewer.writing);
  const shown = writing.length > 0 ? writing : open.viewers;
  const names = format.list(shown.map((viewer) => viewer.person.name));
  return (
    <div className={styles.strip}>
      {shown.length > 0 && (
        <span className={styles.colleagues}>
          {shown.slice(0, 3).map((viewer) => (
            <Avatar key={viewer.person.id} name={viewer.person.name} size="xs" />
          ))}
          <span className={writing.length > 0 ? `${styles.writing} clip` : "clip"}>
            {writing.length === 0
              ? t("inbox.strip.viewing", { count: shown.length, names })
              : writing.every((viewer) => viewer.note)
                ? t("inbox.strip.writing_note", { count: shown.length, names })
                : t("inbox.strip.writing", { count: shown.length, names })}
          </span>
        </span>
      )}
      {open.typing !== null && (
        <span className={styles.typing}>
          <span className={styles.dots} aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          <b>{t("inbox.strip.typing")}</b>
          <span className="clip" lang={scriptLanguage(open.typing.text)}>
            {open.typing.text}
          </span>
        </span>
      )}
    </div>
  );
}
