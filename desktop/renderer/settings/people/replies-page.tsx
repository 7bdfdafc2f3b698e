/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { ReplyShape } from "@switchboard/shared/api/replies.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Chip } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { download } from "./download.ts";
import { replyCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { readReplies, writeRepliesCsv, writeRepliesJson, mostReplies } from "./replies-file.ts";
import { ReplyDialog } from "./reply-dialog.tsx";
import { useDeed, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import { useTeam } from "./use-team.ts";
import styles from "./people.module.css";

type Scope = "all" | "mine" | "team" | "tenant";
export const scopeOf = ({ memberId, teamId }: ReplyShape): Exclude<Scope, "all"> =>
  memberId !== null ? "mine" : teamId !== null ? "team" : "tenant";

/** What everybody writes again and again, of one person, a team or the tenant. A change is in every composer at once. */
export function RepliesPage() {
  const { t } = useTranslation();
  const { holds } = useSettingsPlace();
  const ask = useAskServer();
  const deed = useDeed();
  const errors = useErrors();
  const toasts = useToasts();
  const whyNot = useWhyNot();
  const team = useTeam();
  const replies = usePages(replyCalls.list, {}, { changes: ["reply.", "replies."], all: true });
  const file = useRef<HTMLInputElement>(null);
  const [scope, setScope] = useState<Scope>("all");
  const [find, setFind] = useState("");
  const [editing, setEditing] = useState<ReplyShape | "new">();
  const [removing, setRemoving] = useState<ReplyShape>();
  const { items } = replies;
  const wanted = find.trim().toLocaleLowerCase();
  const matching = (items ?? []).filter(({ title, text, shortcut, folder }) =>
    [title, text, shortcut ?? "", folder ?? ""].some((words) => words.toLocaleLowerCase().includes(wanted)),
  );
  const shown = matching.filter((reply) => scope === "all" || scopeOf(reply) === scope);
  const where = (reply: ReplyShape) =>
    reply.teamId === null ? t(`people.replies.scope.${scopeOf(reply)}`) : (team.teamName(reply.teamId) ?? t("people.replies.scope.team"));
  const add = (
    <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setEditing("new")}>
      {t("people.replies.new")}
    </Button>
  );
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    const read = readReplies(await chosen.text());
    if (!read.ok) {
      toasts.say(t(`people.replies.file.${read.problem}`, { line: read.line, most: mostReplies }), { tone: "warn" });
      return;
    }
    try {
      const { added, replaced } = await ask(replyCalls.import, { body: { items: [...read.items] } });
      toasts.say(t("people.replies.imported", { added, replaced }));
      replies.reload();
    } catch (error) {
      errors.say(error);
    }
  };
  return (
    <PageFrame
      id="replies"
      wide={true}
      loaded={items !== undefined}
      error={replies.error}
      onRetry={replies.reload}
      actions={
        <>
          <input
            ref={file}
            type="file"
            accept=".csv,.json,text/csv,application/json"
            className="vh"
            tabIndex={-1}
            aria-label={t("people.replies.import")}
            onChange={(event) => {
              const [chosen] = event.currentTarget.files ?? [];
              event.currentTarget.value = "";
              void take(chosen);
            }}
          />
          <Menu
            align="end"
            trigger={<IconButton icon="more" label={t("people.replies.more")} />}
            entries={[
              ...(holds("replies.manage")
                ? [
                    {
                      id: "import",
                      label: t("people.replies.import"),
                      icon: "file" as const,
                      disabled: whyNot !== undefined,
                      run: () => file.current?.click(),
                    },
                  ]
                : []),
              {
                id: "csv",
                label: t("people.replies.export_csv"),
                icon: "download",
                disabled: items === undefined,
                run: () => download("replies.csv", writeRepliesCsv(items ?? []), "text/csv"),
              },
              {
                id: "json",
                label: t("people.replies.export_json"),
                icon: "download",
                disabled: items === undefined,
                run: () => download("replies.json", writeRepliesJson(items ?? []), "application/json"),
              },
            ]}
          />
          {add}
        </>
      }
    >
      {items?.length === 0 ? (
        <EmptyState icon="canned" title={t("people.replies.empty")}>
          {t("people.replies.empty_line")}
        </EmptyState>
      ) : (
        <>
          <div className={styles.tools}>
            <TextInput
              icon="search"
              small={true}
              value={find}
              onValue={setFind}
              aria-label={t("people.replies.find")}
              placeholder={t("people.replies.find")}
            />
          </div>
          <Tabs<Scope>
            label={t("people.replies.whose")}
            value={scope}
            onValue={setScope}
            tabs={(["all", "mine", "team", "tenant"] as const).map((value) => ({
              value,
              label: t(`people.replies.scope.${value}`),
              count: value === "all" ? matching.length : matching.filter((reply) => scopeOf(reply) === value).length,
            }))}
          >
            {shown.length === 0 ? (
              <p className={styles.help}>{t("people.replies.none")}</p>
            ) : (
              <PlainTable
                label={t("settings.page.replies.title")}
                rows={shown}
                keyOf={({ id }) => id}
                columns={[
                  {
                    id: "title",
                    label: t("people.replies.title"),
                    header: true,
                    cell: (reply) => (
                      <>
                        <b>{reply.title}</b>
                        <span className={styles.small}>{reply.text.length > 90 ? `${reply.text.slice(0, 90)}…` : reply.text}</span>
                      </>
                    ),
                  },
                  {
                    id: "shortcut",
                    label: t("people.replies.shortcut"),
                    cell: ({ shortcut }) => shortcut !== null && <span className={styles.code}>/{shortcut}</span>,
                  },
                  { id: "folder", label: t("people.replies.folder"), cell: ({ folder }) => folder },
                  { id: "scope", label: t("people.replies.whose"), cell: (reply) => <Chip>{where(reply)}</Chip> },
                  {
                    id: "acts",
                    label: t("people.acts"),
                    labelHidden: true,
                    cell: (reply) =>
                      reply.can.edit && (
                        <span className={styles.acts}>
                          <IconButton
                            icon="pencil"
                            label={t("people.replies.edit", { title: reply.title })}
                            disabled={whyNot !== undefined}
                            onClick={() => setEditing(reply)}
                          />
                          <IconButton
                            icon="trash"
                            label={t("people.replies.remove_named", { title: reply.title })}
                            disabled={whyNot !== undefined}
                            onClick={() => setRemoving(reply)}
                          />
                        </span>
                      ),
                  },
                ]}
              />
            )}
          </Tabs>
        </>
      )}
      {editing !== undefined && (
        <ReplyDialog
          // As it is now, also when a colleague saves it meanwhile.
          reply={editing === "new" ? undefined : (items?.find(({ id }) => id === editing.id) ?? editing)}
          team={team}
          onClose={() => setEditing(undefined)}
          onSaved={replies.reload}
        />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={t("people.replies.remove_title", { title: removing?.title ?? "" })}
        confirm={t("people.replies.remove")}
        keep={t("people.keep")}
        onKeep={() => setRemoving(undefined)}
        onConfirm={() => {
          const reply = removing;
          setRemoving(undefined);
          if (reply !== undefined) void deed(() => ask(replyCalls.remove, { params: { replyId: reply.id } })).then(replies.reload);
        }}
      >
        {t("people.replies.remove_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}
