/** Tenants that ask me to join them, found by my address: the same that stand in my mailbox, without the way there. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { InvitationToMe } from "../../bridge/session.ts";
import { askedByCall, useCall } from "../live.tsx";
import { useErrors } from "../settings/use-errors.ts";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { useToasts } from "../ui/toast-context.ts";
import styles from "./session.module.css";

const askAgainMs = 60_000;

export function OpenInvitations({ title, empty }: { readonly title: string; readonly empty?: string }) {
  const { t } = useTranslation();
  const call = useCall();
  const errors = useErrors();
  const toasts = useToasts();
  const format = useFormat();
  const now = useTicker().now();
  const [declining, setDeclining] = useState<InvitationToMe>();
  const { data, refetch } = useQuery({
    queryKey: [askedByCall, "session.invitations"],
    queryFn: () => call("session.invitations", {}),
    refetchOnMount: "always",
    refetchOnWindowFocus: "always",
    refetchInterval: askAgainMs,
  });
  const answer = async ({ id, tenant }: InvitationToMe, accept: boolean) => {
    setDeclining(undefined);
    try {
      await call("session.answerInvitation", { invitationId: id, accept });
      toasts.say(t(accept ? "console.invitations.joined" : "console.invitations.declined", { tenant }));
    } catch (error) {
      errors.say(error);
    }
    await refetch();
  };
  const items = data?.items ?? [];
  if (items.length === 0) return data === undefined || empty === undefined ? null : <p className={styles.noInvitation}>{empty}</p>;
  return (
    <section aria-label={title} className={styles.invitations}>
      <h2>{title}</h2>
      <ul>
        {items.map((one) => {
          const words = { role: one.roleName, when: format.dayTime(Date.parse(one.expiresAt), now) };
          return (
            <li key={one.id}>
              <span className="grow">
                <b>{one.tenant}</b>
                <small>
                  {one.invitedBy === null
                    ? t("console.invitations.as", words)
                    : t("console.invitations.by", { ...words, name: one.invitedBy })}
                </small>
              </span>
              <Button
                size="s"
                kind="quiet"
                aria-label={t("console.invitations.decline_of", { tenant: one.tenant })}
                onClick={() => setDeclining(one)}
              >
                {t("console.invitations.decline")}
              </Button>
              <Button size="s" kind="primary" onClick={() => void answer(one, true)}>
                {t("console.invitations.accept", { tenant: one.tenant })}
              </Button>
            </li>
          );
        })}
      </ul>
      {declining !== undefined && (
        <ConfirmDialog
          open={true}
          title={t("console.invitations.sure", { tenant: declining.tenant })}
          confirm={t("console.invitations.decline")}
          keep={t("common.keep")}
          onConfirm={() => void answer(declining, false)}
          onKeep={() => setDeclining(undefined)}
        >
          {t("console.invitations.sure_line")}
        </ConfirmDialog>
      )}
    </section>
  );
}
