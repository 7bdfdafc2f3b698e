import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useNow } from "../text/now.tsx";
import { Button } from "../ui/button.tsx";
import { Switch } from "../ui/choices.tsx";
import { ConfirmDialog } from "../ui/confirm-dialog.tsx";
import { Alert } from "../ui/states.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { identityCalls } from "./calls.ts";
import { CopyText } from "./copy-text.tsx";
import { PageFrame } from "./page-frame.tsx";
import { GroupRow, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useAnswer, useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useMemberName } from "./use-member-name.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./settings.module.css";

const mostSecrets = 2;

/** Who a visitor is, said by the tenant's own site. Two secrets may live at once, so that one can take over from the other. */
export function IdentityPage() {
  const { t } = useTranslation();
  const { readOnly, holds } = useSettingsPlace();
  const document = useSettingsDocument("identity");
  const ask = useAskServer();
  const errors = useErrors();
  const toasts = useToasts();
  const format = useFormat();
  const now = useNow();
  const nameOf = useMemberName();
  const mayKeep = holds("security.manage");
  const secrets = useAnswer(identityCalls.secrets, {}, { changes: ["widget_secret."], enabled: mayKeep });
  const [fresh, setFresh] = useState<string>();
  const [leaving, setLeaving] = useState<{ readonly id: string; readonly hint: string }>();
  const off = readOnly !== undefined;
  const items = secrets.data?.items ?? [];
  const blocked =
    readOnly !== undefined
      ? t(`settings.read_only.${readOnly}`)
      : items.length >= mostSecrets
        ? t("settings.identity.two_live")
        : undefined;

  const make = async () => {
    try {
      setFresh((await ask(identityCalls.makeSecret)).secret);
      secrets.reload();
    } catch (error) {
      errors.say(error);
    }
  };
  const revoke = async (secret: { readonly id: string; readonly hint: string }) => {
    setLeaving(undefined);
    try {
      await ask(identityCalls.revokeSecret, { params: { secretId: secret.id } });
      secrets.reload();
      toasts.say(t("settings.identity.revoked", { hint: secret.hint }));
    } catch (error) {
      errors.say(error);
    }
  };
  return (
    <PageFrame
      id="identity"
      loaded={document.value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
    >
      {document.value !== undefined && (
        <>
          <Rows>
            <GroupRow label={t("settings.identity.enforce")} help={t("settings.identity.enforce_help")}>
              <Switch
                label={t("settings.identity.enforce_on")}
                checked={document.value.enforced}
                disabled={off || (items.length === 0 && !document.value.enforced)}
                onChecked={(enforced) => document.saveNow({ enforced })}
              />
              {mayKeep && secrets.data !== undefined && items.length === 0 && (
                <Alert tone={document.value.enforced ? "bad" : "plain"}>
                  {t(document.value.enforced ? "settings.identity.locked_out" : "settings.identity.secret_first")}
                </Alert>
              )}
            </GroupRow>
          </Rows>
          <Rows title={t("settings.identity.secrets")}>
            {mayKeep ? (
              <>
                <p className={styles.text}>{t("settings.identity.secrets_line")}</p>
                {fresh !== undefined && (
                  <Alert
                    tone="note"
                    icon="key"
                    title={t("settings.identity.once")}
                    actions={
                      <Button size="s" onClick={() => setFresh(undefined)}>
                        {t("settings.identity.kept")}
                      </Button>
                    }
                  >
                    <CopyText label={t("settings.identity.secret")} text={fresh} />
                  </Alert>
                )}
                <ul className={styles.list}>
                  {items.map((secret) => (
                    <li key={secret.id}>
                      <code>{secret.hint}…</code>
                      <span className="grow">
                        {t("settings.identity.made", {
                          name: nameOf(secret.createdBy),
                          when: format.dayTime(Date.parse(secret.createdAt), now),
                        })}
                      </span>
                      <Button
                        size="s"
                        kind="danger"
                        blocked={readOnly === undefined ? undefined : t(`settings.read_only.${readOnly}`)}
                        onClick={() => setLeaving(secret)}
                      >
                        {t("settings.identity.revoke")}
                      </Button>
                    </li>
                  ))}
                </ul>
                <Button icon="plus" blocked={blocked} onClick={() => void make()}>
                  {t(items.length === 0 ? "settings.identity.make" : "settings.identity.make_next")}
                </Button>
              </>
            ) : (
              <p className={styles.text}>{t("settings.identity.not_yours")}</p>
            )}
          </Rows>
        </>
      )}
      <ConfirmDialog
        open={leaving !== undefined}
        title={t("settings.identity.revoke_title", { hint: leaving?.hint ?? "" })}
        confirm={t("settings.identity.revoke")}
        keep={t("common.keep")}
        onConfirm={() => leaving !== undefined && void revoke(leaving)}
        onKeep={() => setLeaving(undefined)}
      >
        {t("settings.identity.revoke_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}
