import { isFollowupOver } from "@switchboard/shared/model/followups.ts";
import type { Recurrence } from "@switchboard/shared/model/recurrence.ts";
import { createZone } from "@switchboard/shared/model/zones.ts";
import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useKeysOf } from "../commands/context.tsx";
import { useLive } from "../live.tsx";
import { TenantMark } from "../session/tenant-mark.tsx";
import { ContactFacts } from "../tasks/contact-facts.tsx";
import { History } from "../tasks/history.tsx";
import { remindOf } from "../tasks/reminder-choices.ts";
import { WaitingChip } from "../tasks/task-marks.tsx";
import { useEdit } from "../tasks/use-edit.ts";
import { useReadOnly } from "../tasks/use-people.tsx";
import { useWorkActs } from "../tasks/use-work-acts.ts";
import { useWork } from "../tasks/work-context.ts";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Chip } from "../ui/marks.tsx";
import { Meanwhile } from "../ui/meanwhile.tsx";
import { Menu } from "../ui/menu.tsx";
import { Alert } from "../ui/states.tsx";
import { useOnce } from "../ui/use-once.ts";
import { CompleteDialog } from "./complete-dialog.tsx";
import { FollowupFields, type FollowupValues } from "./followup-fields.tsx";
import { changedFields, chosenType, fieldsOfInstant, instantOfFields, plannedAt } from "./followup-values.ts";
import { SnoozeMenu } from "./snooze-menu.tsx";
import { tellApart } from "./what-to-do.ts";
import styles from "./followup-fields.module.css";

type Followup = NonNullable<QueryOutput<"followups.open">>;

export interface FollowupDetailProps {
  readonly tenantId: string;
  readonly followupId: string;
  readonly offline: boolean;
  readonly onClose: () => void;
}

/** One follow-up: everything about it can be changed, it is completed with an outcome, and its chain goes both ways. */
export function FollowupDetail({ tenantId, followupId, offline, onClose }: FollowupDetailProps) {
  const { t } = useTranslation();
  const followup = useLive("followups.open", { tenantId, followupId }).data;
  if (followup === undefined) return null;
  if (followup === null)
    return (
      <Dialog open={true} onClose={onClose} title={t("followups.form.gone")} width="s">
        <p>{t("tasks.detail.gone_line")}</p>
      </Dialog>
    );
  return <Detail key={followup.id} followup={followup} offline={offline} onClose={onClose} />;
}

function Detail({ followup, offline, onClose }: { readonly followup: Followup } & Pick<FollowupDetailProps, "offline" | "onClose">) {
  const { t } = useTranslation();
  const format = useFormat();
  const keysOf = useKeysOf();
  const ticker = useTicker();
  const work = useWork();
  const { act, actFinally } = useWorkActs();
  const reason = useReadOnly(followup.tenantId, "followups.manage");
  const zone = useMemo(() => createZone(followup.due.zone), [followup.due.zone]);
  const [tried, setTried] = useState(false);
  const [undecided, setUndecided] = useState(0);
  const once = useOnce();
  const [asking, setAsking] = useState<"complete" | "delete" | undefined>(undefined);
  const first = useRef<HTMLInputElement>(null);
  const over = isFollowupOver(followup.status);
  const readOnly = reason !== undefined || over;
  const told = tellApart(followup.notes);
  const stands: FollowupValues = {
    channel: followup.channel,
    type: chosenType(followup.type),
    what: told.what,
    more: told.more,
    due: fieldsOfInstant(Date.parse(followup.due.at), zone),
    minutes: followup.minutes,
    assigneeId: followup.assignee?.id ?? null,
    remind: remindOf(followup.remindBefore),
    recurrence: followup.recurrence as Recurrence | null, // the row's own schema has checked it
  };
  const place = { tenantId: followup.tenantId, placeId: followup.id };
  const { values, meanwhile, type, keepMine, keepTheirs, clear, discard } = useEdit(place, "followupEdit", stands, onClose);
  const fieldNames: Readonly<Record<keyof FollowupValues, string>> = {
    channel: t("followups.form.channel"),
    type: t("followups.form.type"),
    what: t("followups.form.what"),
    more: t("followups.form.notes"),
    due: t("followups.form.when"),
    minutes: t("followups.form.length"),
    assigneeId: t("followups.filter.assignee"),
    remind: t("followups.form.remind"),
    recurrence: t("followups.form.repeat"),
  };
  const name = told.what === "" ? t(`followups.channel.${followup.channel}`) : told.what;
  const of = { tenantId: followup.tenantId, followupId: followup.id };
  const save = async () => {
    const dueAt = instantOfFields(values.due, zone);
    if (values.what.trim() === "" || dueAt === undefined) {
      setTried(true);
      return;
    }
    if (meanwhile.length > 0) {
      setUndecided(undecided + 1);
      return;
    }
    const changes = changedFields(stands, values, followup.type);
    const moved = dueAt !== Date.parse(followup.due.at);
    let taken = true;
    if (moved)
      taken = await act(
        { tenantId: of.tenantId, name: "moveFollowup", args: { followupId: of.followupId, due: plannedAt(dueAt, zone.id) } },
        t("followups.act.moved", { time: format.dayTime(dueAt, ticker.now()) }),
      );
    if (taken && Object.keys(changes).length > 0)
      taken = await act(
        { tenantId: of.tenantId, name: "updateFollowup", args: { followupId: of.followupId, changes } },
        t("followups.act.saved"),
      );
    if (!taken) return;
    clear();
    onClose();
  };
  const snooze = (at: number) =>
    void act(
      { tenantId: of.tenantId, name: "moveFollowup", args: { followupId: of.followupId, due: plannedAt(at, zone.id) } },
      t("followups.act.moved", { time: format.dayTime(at, ticker.now()) }),
    ).then((taken) => taken && onClose());
  const run = (mutation: "cancelFollowup" | "reopenFollowup", said: string) =>
    void act({ tenantId: of.tenantId, name: mutation, args: { followupId: of.followupId } }, said).then((taken) => taken && onClose());

  if (asking === "complete")
    return <CompleteDialog followup={followup} name={name} onClose={() => setAsking(undefined)} onDone={onClose} />;
  return (
    <>
      <Dialog
        open={true}
        onClose={onClose}
        title={t("followups.form.edit")}
        onDiscard={discard}
        mark={
          <>
            <TenantMark tenantId={followup.tenantId} />
            <Chip
              tone={followup.status === "missed" ? "bad" : followup.status === "completed" ? "ok" : "plain"}
              icon={followup.status === "missed" ? "clock" : followup.status === "completed" ? "check" : undefined}
            >
              {t(`followups.status.${followup.status}`)}
            </Chip>
            {followup.pending && <WaitingChip />}
          </>
        }
        first={first}
        footer={
          reason === undefined && (
            <>
              <Menu
                side="top"
                trigger={
                  <Button size="l" kind="quiet" icon="more">
                    {t("common.more")}
                  </Button>
                }
                entries={[
                  ...(over
                    ? []
                    : [
                        {
                          id: "cancel",
                          label: t("followups.form.cancel_it"),
                          icon: "block" as const,
                          run: () => run("cancelFollowup", t("followups.act.cancelled")),
                        },
                      ]),
                  {
                    id: "delete",
                    label: t("followups.form.delete_it"),
                    icon: "trash",
                    danger: true,
                    disabled: offline,
                    help: offline ? t("tasks.delete.offline") : undefined,
                    run: () => setAsking("delete"),
                  },
                ]}
              />
              {!over && <SnoozeMenu onSnooze={snooze} />}
              <span className="grow" />
              {over ? (
                <Button size="l" icon="undo" onClick={() => run("reopenFollowup", t("followups.act.reopened"))}>
                  {t("followups.form.reopen")}
                </Button>
              ) : (
                <>
                  <Button size="l" icon="check" onClick={() => setAsking("complete")}>
                    {t("followups.form.complete")}
                  </Button>
                  <Button size="l" kind="primary" type="submit" form="edit-followup" keys={keysOf("composer.send")}>
                    {t("followups.form.save")}
                  </Button>
                </>
              )}
            </>
          )
        }
      >
        <form
          id="edit-followup"
          className={styles.fields}
          onSubmit={(event) => {
            event.preventDefault();
            if (!readOnly) once(save);
          }}
        >
          {reason !== undefined && <Alert tone="plain">{reason}</Alert>}
          {followup.outcome !== null && (
            <Alert
              tone="plain"
              icon="check"
              title={t("followups.form.was_outcome", {
                outcome: t(`followups.outcome.${followup.outcome as "reached"}`), // one of the list in the model
              })}
            >
              {followup.outcomeNotes === "" ? undefined : followup.outcomeNotes}
            </Alert>
          )}
          {followup.contact !== null && <ContactFacts tenantId={of.tenantId} contact={followup.contact} readOnly={reason !== undefined} />}
          {(followup.chain !== null || followup.conversationId !== null) && (
            <div className={styles.chain}>
              {followup.chain !== null && (
                <Chip icon="chain">{t("followups.chain", { position: followup.chain.position, total: followup.chain.of })}</Chip>
              )}
              {followup.previous !== null && (
                <Button size="s" onClick={() => work.openFollowup(of.tenantId, followup.previous ?? "")}>
                  {t("followups.form.open_previous")}
                </Button>
              )}
              {followup.following.map((id) => (
                <Button key={id} size="s" onClick={() => work.openFollowup(of.tenantId, id)}>
                  {t("followups.form.open_next")}
                </Button>
              ))}
              {followup.conversationId !== null && (
                <Button
                  size="s"
                  icon="chat"
                  onClick={() => work.openConversation({ tenantId: of.tenantId, conversationId: followup.conversationId ?? "" })}
                >
                  {t("tasks.detail.conversation")}
                </Button>
              )}
            </div>
          )}
          <FollowupFields
            tenantId={of.tenantId}
            zoneId={zone.id}
            values={values}
            onValues={type}
            contact={followup.contact ?? undefined}
            chat={followup.conversationId !== null || (followup.channel === "chat" && !followup.missingAddress)}
            assignee={followup.assignee}
            readOnly={readOnly}
            tried={tried}
            followupId={followup.id}
            first={first}
          />
          {meanwhile.length > 0 && (
            <Meanwhile
              fields={meanwhile.map((field) => fieldNames[field])}
              theirs={meanwhile.length === 1 && (meanwhile[0] === "what" || meanwhile[0] === "more") ? stands[meanwhile[0]] : undefined}
              tried={undecided}
              onMine={keepMine}
              onTheirs={keepTheirs}
            />
          )}
          <History
            tenantId={of.tenantId}
            of="followup"
            id={of.followupId}
            stamp={`${followup.status} ${followup.due.at}`}
            offline={offline}
          />
        </form>
      </Dialog>
      <ConfirmDialog
        open={asking === "delete"}
        title={t("followups.delete.title", { what: name })}
        confirm={t("followups.form.delete_it")}
        keep={t("common.keep")}
        onKeep={() => setAsking(undefined)}
        onConfirm={() => {
          setAsking(undefined);
          void actFinally(
            { tenantId: of.tenantId, name: "deleteFollowup", args: { followupId: of.followupId } },
            t("followups.act.deleted"),
          ).then((taken) => taken && onClose());
        }}
      >
        {t("followups.delete.line")}
      </ConfirmDialog>
    </>
  );
}
