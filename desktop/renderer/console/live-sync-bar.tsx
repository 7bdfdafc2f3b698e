import { useTranslation } from "react-i18next";
import { headline } from "../alarms/headline.ts";
import { useAlarmSound } from "../alarms/use-alarms.ts";
import { useNotices } from "../alarms/use-notices.ts";
import { useConsoleSetup } from "../console-context.ts";
import { SyncBar } from "../frame/sync-bar.tsx";
import { quietFacts, syncFacts } from "../frame/sync-facts.ts";
import { useActs } from "../inbox/use-acts.ts";
import { useBridge, useLive } from "../live.tsx";
import { useSession } from "../session/session-context.tsx";
import { useFormat } from "../text/format-context.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { useRinging } from "./use-ringing.ts";

interface LiveSyncBarProps {
  readonly outboxOpen: boolean;
  readonly onOutbox: () => void;
  readonly onSignIn: () => void;
  readonly waitingKeys: readonly string[];
}

/** How it stands with the server, and whether this computer can ring. */
export function LiveSyncBar(props: LiveSyncBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { port } = useBridge();
  const { parts } = useConsoleSetup();
  const sync = useLive("sync.state", {}).data;
  const alarms = useLive("alarms.state", {}).data;
  const shell = useLive("shell.facts", {}).data;
  const { refused } = useActs();
  const until = alarms?.silentUntil == null ? undefined : Date.parse(alarms.silentUntil);
  const silentUntil = until === undefined || until <= parts.ticker.now() ? undefined : until;
  const trouble = useAlarmTrouble(silentUntil);
  return (
    <SyncBar
      {...props}
      facts={sync === undefined ? quietFacts : syncFacts(sync)}
      update={shell?.update ?? "none"}
      onInstallUpdate={() => void port.command("shell.installUpdate", {}).catch(refused)}
      alarmSeconds={alarms?.repeatSeconds ?? 15}
      alarmTrouble={trouble?.line}
      onFixAlarm={trouble?.fix}
      quiet={
        alarms?.doNotDisturb === true
          ? t("console.alarm.sound_off")
          : silentUntil !== undefined
            ? t("console.alarm.silenced", { time: format.time(silentUntil) })
            : undefined
      }
      onRetry={() => void port.command("sync.now", {}).catch(() => undefined)}
    />
  );
}

/** Rings and shows notices; says why it cannot, and what helps. */
function useAlarmTrouble(silentUntil: number | undefined): { readonly line: string; readonly fix: () => void } | undefined {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { tenant } = useSession();
  const alarms = useLive("alarms.state", {}).data;
  const shell = useLive("shell.facts", {}).data;
  const { show } = useRinging();
  const sound = useAlarmSound();
  const notices = useNotices({
    ringing: shell?.host === "browser" ? alarms?.ringing : undefined,
    quiet: alarms?.doNotDisturb === true || silentUntil !== undefined,
    // Never the text: a tenant may forbid it, and a screen may be shared.
    wordsOf: (ringing) => ({
      title: headline(t, ringing),
      body: tenant(ringing.tenantId)?.name ?? "",
    }),
    onOpen: show,
  });
  const trouble = (line: string, help: string) => ({ line, fix: () => toasts.say(help) });
  if (sound.blocked || alarms?.sound === "blocked") return { line: t("console.alarm.sound_blocked"), fix: sound.unlock };
  if (shell?.host !== "browser" || notices.permission === "granted")
    return shell?.notices === "failed" ? trouble(t("console.alarm.notice_failed"), t("console.alarm.notice_failed_help")) : undefined;
  return notices.permission === "default"
    ? { line: t("console.alarm.notice_ask"), fix: notices.ask }
    : trouble(t("console.alarm.notice_denied"), t("console.alarm.notice_help"));
}
