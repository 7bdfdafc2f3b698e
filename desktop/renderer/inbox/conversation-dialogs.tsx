import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useBridge, useCall, useLiveChosen } from "../live.tsx";
import { useTenant } from "../session/session-context.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { ContactDialog, type ContactField } from "./contact-dialog.tsx";
import type { ConversationActs } from "./conversation-acts.ts";
import { LabelDialog } from "./label-dialog.tsx";
import type { OpenConversation } from "./pane.tsx";
import { AssignDialog, HandOverDialog } from "./person-dialog.tsx";
import { SnoozeDialog } from "./snooze-dialog.tsx";
import { useActs } from "./use-acts.ts";

type Asking =
  | { readonly what: "snooze" | "assign" | "hand-over" | "label" | "label-contact" | "block"; readonly of: OpenConversation }
  | { readonly what: "contact"; readonly of: OpenConversation; readonly first: ContactField };

/** One set of dialogs for all panes, and the acts that open them. */
export function useConversationActs(): {
  readonly actsOf: (open: OpenConversation) => ConversationActs;
  readonly dialogs: React.ReactNode;
} {
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const { t } = useTranslation();
  const call = useCall();
  const { port } = useBridge();
  const toasts = useToasts();
  const { act, refused } = useActs();

  const actsOf = useCallback(
    (open: OpenConversation): ConversationActs => {
      const ref = { tenantId: open.tenantId, conversationId: open.id };
      /** Keys reach what the buttons do not offer: a sample says why. */
      const unlessSample = (run: () => void) => (open.status === "sample" ? () => toasts.say(t("inbox.sample.line")) : run);
      return {
        snooze: unlessSample(() => setAsking({ what: "snooze", of: open })),
        assign: unlessSample(() => setAsking({ what: "assign", of: open })),
        handOver: unlessSample(() => setAsking({ what: "hand-over", of: open })),
        label: unlessSample(() => setAsking({ what: "label", of: open })),
        labelContact: unlessSample(() => setAsking({ what: "label-contact", of: open })),
        block: unlessSample(() => setAsking({ what: "block", of: open })),
        unread: () =>
          void call("conversation.unread", { ...ref, on: true }).then(
            () => toasts.say(t("inbox.act.unread"), { undo: () => void call("conversation.unread", { ...ref, on: false }).catch(refused) }),
            refused,
          ),
        editContact: (first) => unlessSample(() => setAsking({ what: "contact", of: open, first }))(),
        backToQueue: unlessSample(() => void act(ref, "returnToQueue", {}, t("inbox.act.returned"))),
        popOut: () => void call("shell.popOut", ref).catch(refused),
        copyLink: () =>
          void navigator.clipboard
            .writeText(`switchboard://conversation/${open.id}`)
            .then(() => toasts.say(t("inbox.act.link_copied")), refused),
        closeOrReopen: unlessSample(() =>
          open.status === "closed"
            ? void act(ref, "setStatus", { to: "open" }, t("inbox.act.reopened", { name: open.name }))
            : void act(ref, "setStatus", { to: "closed" }, t("inbox.act.closed", { name: open.name })),
        ),
      };
    },
    [t, call, toasts, act, refused],
  );
  const dialogs = asking !== undefined && (
    <Dialogs key={`${asking.what} ${asking.of.id}`} asking={asking} onDone={() => setAsking(undefined)} port={port} />
  );
  return { actsOf, dialogs };
}

function Dialogs({
  asking,
  onDone,
  port,
}: {
  readonly asking: Asking;
  readonly onDone: () => void;
  readonly port: ReturnType<typeof useBridge>["port"];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const toasts = useToasts();
  const tenant = useTenant(asking.of.tenantId);
  const { act, mutate, newId, refused, sayDone } = useActs();
  const { of } = asking;
  const ref = { tenantId: of.tenantId, conversationId: of.id };
  // These dialogs stay while what they are about changes, and show what was ticked.
  const labels = useLiveChosen("conversation.open", ref, (now) => now?.labels, { enabled: asking.what === "label" });
  const contactLabels = useLiveChosen("conversation.open", ref, (now) => now?.contact.labels, { enabled: asking.what === "label-contact" });
  const contact = useLiveChosen("conversation.open", ref, (now) => now?.contact, { enabled: asking.what === "contact" });
  switch (asking.what) {
    case "snooze":
      return (
        <SnoozeDialog
          open={true}
          onClose={onDone}
          onSnooze={(until) => {
            onDone();
            void act(
              ref,
              "snooze",
              { until: { at: new Date(until).toISOString(), zone: format.zone } },
              t("inbox.act.snoozed", { time: format.dayTime(until, ticker.now()) }),
            );
          }}
        />
      );
    case "assign":
      return (
        <AssignDialog
          open={true}
          tenantId={of.tenantId}
          assigneeId={of.assignee?.id}
          onClose={onDone}
          onAssign={(person) => {
            onDone();
            if (person === undefined) void act(ref, "returnToQueue", {}, t("inbox.act.returned"));
            else
              void act(
                ref,
                "assignConversation",
                { assigneeId: person.id },
                t("inbox.act.assigned", { name: person.id === tenant?.memberId ? t("inbox.pane.you") : person.name }),
              );
          }}
        />
      );
    case "hand-over":
      return (
        <HandOverDialog
          open={true}
          conversation={ref}
          onClose={onDone}
          onHandOver={async ({ teamId, assigneeId, name, comment: body }) => {
            onDone();
            const comment = body === "" ? null : { id: newId(), body };
            const mid = await mutate(of.tenantId, "handOver", { conversationId: of.id, teamId, assigneeId, comment });
            if (mid !== undefined) sayDone([{ tenantId: of.tenantId, mid }], t("inbox.act.handed_over", { name }));
            return mid;
          }}
        />
      );
    case "label":
      return (
        <LabelDialog
          open={true}
          title={t("inbox.context.choose_labels")}
          tenantId={of.tenantId}
          worn={labels ?? of.labels}
          onClose={onDone}
          onLabels={(changes) => void mutate(of.tenantId, "setLabels", { conversationId: of.id, ...changes })}
        />
      );
    case "label-contact":
      return (
        <LabelDialog
          open={true}
          title={t("inbox.contact.choose_labels")}
          tenantId={of.tenantId}
          worn={contactLabels ?? of.contact.labels}
          onClose={onDone}
          onLabels={(changes) =>
            void mutate(of.tenantId, "setContactLabels", { contactId: of.contact.id, ...changes }).then((mid) => {
              if (mid !== undefined) sayDone([{ tenantId: of.tenantId, mid }], t("inbox.contact.labelled", { name: of.name }));
            })
          }
        />
      );
    case "contact":
      return (
        <ContactDialog
          tenantId={of.tenantId}
          contact={contact ?? of.contact}
          first={asking.first}
          onClose={onDone}
          onSave={async (changes) => {
            const mid = await mutate(of.tenantId, "updateContact", { contactId: of.contact.id, changes });
            if (mid !== undefined) sayDone([{ tenantId: of.tenantId, mid }], t("inbox.contact.saved"));
            return mid !== undefined;
          }}
        />
      );
    case "block": {
      const block = (on: boolean) =>
        port.command("api", {
          tenantId: of.tenantId,
          name: on ? "contacts.block" : "contacts.unblock",
          params: { contactId: of.contact.id },
          ...(on ? { body: {} } : {}),
        });
      if (of.blocked)
        return (
          <ConfirmDialog
            open={true}
            title={t("inbox.block.undo")}
            confirm={t("inbox.block.undo")}
            keep={t("common.cancel")}
            onKeep={onDone}
            onConfirm={() => {
              onDone();
              block(false).then(() => toasts.say(t("inbox.act.unblocked", { name: of.name })), refused);
            }}
          >
            {of.name}
          </ConfirmDialog>
        );
      return (
        <ConfirmDialog
          open={true}
          title={t("inbox.block.title", { name: of.name })}
          confirm={t("inbox.block.confirm")}
          keep={t("common.keep")}
          onKeep={onDone}
          onConfirm={() => {
            onDone();
            block(true).then(
              () => toasts.say(t("inbox.act.blocked", { name: of.name }), { undo: () => void block(false).catch(refused) }),
              refused,
            );
          }}
        >
          {t("inbox.block.line")}
        </ConfirmDialog>
      );
    }
  }
}
