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
  // Drafts are not listed: the core counts them too, and nothing goes of which the person has not been told.
  const [found, setFound] = useState(0);
  const listed = outbox?.items.filter(({ tenantId }) => tenantId === tenant.tenantId) ?? [];
  const unsent = Math.max(found, listed.length);
  const about = [...new Set(listed.map((item) => item.about.name).filter((name) => name !== ""))].slice(0, mostNamed);
  const close = async (discardUnsent: boolean) => (await call("session.closeTenant", { tenantId: tenant.tenantId, discardUnsent })).unsent;
  const remove = () =>
    close(false)
      .then(async (left) => {
        if (left > unsent) return setFound(left);
        if (left > 0) await close(true);
        toasts.say(t("console.remove_tenant.done", { tenant: tenant.name }));
        onRemoved();
      })
      .catch(() => {
        toasts.say(t("inbox.act.refused"), { tone: "warn" });
        onClose();
      });
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
