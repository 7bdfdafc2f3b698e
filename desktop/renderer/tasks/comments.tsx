import { limits } from "@switchboard/shared/model/limits.ts";
import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { mentionQuery, mentionsIn } from "../inbox/blanks.ts";
import { mentionParts } from "../inbox/mention-parts.ts";
import { Suggestions } from "../inbox/suggestions.tsx";
import { useActs } from "../inbox/use-acts.ts";
import { useDraft } from "../inbox/use-draft.ts";
import { useFormat } from "../text/format-context.tsx";
import { useMinute } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { Button } from "../ui/button.tsx";
import { Avatar } from "../ui/marks.tsx";
import { TextArea } from "../ui/text-input.tsx";
import { WaitingChip } from "./task-marks.tsx";
import { useMembers } from "./use-people.tsx";
import styles from "./comments.module.css";

type Task = NonNullable<QueryOutput<"tasks.open">>;

export interface CommentsProps {
  readonly task: Task;
  readonly readOnly: boolean;
}

export function Comments({ task, readOnly }: CommentsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useMinute();
  const members = useMembers(task.tenantId);
  const names = members.map(({ name }) => name);
  return (
    <section className={styles.comments}>
      <h2>
        {t("tasks.detail.comments")} <span className={styles.count}>{task.commentList.length}</span>
      </h2>
      {task.commentList.length === 0 && <p className={styles.none}>{t("tasks.detail.no_comments")}</p>}
      <ol>
        {task.commentList.map((comment) => (
          <li key={comment.id} className={styles.comment}>
            <Avatar name={comment.author?.name ?? "?"} size="s" />
            <div className="grow">
              <p className={styles.by}>
                <b>{comment.author?.name ?? t("common.nobody")}</b>
                <span title={format.full(Date.parse(comment.at))}>{format.ago(Date.parse(comment.at), now)}</span>
                {comment.pending && <WaitingChip />}
              </p>
              <p className={styles.body} dir="auto" lang={scriptLanguage(comment.body)}>
                <Said body={comment.body} names={names} />
              </p>
            </div>
          </li>
        ))}
      </ol>
      {!readOnly && <WriteComment task={task} />}
    </section>
  );
}

/** Who is named is marked, as in a private note. */
function Said({ body, names }: { readonly body: string; readonly names: readonly string[] }) {
  return mentionParts(body, names).map((part, index) =>
    part.mention ? (
      // Parts of one unchanging text: their place is their identity.
      <b key={index} className={styles.mention}>
        {part.text}
      </b>
    ) : (
      part.text
    ),
  );
}

function WriteComment({ task }: Omit<CommentsProps, "readOnly">) {
  const { t } = useTranslation();
  const { mutate, newId } = useActs();
  const { text, setText: onText, sent } = useDraft({ tenantId: task.tenantId, placeId: task.id }, "comment");
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState(-1);
  const members = useMembers(task.tenantId);
  const query = mentionQuery(text, Math.min(caret, text.length));
  const found =
    query === undefined || query.start === dismissed
      ? []
      : members.filter(({ name }) => name.toLocaleLowerCase().includes(query.typed.toLocaleLowerCase())).slice(0, 8);
  const marked = Math.min(active, found.length - 1);
  const choose = (index: number) => {
    const member = found[index];
    if (member === undefined || query === undefined) return;
    const before = `${text.slice(0, query.start)}@${member.name} `;
    onText(before + text.slice(caret));
    setCaret(before.length);
    setActive(0);
    requestAnimationFrame(() => field.current?.setSelectionRange(before.length, before.length));
  };
  const add = () => {
    const body = text.trim();
    if (body === "") return;
    sent(mutate(task.tenantId, "addTaskComment", { id: newId(), taskId: task.id, body, mentions: [...mentionsIn(body, members)] }));
  };
  return (
    <div className={styles.write}>
      {found.length > 0 && (
        <Suggestions
          id={id}
          label={t("tasks.detail.mention")}
          items={found.map((member) => ({
            id: member.id,
            content: (
              <>
                <Avatar name={member.name} size="xs" />
                {member.name}
              </>
            ),
          }))}
          active={marked}
          onActive={setActive}
          onChoose={choose}
          nothing=""
        />
      )}
      <TextArea
        ref={field}
        value={text}
        onValue={(next) => {
          onText(next);
          setCaret(field.current?.selectionStart ?? next.length);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        rows={2}
        maxLength={limits.comment}
        aria-label={t("tasks.detail.comment")}
        placeholder={t("tasks.detail.comment")}
        {...(found.length > 0 ? { "aria-controls": id, "aria-activedescendant": `${id} ${marked}` } : {})}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            add();
          } else if (found.length > 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
            event.preventDefault();
            setActive((marked + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length);
          } else if (found.length > 0 && (event.key === "Enter" || event.key === "Tab")) {
            event.preventDefault();
            choose(marked);
          } else if (found.length > 0 && event.key === "Escape") {
            event.preventDefault();
            event.stopPropagation();
            setDismissed(query?.start ?? -1);
          }
        }}
      />
      <div className={styles.send}>
        <Button size="s" onClick={add} disabled={text.trim() === ""}>
          {t("tasks.detail.add_comment")}
        </Button>
      </div>
    </div>
  );
}
