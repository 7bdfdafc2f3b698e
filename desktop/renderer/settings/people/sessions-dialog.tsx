import type { MemberShape } from "@switchboard/shared/api/team.ts";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Skeleton } from "../../ui/states.tsx";
import { useAnswer, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { accountCalls } from "./people-calls.ts";
import { SessionList } from "./session-list.tsx";
import { useDeed, useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

/** Where a member uses this tenant: one place, or all of them, can be shut out; they sign in again. */
export function SessionsDialog({ member, onClose }: { readonly member: MemberShape; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const ask = useAskServer();
  const deed = useDeed();
  const errors = useErrors();
  const whyNot = useWhyNot();
  const params = { memberId: member.id };
  const { data, error, reload } = useAnswer(accountCalls.memberSessions, { params }, { changes: ["session.", "member."] });
  const done = t("people.sessions.ended", { name: member.name });
  const after = (ended: boolean) => {
    if (ended) reload();
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      width="l"
      title={t("people.sessions.title", { name: member.name })}
      footer={
        <>
          <span className="grow" />
          <Button
            kind="danger"
            blocked={whyNot}
            disabled={data === undefined || data.items.length === 0}
            onClick={() => void deed(() => ask(accountCalls.endMemberSessions, { params }), done).then(after)}
          >
            {t("people.sessions.end_all")}
          </Button>
        </>
      }
    >
      {error !== undefined && <p>{errors.sentence(error)}</p>}
      {data === undefined && error === undefined && <Skeleton rows={3} look="line" />}
      {data?.items.length === 0 && <p className={styles.help}>{t("people.sessions.none", { name: member.name })}</p>}
      {data !== undefined && data.items.length > 0 && (
        <SessionList
          label={t("people.sessions.title", { name: member.name })}
          sessions={data.items}
          onEnd={({ id }) =>
            void deed(() => ask(accountCalls.endMemberSession, { params: { ...params, sessionId: id } }), done).then(after)
          }
        />
      )}
    </Dialog>
  );
}
