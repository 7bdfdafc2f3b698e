/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { InvitationShape } from "@switchboard/shared/api/team.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip, type Tone } from "../../ui/marks.tsx";
import { Alert } from "../../ui/states.tsx";
import { useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { teamCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { useDeed, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import { comingAndGoing, type TeamFacts } from "./use-team.ts";
import styles from "./people.module.css";

const tones: Readonly<Record<InvitationShape["status"], Tone>> = {
  pending: "accent",
  accepted: "ok",
  declined: "plain",
  revoked: "plain",
  expired: "warn",
};

/** Who was asked and has not come yet, and what became of the others. */
export function InvitationList({ team }: { readonly team: TeamFacts }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useTicker().now();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const errors = useErrors();
  const { items, error, reload } = usePages(
    teamCalls.listInvitations,
    { status: "all" },
    { changes: ["invitation.", ...comingAndGoing], all: true },
  );
  const title = (
    <h2 className={styles.sub} id="invitations">
      {t("people.invite.list")}
    </h2>
  );
  if (error !== undefined)
    return (
      <section aria-labelledby="invitations">
        {title}
        <Alert
          tone="bad"
          urgent={true}
          title={t("people.invite.not_loaded")}
          actions={
            <Button size="s" icon="refresh" onClick={reload}>
              {t("common.try_again")}
            </Button>
          }
        >
          {errors.sentence(error)}
        </Alert>
      </section>
    );
  if (items === undefined || items.length === 0) return null;
  const until = (one: InvitationShape) =>
    one.status === "pending" ? t("people.invite.until", { when: format.dayTime(Date.parse(one.expiresAt), now) }) : "";
  return (
    <section aria-labelledby="invitations">
      {title}
      <PlainTable
        label={t("people.invite.list")}
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          {
            id: "email",
            label: t("people.invite.email"),
            header: true,
            cell: (one) => (
              <>
                {one.email}
                <span className={styles.small}>{until(one)}</span>
              </>
            ),
          },
          { id: "role", label: t("people.members.role"), cell: ({ role }) => team.roleName(role) },
          {
            id: "state",
            label: t("people.invite.state"),
            cell: ({ status }) => <Chip tone={tones[status]}>{t(`people.invite.status.${status}`)}</Chip>,
          },
          {
            id: "acts",
            label: t("people.acts"),
            labelHidden: true,
            cell: (one) => (
              <span className={styles.acts}>
                {one.can.resend && (
                  <Button
                    size="s"
                    blocked={whyNot}
                    aria-label={t("people.invite.resend_to", { email: one.email })}
                    onClick={() =>
                      void deed(
                        () => ask(teamCalls.resendInvitation, { params: { invitationId: one.id } }),
                        t("people.invite.sent", { email: one.email }),
                      )
                    }
                  >
                    {t("people.invite.resend")}
                  </Button>
                )}
                {one.can.revoke && (
                  <Button
                    size="s"
                    blocked={whyNot}
                    aria-label={t("people.invite.revoke_of", { email: one.email })}
                    onClick={() =>
                      void deed(
                        () => ask(teamCalls.revokeInvitation, { params: { invitationId: one.id } }),
                        t("people.invite.revoked", { email: one.email }),
                      )
                    }
                  >
                    {t("people.invite.revoke")}
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </section>
  );
}
