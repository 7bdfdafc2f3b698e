import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { OpenTenant } from "../../bridge/session.ts";
import { useCall, useLive } from "../live.tsx";
import { useFormat } from "../text/format-context.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useToasts } from "../ui/toast-context.ts";

interface RemoveTenantDialogProps {
  readonly tenant: OpenTenant;
  readonly onRemoved: () => void;
  readonly onClose: () => void;
}

const mostNamed = 3;

/** Says what stays at the server, and names what is not sent yet and would be lost. */
export function RemoveTenantDialog({ tenant, onRemoved, onClose }: RemoveTenantDialogProps) {
  const { t } = useTranslation();
  const call = useCall();
  const format = useFormat();
  const toasts = useToasts();
  const outbox = useLive("outbox.list", {}).data;
  // What the core still found when nothing was listed.
  const [found, setFound] = useState(0);
  const listed = outbox?.items.filter(({ tenantId }) => tenantId === tenant.tenantId) ?? [];
  const unsent = Math.max(found, listed.length);
  const about = [...new Set(listed.map((item) => item.about.name).filter((name) => name !== ""))].slice(0, mostNamed);
  const remove = () =>
    call("session.closeTenant", { tenantId: tenant.tenantId, discardUnsent: unsent > 0 }).then(
      ({ unsent: left }) => {
        if (left > 0) return setFound(left);
        toasts.say(t("console.remove_tenant.done", { tenant: tenant.name }));
        onRemoved();
      },
      () => {
        toasts.say(t("inbox.act.refused"), { tone: "warn" });
        onClose();
      },
    );
  return (
    <ConfirmDialog
      open={true}
      title={t("console.remove_tenant.title", { tenant: tenant.name })}
      confirm={unsent > 0 ? t("console.remove_tenant.discard") : t("console.remove_tenant.remove")}
      keep={t("console.remove_tenant.keep")}
      onKeep={onClose}
      onConfirm={() => void remove()}
    >
      {t("console.remove_tenant.line", { tenant: tenant.name })}
      {unsent > 0 && (
        <>
          {" "}
          <b>
            {about.length === 0
              ? t("console.remove_tenant.unsent", { count: unsent })
              : t("console.remove_tenant.unsent_about", { count: unsent, names: format.list(about) })}
          </b>
        </>
      )}
    </ConfirmDialog>
  );
}
