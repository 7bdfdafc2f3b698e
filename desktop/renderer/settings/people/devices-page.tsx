/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import type { syncApi } from "@switchboard/shared/api/sync.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Chip } from "../../ui/marks.tsx";
import { PageFrame } from "../page-frame.tsx";
import { useAnswer, useAskServer } from "../use-api.ts";
import { accountCalls, deviceCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { SessionList } from "./session-list.tsx";
import { useDeed, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import styles from "./people.module.css";

type Device = OutputOf<typeof syncApi.devices>["items"][number];

/** Where I am signed in, and which computers hold this tenant's conversations. A lost one is told to destroy what it has. */
export function DevicesPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const sessions = useAnswer(accountCalls.mySessions, {}, { changes: ["session.", "member."] });
  const devices = usePages(deviceCalls.devices, {}, { changes: ["device."] });
  const [revoking, setRevoking] = useState<Device>();
  const others = sessions.data?.items.filter(({ current }) => !current) ?? [];
  return (
    <PageFrame
      id="devices"
      wide={true}
      loaded={sessions.data !== undefined}
      error={sessions.error}
      onRetry={sessions.reload}
      actions={
        others.length > 0 && (
          <Button
            kind="danger"
            blocked={whyNot}
            onClick={() => void deed(() => ask(accountCalls.endMyOtherSessions), t("people.devices.ended_others")).then(sessions.reload)}
          >
            {t("people.devices.end_others")}
          </Button>
        )
      }
    >
      {sessions.data !== undefined && (
        <>
          <h2 className={styles.sub}>{t("people.devices.sessions")}</h2>
          <SessionList
            label={t("people.devices.sessions")}
            sessions={sessions.data.items}
            onEnd={({ id }) =>
              void deed(() => ask(accountCalls.endMySession, { params: { sessionId: id } }), t("people.devices.ended")).then(
                sessions.reload,
              )
            }
          />
        </>
      )}
      {devices.items !== undefined && devices.items.length > 0 && (
        <>
          <h2 className={styles.sub}>{t("people.devices.computers")}</h2>
          <PlainTable
            label={t("people.devices.computers")}
            rows={devices.items}
            keyOf={({ id }) => id}
            columns={[
              {
                id: "name",
                label: t("people.devices.computer"),
                header: true,
                cell: ({ name, app }) => (
                  <>
                    {name === "" ? t("people.sessions.browser") : name}
                    <span className={styles.small}>{t("people.devices.version", { version: app })}</span>
                  </>
                ),
              },
              {
                id: "seen",
                label: t("people.sessions.seen"),
                cell: ({ lastSeenAt }) => format.dayTime(Date.parse(lastSeenAt), ticker.now()),
              },
              {
                id: "acts",
                label: t("people.acts"),
                labelHidden: true,
                cell: (device) =>
                  device.revokedAt !== null ? (
                    <Chip>{t("people.devices.revoked")}</Chip>
                  ) : (
                    device.can.revoke && (
                      <span className={styles.acts}>
                        <Button size="s" blocked={whyNot} onClick={() => setRevoking(device)}>
                          {t("people.devices.revoke")}
                        </Button>
                      </span>
                    )
                  ),
              },
            ]}
          />
        </>
      )}
      {devices.more !== undefined && (
        <div className={styles.more}>
          <Button onClick={devices.more}>{t("people.more")}</Button>
        </div>
      )}
      <ConfirmDialog
        open={revoking !== undefined}
        title={t("people.devices.revoke_title", { name: revoking?.name ?? "" })}
        confirm={t("people.devices.revoke")}
        keep={t("people.keep")}
        onKeep={() => setRevoking(undefined)}
        onConfirm={() => {
          const device = revoking;
          setRevoking(undefined);
          if (device !== undefined)
            void deed(() => ask(deviceCalls.revokeDevice, { params: { deviceId: device.id } }), t("people.devices.told")).then(
              devices.reload,
            );
        }}
      >
        {t("people.devices.revoke_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}
