/** All sample conversations go at once: from the server, and by that from every computer. They do not come back, so it asks. */
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall } from "../live.tsx";
import { sampleCalls } from "../settings/calls.ts";
import { useErrors } from "../settings/use-errors.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useToasts } from "../ui/toast-context.ts";

interface RemoveSamplesProps {
  readonly tenantId: string;
  /** Why they cannot be removed now. */
  readonly blocked?: string | undefined;
}

export function RemoveSamples({ tenantId, blocked }: RemoveSamplesProps) {
  const { t } = useTranslation();
  const call = useCall();
  const errors = useErrors();
  const toasts = useToasts();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    try {
      await call("api", { tenantId, name: sampleCalls.remove.name });
      toasts.say(t("console.samples.removed"));
    } catch (error) {
      errors.say(error);
    }
  };
  return (
    <>
      <Button size="s" blocked={blocked} onClick={() => setAsking(true)}>
        {t("console.samples.remove")}
      </Button>
      <ConfirmDialog
        open={asking}
        title={t("console.samples.title")}
        confirm={t("console.samples.remove")}
        keep={t("common.keep")}
        onConfirm={() => void remove()}
        onKeep={() => setAsking(false)}
      >
        {t("console.samples.line")}
      </ConfirmDialog>
    </>
  );
}
