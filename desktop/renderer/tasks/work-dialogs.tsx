/**
 * Tasks and follow-ups are made from any page: this stands above all of them, holds the two dialogs and their drafts, and leads to
 * the pages. The dialogs are loaded after the start, and sooner when they are wanted; who may make neither never loads them.
 */
import { useNavigate, useLocation } from "@tanstack/react-router";
import { Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../commands/context.tsx";
import { focusedRef, type ConversationRef } from "../inbox/layout.ts";
import { useLayout, useLayoutActs } from "../inbox/layout-context.tsx";
import type { DraftPlace } from "../inbox/use-draft.ts";
import { useBridgeEvent } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { whenCalm } from "../when-calm.ts";
import type { FollowupDraft } from "../followups/followup-dialog.tsx";
import { writeOpened } from "./opened.ts";
import type { TaskDraft } from "./task-dialog.tsx";
import { useForm } from "./use-form.ts";
import { useWorkTenants } from "./use-people.tsx";
import { WorkContext, type MessageSource, type NewFollowup, type NewTask, type NewWork, type Work } from "./work-context.ts";

type Loaded = typeof import("./new-work-dialogs.ts");

type Asked = { readonly what: "task"; readonly of: NewTask } | { readonly what: "followup"; readonly of: NewFollowup };

/** One draft a place: what was begun for a conversation is not shown for another, nor for one tenant what was begun for another one. */
function placeOf({ of }: Asked, tenantId: string): DraftPlace {
  const previous = "previous" in of ? of.previous?.id : undefined;
  return {
    tenantId: of.conversation?.tenantId ?? of.tenantId ?? tenantId,
    placeId: of.message?.id ?? of.conversation?.conversationId ?? previous ?? of.tenantId ?? tenantId,
  };
}

export function WorkDialogs({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const location = useLocation();
  const session = useSession();
  const { layout } = useLayout();
  const { open } = useLayoutActs();
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const taskTenants = useWorkTenants("tasks.manage");
  const followupTenants = useWorkTenants("followups.manage");
  const scoped = session.scope === "all" ? undefined : session.scope[0];

  const openWork = useCallback(
    (page: "tasks" | "followups", tenantId: string, id: string) =>
      void navigate({
        to: `/${page}`,
        search: (before: object) => ({
          ...("tab" in before && location.pathname.startsWith(`/${page}`) ? { tab: before.tab } : {}),
          ...(scoped === undefined ? {} : { tenant: tenantId }),
          item: writeOpened({ tenantId, id }),
        }),
      }),
    [navigate, location.pathname, scoped],
  );
  const [focusedMessage, setFocusedMessage] = useState<MessageSource | undefined>(undefined);
  const openConversation = useCallback(
    (ref: ConversationRef, messageId: string | null = null) => {
      open(ref, false, messageId === null ? null : { messageId, number: null });
      void navigate({ to: "/inbox", search: scoped === undefined ? {} : { tenant: ref.tenantId } });
    },
    [navigate, open, scoped],
  );
  const work = useMemo<Work>(
    () => ({
      newTask: (of = {}) => setAsked({ what: "task", of }),
      newFollowup: (of = {}) => setAsked({ what: "followup", of }),
      openTask: (tenantId, id) => openWork("tasks", tenantId, id),
      openFollowup: (tenantId, id) => openWork("followups", tenantId, id),
      openConversation,
      setFocusedMessage,
    }),
    [openWork, openConversation],
  );

  // In the inbox the focused conversation is what the new work is about.
  const focused = location.pathname.startsWith("/inbox") ? focusedRef(layout) : undefined;
  const command = (tenants: typeof taskTenants, run: (of: NewWork) => void) => {
    const writable = tenants.filter((tenant) => tenant.state !== "suspended");
    if (tenants.length === 0) return undefined;
    const inFocus = focused === undefined || writable.some((tenant) => tenant.tenantId === focused.tenantId);
    const name = (focused === undefined ? tenants[0]?.name : session.tenant(focused.tenantId)?.name) ?? "";
    const suspended = tenants.some(
      (tenant) => tenant.state === "suspended" && (focused === undefined || tenant.tenantId === focused.tenantId),
    );
    const reason = suspended ? t("tasks.read_only.suspended", { tenant: name }) : t("tasks.read_only.right", { tenant: name });
    // A message that has the focus is more exact than the conversation around it.
    // Looked at again when the key is pressed: a message that was taken from the page says nothing about having lost the focus.
    const about = (): NewWork =>
      focusedMessage !== undefined && document.activeElement?.closest("[data-message]") != null
        ? focusedMessage
        : { conversation: focused };
    return { run: () => run(about()), blocked: inFocus && writable.length > 0 ? undefined : reason };
  };
  useCommands({
    "work.newTask": command(taskTenants, work.newTask),
    "work.newFollowUp": command(followupTenants, work.newFollowup),
  });
  useBridgeEvent("session.goTo", (place) => {
    const page = place.view === "task" ? "tasks" : place.view === "followup" ? "followups" : undefined;
    if (page === undefined) return;
    if (place.id !== null) openWork(page, place.tenantId, place.id);
    else void navigate({ to: `/${page}`, search: scoped === undefined ? {} : { tenant: place.tenantId } });
  });

  const dialogs = useDialogs({ permitted: taskTenants.length + followupTenants.length > 0, wanted: asked !== undefined });
  const tenants = asked?.what === "task" ? taskTenants : followupTenants;
  // Another may have been asked for until this one is made.
  const form = asked && {
    dialogs,
    place: placeOf(asked, tenants[0]?.tenantId ?? ""),
    onClose: () => setAsked((now) => (now === asked ? undefined : now)),
  };
  return (
    <WorkContext value={work}>
      <Suspense fallback={null}>{children}</Suspense>
      {form !== undefined && asked?.what === "task" && <TaskForm key={`task ${form.place.placeId}`} {...form} of={asked.of} />}
      {form !== undefined && asked?.what === "followup" && <FollowupForm key={`followup ${form.place.placeId}`} {...form} of={asked.of} />}
    </WorkContext>
  );
}

interface FormProps<New> {
  readonly of: New;
  readonly place: DraftPlace;
  readonly dialogs: Loaded | undefined;
  readonly onClose: () => void;
}

function TaskForm({ of, place, dialogs, onClose }: FormProps<NewTask>) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { values: draft, set: setDraft, discard } = useForm<TaskDraft>(place, "task", onClose);
  if (dialogs === undefined)
    return (
      <FirstWords
        title={t("tasks.page.new")}
        label={t("tasks.form.title")}
        text={draft.title}
        onText={(title) => setDraft({ ...draft, title })}
        onClose={onClose}
      />
    );
  return (
    <dialogs.TaskDialog
      {...of}
      draft={draft}
      onDraft={setDraft}
      onDiscard={discard}
      onClose={onClose}
      onCreated={() => {
        setDraft({});
        onClose();
        toasts.say(t("tasks.act.created"));
      }}
    />
  );
}

function FollowupForm({ of, place, dialogs, onClose }: FormProps<NewFollowup>) {
  const { t } = useTranslation();
  const { values: draft, set: setDraft, discard } = useForm<FollowupDraft>(place, "followup", onClose);
  if (dialogs === undefined)
    return (
      <FirstWords
        title={t("followups.page.new")}
        label={t("followups.form.what")}
        text={draft.what}
        onText={(what) => setDraft({ ...draft, what })}
        onClose={onClose}
      />
    );
  return (
    <dialogs.FollowupDialog
      {...of}
      draft={draft}
      onDraft={setDraft}
      onDiscard={discard}
      onClose={onClose}
      onSaved={() => {
        setDraft({});
        onClose();
      }}
    />
  );
}

function useDialogs({ permitted, wanted }: { readonly permitted: boolean; readonly wanted: boolean }): Loaded | undefined {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    const load = () => void import("./new-work-dialogs.ts").then(setLoaded);
    if (!wanted) return permitted ? whenCalm(load) : undefined;
    load();
    return undefined;
  }, [permitted, wanted]);
  return loaded;
}

/** Until a dialog is loaded: who knows its key types on, and the dialog takes over what it finds. */
function FirstWords({
  title,
  label,
  text = "",
  onText,
  onClose,
}: {
  readonly title: string;
  readonly label: string;
  readonly text: string | undefined;
  readonly onText: (text: string) => void;
  readonly onClose: () => void;
}) {
  return (
    <Dialog open={true} onClose={onClose} title={title}>
      <Field label={label}>
        <TextInput value={text} onValue={onText} autoComplete="off" />
      </Field>
    </Dialog>
  );
}
