import type { ConversationSettings } from "@switchboard/shared/model/settings.ts";
import { useTranslation } from "react-i18next";
import { Switch } from "../ui/choices.tsx";
import { BlockedVisitors } from "./blocked-visitors.tsx";
import { NumberInput } from "./number-input.tsx";
import { PageFrame } from "./page-frame.tsx";
import { PublishBar } from "./publish-bar.tsx";
import { GroupRow, RowError, Rows } from "./rows.tsx";
import { useSettingsPlace } from "./settings-place.ts";
import { useSettingsDocument } from "./use-settings-document.ts";
import { VersionHistory } from "./version-history.tsx";
import styles from "./settings.module.css";

type Flag = "typingPreview" | "queuePosition" | "notificationText";
type Minutes = "idleCloseMinutes" | "emailUnseenMinutes";
type Plain = "firstAnswerSeconds" | "laterAnswerSeconds" | "alarmRepeatSeconds" | "replyExpiryMinutes";

/** What a switch begins with when it is turned on. */
const usual: Readonly<Record<Minutes, number>> = { idleCloseMinutes: 1_440, emailUnseenMinutes: 15 };

/** How conversations behave for visitors and operators. Switches count at once, numbers when they are saved. */
export function ConversationsPage() {
  const { t } = useTranslation();
  const { readOnly } = useSettingsPlace();
  const document = useSettingsDocument("conversations");
  const off = readOnly !== undefined;
  const value = document.value;

  const flag = (name: Flag, settings: ConversationSettings) => (
    <GroupRow label={t(`settings.conversations.${name}`)} help={t(`settings.conversations.${name}_help`)}>
      <Switch
        label={t(`settings.conversations.${name}_on`)}
        checked={settings[name]}
        disabled={off}
        onChecked={(on) => document.saveNow({ [name]: on })}
      />
    </GroupRow>
  );
  const number = (name: Plain, settings: ConversationSettings) => (
    <GroupRow
      label={t(`settings.conversations.${name}`)}
      help={t(`settings.conversations.${name}_help`)}
      onLeave={() => document.leave(name)}
    >
      <NumberInput
        aria-label={t(`settings.conversations.${name}`)}
        value={settings[name]}
        onValue={(next) => document.update({ [name]: next })}
        unit={t(name.endsWith("Seconds") ? "settings.unit.seconds" : "settings.unit.minutes")}
        disabled={off}
      />
      <FieldError error={document.errorAt(name)} />
    </GroupRow>
  );
  const orNever = (name: Minutes, settings: ConversationSettings) => (
    <GroupRow
      label={t(`settings.conversations.${name}`)}
      help={t(`settings.conversations.${name}_help`)}
      onLeave={() => document.leave(name)}
    >
      <div className={styles.inline}>
        <Switch
          label={t(`settings.conversations.${name}_on`)}
          checked={settings[name] !== null}
          disabled={off}
          onChecked={(on) => document.update({ [name]: on ? (document.live?.[name] ?? usual[name]) : null })}
        />
        {settings[name] !== null && (
          <NumberInput
            aria-label={t(`settings.conversations.${name}`)}
            value={settings[name]}
            onValue={(next) => document.update({ [name]: next })}
            unit={t("settings.unit.minutes")}
            disabled={off}
          />
        )}
      </div>
      <FieldError error={document.errorAt(name)} />
    </GroupRow>
  );
  return (
    <PageFrame
      id="conversations"
      loaded={value !== undefined}
      error={document.error}
      onRetry={document.reload}
      actions={<VersionHistory document={document} />}
      bar={<PublishBar document={document} />}
    >
      {value !== undefined && (
        <>
          <Rows title={t("settings.conversations.visitors")}>
            {flag("queuePosition", value)}
            {flag("typingPreview", value)}
            {orNever("idleCloseMinutes", value)}
          </Rows>
          <Rows title={t("settings.conversations.targets")}>
            {number("firstAnswerSeconds", value)}
            {number("laterAnswerSeconds", value)}
            {number("alarmRepeatSeconds", value)}
          </Rows>
          <Rows title={t("settings.conversations.operators")}>
            {number("replyExpiryMinutes", value)}
            {flag("notificationText", value)}
            {orNever("emailUnseenMinutes", value)}
          </Rows>
          <BlockedVisitors />
        </>
      )}
    </PageFrame>
  );
}

function FieldError({ error }: { readonly error: string | undefined }) {
  return error === undefined ? null : <RowError>{error}</RowError>;
}
