import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall } from "../live.tsx";
import { useMemory } from "../memory/memory-context.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useToasts } from "../ui/toast-context.ts";

/** Signs out at once when everything is sent; else names what would be lost, and asks. */
export function SignOutDialog({ open, onDone }: { readonly open: boolean; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const call = useCall();
  const memory = useMemory();
  const toasts = useToasts();
  const [unsent, setUnsent] = useState<number | undefined>(undefined);
  const leave = useEffectEvent((discardUnsent: boolean) => {
    call("session.signOut", { discardUnsent }).then(
      ({ unsent: left }) => {
        if (left > 0 && !discardUnsent) setUnsent(left);
        else {
          memory.forget();
          onDone();
        }
      },
      () => {
        toasts.say(t("inbox.act.refused"), { tone: "warn" });
        onDone();
      },
    );
  });
  useEffect(() => {
    if (open) leave(false);
  }, [open]);
  if (!open || unsent === undefined) return null;
  return (
    <ConfirmDialog
      open={true}
      title={t("console.session.unsent", { count: unsent })}
      confirm={t("console.session.discard")}
      keep={t("console.session.stay")}
      onKeep={() => {
        setUnsent(undefined);
        onDone();
      }}
      onConfirm={() => {
        setUnsent(undefined);
        call("session.signOut", { discardUnsent: true }).then(
          () => {
            memory.forget();
            onDone();
          },
          () => onDone(),
        );
      }}
    >
      {t("console.session.unsent_line")}
    </ConfirmDialog>
  );
}
