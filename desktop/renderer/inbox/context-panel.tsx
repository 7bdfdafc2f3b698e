import { followupTypes, isFollowupOver, type FollowupType } from "@switchboard/shared/model/followups.ts";
import { isTaskOver } from "@switchboard/shared/model/tasks.ts";
import { memo, useDeferredValue, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCommandEnvironment, useKeysOf } from "../commands/context.tsx";
import type { CommandId } from "../commands/catalogue.ts";
import { useCall, useLive } from "../live.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { useTenant } from "../session/session-context.tsx";
import { tellApart } from "../followups/what-to-do.ts";
import { useWorkIfAny } from "../tasks/work-context.ts";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { scriptLanguage } from "../text/script.ts";
import { IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { Avatar, Chip } from "../ui/marks.tsx";
import { EmptyState, Skeleton } from "../ui/states.tsx";
import type { ConversationActs } from "./conversation-acts.ts";
import type { ConversationRef } from "./layout.ts";
import { presenceOf } from "./list-row.tsx";
import type { OpenConversation } from "./pane.tsx";
import { useActs } from "./use-acts.ts";
import { ContextLabels } from "./context-labels.tsx";
import { Value } from "./context-value.tsx";
import styles from "./context-panel.module.css";

export interface ContextPanelProps {
  readonly conversation: ConversationRef | undefined;
  readonly overlay: boolean;
  readonly acts: (open: OpenConversation) => ConversationActs;
  readonly onOpen: (ref: ConversationRef, beside: boolean) => void;
  readonly onHide: () => void;
}

/** Follows the focused pane, a moment after it: who writes, from where, and what came before. */
export const ContextPanel = memo(function ContextPanel({ conversation, overlay, acts, onOpen, onHide }: ContextPanelProps) {
  const { t } = useTranslation();
  const { data } = useLive(
    "conversation.open",
    conversation === undefined
      ? { tenantId: "", conversationId: "" }
      : { tenantId: conversation.tenantId, conversationId: conversation.conversationId },
    {
      enabled: conversation !== undefined,
      keep: true,
    },
  );
  const open = useDeferredValue(data);
  return (
    <aside
      className={cx(styles.panel, overlay && styles.overlay)}
      aria-label={t("inbox.context.label")}
      data-region="context"
      tabIndex={-1}
    >
      {overlay && (
        <div className={styles.hide}>
          <IconButton icon="close" size="s" label={t("inbox.context.hide")} onClick={onHide} />
        </div>
      )}
      {conversation === undefined || open === null ? (
        <EmptyState icon="user" title={t("inbox.context.empty")} />
      ) : open === undefined ? (
        <Skeleton rows={6} look="line" />
      ) : (
        <Contact open={open} acts={acts} onOpen={onOpen} />
      )}
    </aside>
  );
});

const Contact = memo(function Contact({
  open,
  acts: actsOf,
  onOpen,
}: Pick<ContextPanelProps, "acts" | "onOpen"> & { readonly open: OpenConversation }) {
  const acts = actsOf(open);
  const { t } = useTranslation();
  const tenant = useTenant(open.tenantId);
  const format = useFormat();
  const call = useCall();
  const { refused } = useActs();
  const { contact } = open;
  const showEarlier = () =>
    call("conversation.showEarlierPast", { tenantId: open.tenantId, conversationId: open.id }).then(() => undefined, refused);
  const language = contact.language === null ? null : displayName(contact.language, format.language);
  return (
    <>
      <section className={styles.section}>
        <div className={styles.head}>
          <Avatar
            name={open.name}
            size="l"
            anonymous={!open.named}
            presence={presenceOf[open.visitorPresence]}
            lang={scriptLanguage(open.name)}
          />
          <span className="grow">
            <h2 className={cx(styles.name, "clip")} lang={scriptLanguage(open.name)} title={open.name}>
              {open.name}
            </h2>
            {contact.verified && (
              <span className={styles.verified}>
                <Icon name="verified" size="s" />
                {t("inbox.pane.verified")}
              </span>
            )}
            <span className={cx(styles.of, "clip")}>{t("inbox.context.of", { tenant: tenant?.name ?? "" })}</span>
          </span>
          {open.can.editContact && (
            <IconButton icon="pencil" size="s" label={t("inbox.context.edit")} onClick={() => acts.editContact("name")} />
          )}
        </div>
        <dl className={styles.facts}>
          <Fact term={t("common.phone")}>
            <Value
              value={contact.phone}
              what={t("common.phone")}
              onAdd={open.can.editContact ? () => acts.editContact("phone") : undefined}
            />
          </Fact>
          <Fact term={t("common.email")}>
            <Value
              value={contact.email}
              what={t("common.email")}
              onAdd={open.can.editContact ? () => acts.editContact("email") : undefined}
            />
          </Fact>
          {contact.company !== null && (
            <Fact term={t("common.company")}>
              <Value value={contact.company} what={t("common.company")} />
            </Fact>
          )}
          {contact.zone !== null && (
            <Fact term={t("inbox.context.local_time")}>
              <LocalTime zone={contact.zone} />
            </Fact>
          )}
          {language !== null && <Fact term={t("common.language")}>{language}</Fact>}
          {(open.can.editContact || contact.labels.length > 0) && (
            <Fact term={t("inbox.context.labels")}>
              <ContextLabels
                labels={contact.labels}
                change={t("inbox.contact.choose_labels")}
                onChange={open.can.editContact ? acts.labelContact : undefined}
              />
            </Fact>
          )}
        </dl>
        {contact.attributes.length > 0 && (
          <dl className={styles.facts}>
            {contact.attributes.map((attribute) => (
              <Fact key={attribute.key} term={attribute.label}>
                <Value value={attribute.value} what={attribute.label} />
              </Fact>
            ))}
          </dl>
        )}
      </section>
      <section className={styles.section}>
        <h3 className={styles.title}>{t("inbox.context.conversation_labels")}</h3>
        <ContextLabels labels={open.labels} change={t("inbox.context.choose_labels")} onChange={acts.label} />
      </section>
      <Section id="pages" title={t("inbox.context.pages")} count={open.pages.length} first={2}>
        {open.pages.map((page) => (
          <Item
            key={`${page.url} ${String(page.now)}`}
            icon="globe"
            words={page.title === "" ? page.url : page.title}
            title={page.url}
            small={page.now ? t("inbox.context.now") : undefined}
            side={format.short(page.seconds * 1000)}
          />
        ))}
      </Section>
      {open.can.task && (
        <Section id="tasks" title={t("inbox.context.tasks")} count={open.tasks.length} add="work.newTask">
          {open.tasks.map((task) => (
            <Task key={task.id} task={task} tenantId={open.tenantId} />
          ))}
        </Section>
      )}
      {open.can.followup && (
        <Section id="followups" title={t("inbox.context.followups")} count={open.followups.length} add="work.newFollowUp">
          {open.followups.map((followup) => (
            <Followup key={followup.id} followup={followup} tenantId={open.tenantId} />
          ))}
        </Section>
      )}
      <Section
        id="past"
        title={t("inbox.context.past")}
        count={open.past.length}
        first={3}
        onEarlier={open.pastEarlier ? showEarlier : undefined}
      >
        {open.past.map((past) => (
          <PastConversation
            key={past.id}
            past={past}
            onOpen={(beside) => onOpen({ tenantId: open.tenantId, conversationId: past.id }, beside)}
          />
        ))}
      </Section>
      <Section id="notes" title={t("inbox.context.notes")} count={open.notes.length} first={3}>
        {open.notes.map((note) => (
          <Item key={note.id} icon="text" words={note.body} wrap={true} />
        ))}
      </Section>
    </>
  );
});

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="clip" title={term}>
        {term}
      </dt>
      <dd>{children}</dd>
    </>
  );
}

function LocalTime({ zone }: { readonly zone: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <span className="num clip">
      {format.timeIn(now, zone)} · {format.clockOf(zone)}
    </span>
  );
}

function displayName(language: string, reader: string): string {
  try {
    return new Intl.DisplayNames(reader, { type: "language" }).of(language) ?? language;
  } catch {
    // What a browser called its language need not be a language.
    return language;
  }
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly count: number;
  /** How many are shown before "Show all". */
  readonly first?: number;
  readonly add?: CommandId;
  /** There are more than these; where they are fetched is not this list's matter. */
  readonly onEarlier?: (() => Promise<void>) | undefined;
  readonly children: readonly ReactNode[];
}

function Section({ id, title, count, first = 5, add, onEarlier, children }: SectionProps) {
  const { t } = useTranslation();
  const { commands } = useCommandEnvironment();
  const keysOf = useKeysOf();
  const [closed, setClosed] = useRemembered("sections", (value) =>
    Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [],
  );
  const [all, setAll] = useState(false);
  const isOpen = !closed.includes(id);
  const shown = all ? children : children.slice(0, first);
  return (
    <section className={styles.section}>
      <div className={styles.title}>
        <h3 className="grow">
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={isOpen && count > 0}
            // Nothing to unfold: said by the number, and not by a control that does nothing.
            disabled={count === 0}
            onClick={() => setClosed(isOpen ? [...closed, id] : closed.filter((item) => item !== id))}
          >
            {title} <span className={styles.count}>{onEarlier === undefined ? count : `${count}+`}</span>
            {count > 0 && <Icon name="chevronDown" size="s" className={cx(styles.chevron, !isOpen && styles.turned)} />}
          </button>
        </h3>
        {add !== undefined && commands.provided(add) && (
          <IconButton icon="plus" size="s" label={t(`commands.${add}.title`)} keys={keysOf(add)} onClick={() => void commands.run(add)} />
        )}
      </div>
      {isOpen && shown.length > 0 && <ul className={styles.items}>{shown}</ul>}
      {isOpen && children.length > first && (
        <button type="button" className={styles.all} onClick={() => setAll(!all)}>
          {all ? t("inbox.context.show_less") : t("inbox.context.show_all")}
        </button>
      )}
      {isOpen && onEarlier !== undefined && (all || children.length <= first) && <Earlier onEarlier={onEarlier} />}
    </section>
  );
}

function Earlier({ onEarlier }: { readonly onEarlier: () => Promise<void> }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const ask = async () => {
    setAsking(true);
    await onEarlier();
    setAsking(false);
  };
  return (
    <button type="button" className={styles.all} aria-disabled={asking} onClick={asking ? undefined : () => void ask()}>
      {t("inbox.context.show_earlier")}
    </button>
  );
}

function Item({
  icon,
  words,
  title,
  small,
  side,
  wrap = false,
  mark,
  onOpen,
}: {
  readonly icon: IconName;
  readonly words: string;
  readonly title?: string | undefined;
  readonly small?: ReactNode;
  readonly side?: ReactNode;
  readonly wrap?: boolean;
  readonly mark?: ReactNode;
  /** Leads to the thing itself. */
  readonly onOpen?: (() => void) | undefined;
}) {
  const content = (
    <>
      <Icon name={icon} size="s" />
      <span className="grow">
        <span className={cx(styles.words, !wrap && "clip")} title={title ?? (wrap ? undefined : words)} lang={scriptLanguage(words)}>
          {words}
        </span>
        {small !== undefined && <small>{small}</small>}
      </span>
      {mark}
      {side !== undefined && <span className={styles.side}>{side}</span>}
    </>
  );
  if (onOpen === undefined) return <li className={styles.item}>{content}</li>;
  return (
    <li>
      <button type="button" className={cx(styles.item, styles.link)} onClick={onOpen}>
        {content}
      </button>
    </li>
  );
}

function Task({ task, tenantId }: { readonly task: OpenConversation["tasks"][number]; readonly tenantId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const work = useWorkIfAny();
  const at = task.dueAt === null ? undefined : Date.parse(task.dueAt);
  // A whole day is due at its end, which is already the next date.
  const due = at === undefined ? t("tasks.due.none") : task.dueAllDay ? format.day(at - 1, now) : format.dayTime(at, now);
  const over = isTaskOver(task.status);
  const late = !over && at !== undefined && at < now;
  const flagged = !over && (task.priority === "high" || task.priority === "urgent");
  return (
    <Item
      icon={over ? "check" : "tasks"}
      words={task.title}
      onOpen={work === undefined ? undefined : () => work.openTask(tenantId, task.id)}
      small={[over ? t(`tasks.status.${task.status}`) : null, task.assignee, due].filter((part) => part !== null).join(" · ")}
      mark={
        late ? (
          <Chip tone="bad" icon="clock">
            {t("tasks.due.overdue")}
          </Chip>
        ) : (
          flagged && (
            <Chip tone={task.priority === "urgent" ? "bad" : "warn"}>{t(`tasks.priority.${task.priority as "high" | "urgent"}`)}</Chip>
          )
        )
      }
    />
  );
}

/** The types every tenant has; its own ones are its own words. */
function isFollowupType(type: string): type is FollowupType {
  return (followupTypes as readonly string[]).includes(type);
}

const channelIcon: Readonly<Record<string, IconName>> = { phone: "phone", email: "mail", chat: "chat" };

function Followup({ followup, tenantId }: { readonly followup: OpenConversation["followups"][number]; readonly tenantId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const work = useWorkIfAny();
  const { what } = tellApart(followup.notes);
  const type = isFollowupType(followup.type) ? t(`followups.type.${followup.type}`) : followup.type;
  return (
    <Item
      icon={channelIcon[followup.channel] ?? "followUps"}
      words={what === "" ? type : what}
      onOpen={work === undefined ? undefined : () => work.openFollowup(tenantId, followup.id)}
      mark={
        followup.status !== "scheduled" && (
          <Chip tone={followup.status === "missed" ? "bad" : "plain"} icon={followup.status === "missed" ? "clock" : undefined}>
            {t(`followups.status.${followup.status}`)}
          </Chip>
        )
      }
      small={
        <>
          {format.dayTime(Date.parse(followup.at), now)}
          {followup.missingAddress && !isFollowupOver(followup.status) && (
            <span className={styles.missing}>
              <Icon name="warning" size="xs" />
              {t("inbox.context.no_address")}
            </span>
          )}
        </>
      }
    />
  );
}

function PastConversation({
  past,
  onOpen,
}: {
  readonly past: OpenConversation["past"][number];
  readonly onOpen: (beside: boolean) => void;
}) {
  const format = useFormat();
  const now = useNow();
  const words = past.subject ?? past.preview;
  return (
    <li>
      <button type="button" className={cx(styles.item, styles.link)} onClick={(event) => onOpen(event.shiftKey)}>
        <Icon name="chat" size="s" />
        <span className="grow clip" lang={scriptLanguage(words)}>
          {words}
        </span>
        <span className={styles.side}>{format.shortDate(Date.parse(past.at), now)}</span>
      </button>
    </li>
  );
}
