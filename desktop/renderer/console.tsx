/** The frame with everything live in it: what stands on every page whichever section is open. */
import { Outlet, useLocation, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AlarmCards, type Ringing } from "./alarms/alarm-cards.tsx";
import { useAlarmSound } from "./alarms/use-alarms.ts";
import { useNotices } from "./alarms/use-notices.ts";
import { useCommands, useKeyHandler, useKeysOf } from "./commands/context.tsx";
import { useConsoleSetup } from "./console-context.ts";
import { FirstRunPlace } from "./first-run/first-run-place.tsx";
import { Frame } from "./frame/frame.tsx";
import { NothingHere } from "./frame/nothing-here.tsx";
import { Rail } from "./frame/rail.tsx";
import { SyncBar } from "./frame/sync-bar.tsx";
import { OwnChoicesContext } from "./frame/own-choices.ts";
import { quietFacts, syncFacts } from "./frame/sync-facts.ts";
import { shownTheme } from "./frame/theme.ts";
import { TitleBar } from "./frame/title-bar.tsx";
import { useAppearance } from "./frame/use-appearance.ts";
import { useMeEntries } from "./frame/use-me-entries.ts";
import { usePresence } from "./frame/use-presence.ts";
import { WindowButtons } from "./frame/window-buttons.tsx";
import { LayoutProvider, useLayout, type MessagePlace } from "./inbox/layout-context.tsx";
import { focusedRef, type ConversationRef } from "./inbox/layout.ts";
import { useActs } from "./inbox/use-acts.ts";
import { ShortcutDialog } from "./keys/shortcut-dialog.tsx";
import { useOverrides } from "./keys/use-overrides.ts";
import { useBridge, useBridgeEvent, useLive } from "./live.tsx";
import { useRemembered } from "./memory/memory-context.tsx";
import { OutboxPanel } from "./outbox/outbox-panel.tsx";
import { CommandPalette } from "./palette/command-palette.tsx";
import { SignInAgain } from "./session/sign-in-again.tsx";
import { SignOutDialog } from "./session/sign-out-dialog.tsx";
import { SessionProvider, tenantsOf, useSession, type Scope, type SessionState } from "./session/session-context.tsx";
import { TenantChoice } from "./session/tenant-choice.tsx";
import { WorkDialogs } from "./tasks/work-dialogs.tsx";
import { useFormat } from "./text/format-context.tsx";
import { useToasts } from "./ui/toast-context.ts";
import { TenantTile } from "./ui/marks.tsx";
import { writeStroke } from "./keys/binding.ts";

/** The root route: finds the scope in the address, and asks for a tenant when none was opened on this computer yet. */
export function ConsoleRoot({ state, account }: { readonly state: SessionState; readonly account: NonNullable<SessionState["account"]> }) {
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const navigate = useNavigate();
  const { port } = useBridge();
  const { refused } = useActs();
  const [choosing, setChoosing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const wanted = typeof search["tenant"] === "string" ? search["tenant"] : undefined;
  const known = state.tenants.some((tenant) => tenant.tenantId === wanted);
  const scope: Scope = wanted !== undefined && known ? [wanted] : "all";
  const none = state.tenants.every((tenant) => tenant.state === "choose" || tenant.state === "locked");
  const choose = (tenantId: string | undefined) => {
    setChoosing(false);
    const open = state.tenants.filter((tenant) => tenant.state === "choose" && (tenantId === undefined || tenant.tenantId === tenantId));
    for (const tenant of open) void port.command("session.openTenant", { tenantId: tenant.tenantId }).catch(refused);
    void navigate({ to: "/inbox", search: tenantId === undefined ? {} : { tenant: tenantId } });
  };
  return (
    <SessionProvider state={state} account={account} scope={scope}>
      {none || choosing ? (
        <TenantChoice tenants={state.tenants} last={wanted} onChoose={choose} onSignOut={() => setLeaving(true)} />
      ) : (
        <LayoutProvider>
          <Console onChooseTenant={state.tenants.length > 1 ? () => setChoosing(true) : undefined} onSignOut={() => setLeaving(true)} />
        </LayoutProvider>
      )}
      <SignOutDialog open={leaving} onDone={() => setLeaving(false)} />
    </SessionProvider>
  );
}

function Console({ onChooseTenant, onSignOut }: { readonly onChooseTenant: (() => void) | undefined; readonly onSignOut: () => void }) {
  const { t } = useTranslation();
  const { sections, parts } = useConsoleSetup();
  const session = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const location = useLocation();
  const { port } = useBridge();
  const { mutate, refused } = useActs();
  const toasts = useToasts();
  const { layout, open: openInLayout } = useLayout();
  const keysOf = useKeysOf();
  const format = useFormat();
  const [palette, setPalette] = useState<"closed" | "commands" | "search" | "here">("closed");
  const [outbox, setOutbox] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [signingIn, setSigningIn] = useState(false);
  const [wideRail, setWideRail] = useRemembered("rail", (value) => value === true);
  const [appearance, setAppearance] = useAppearance();
  const [overrides, setOverrides] = useOverrides();
  useEffect(() => parts.overrides.set(overrides), [parts, overrides]);
  const ownChoices = useMemo(() => ({ appearance, setAppearance, setOverrides }), [appearance, setAppearance, setOverrides]);

  const tenants = tenantsOf(session.scope);
  const sync = useLive("sync.state", {}).data;
  const facts = sync === undefined ? quietFacts : syncFacts(sync);
  const offline = facts.link !== "online";
  const counts = useLive("inbox.counts", { tenants }, { keep: true }).data;
  const work = useLive("work.counts", { tenants }, { keep: true }).data;
  const alarms = useLive("alarms.state", {}).data;
  const shell = useLive("shell.facts", {}).data;
  const sound = useAlarmSound();
  const presence = usePresence(!offline);
  const waitingStrokes = useKeyHandler();

  const permitted = sections.filter(
    (section) =>
      section.permission === undefined ||
      session.tenants.some(
        (tenant) =>
          (session.scope === "all" || session.scope[0] === tenant.tenantId) &&
          tenant.permissions.includes(section.permission ?? "conversations.read") &&
          (section.withOneOf?.some((each) => tenant.permissions.includes(each)) ?? true),
      ),
  );
  const current = permitted.find((section) => location.pathname.startsWith(`/${section.id}`));
  const go = (id: string) => void navigate({ to: `/${id}`, search: session.scope === "all" ? {} : { tenant: session.scope[0] } });
  const setTenant = (tenantId: string | undefined) =>
    void navigate({ to: ".", search: tenantId === undefined ? {} : { tenant: tenantId } });

  // Whatever page is open, a conversation is opened in the inbox.
  const openFromAnywhere = (ref: ConversationRef, beside: boolean, message?: MessagePlace) => {
    openInLayout(ref, beside, message);
    if (current?.id !== "inbox") go("inbox");
  };
  // The inbox itself opens it in its focused pane.
  useBridgeEvent("session.goTo", (place) => {
    if (place.view === "conversation" && place.id !== null && current?.id !== "inbox")
      openFromAnywhere({ tenantId: place.tenantId, conversationId: place.id }, false);
  });
  const focused = focusedRef(layout);
  const focusedName = useLive("conversation.open", focused === undefined ? { tenantId: "", conversationId: "" } : { ...focused }, {
    enabled: focused !== undefined,
  }).data?.name;

  const meEntries = useMeEntries(appearance, setAppearance, onChooseTenant);
  const provided = (id: string) => permitted.find((section) => section.id === id);
  useCommands({
    "palette.open": () => setPalette("commands"),
    "search.everywhere": () => setPalette("search"),
    "list.search": () => setPalette("search"),
    "pane.find": focused === undefined || current?.id !== "inbox" ? undefined : () => setPalette("here"),
    "shortcuts.show": () => setShortcuts(true),
    "rail.toggle": () => setWideRail(!wideRail),
    "outbox.toggle": () => setOutbox(!outbox),
    "alarm.silence": () => void port.command("alarms.silence", { minutes: 1 }).catch(refused),
    "alarm.test": presence.test,
    "presence.toggle": presence.toggle,
    undo: { run: toasts.undoLast },
    "theme.toggle": () =>
      setAppearance({
        ...appearance,
        theme: shownTheme(appearance.theme, globalThis.matchMedia("(prefers-color-scheme: dark)").matches) === "dark" ? "light" : "dark",
      }),
    "session.signOut": onSignOut,
    "go.back": () => router.history.back(),
    "go.forward": () => router.history.forward(),
    "go.inbox": provided("inbox") && (() => go("inbox")),
    "go.tasks": provided("tasks") && (() => go("tasks")),
    "go.followUps": provided("followups") && (() => go("followups")),
    "go.reports": provided("reports") && (() => go("reports")),
    "go.settings": provided("settings") && (() => go("settings")),
    "tenant.all": () => setTenant(undefined),
    ...Object.fromEntries(session.tenants.slice(0, 9).map((tenant, index) => [`tenant.${index + 1}`, () => setTenant(tenant.tenantId)])),
  });

  // The system tells the page first that there is a network again; what waits out a pause is tried at once.
  useEffect(() => {
    const back = () => void port.command("sync.now", {}).catch(() => undefined);
    globalThis.addEventListener("online", back);
    return () => globalThis.removeEventListener("online", back);
  }, [port]);

  const silentUntil =
    alarms?.silentUntil == null || Date.parse(alarms.silentUntil) <= parts.ticker.now() ? undefined : Date.parse(alarms.silentUntil);
  const badge = alarms?.badge ?? 0;
  useEffect(() => {
    document.title = badge > 0 ? `(${badge}) ${t("console.title.product")}` : t("console.title.product");
  }, [badge, t]);

  // Tasks and follow-ups are opened by the event that the answer brings: the core knows whether one is meant or all.
  const goTo = ({ about, tenantId }: Ringing) => {
    if (about.view === "conversation") openFromAnywhere({ tenantId, conversationId: about.id }, false);
  };
  const show = (ringing: Ringing) => {
    void port.command("alarms.answer", { id: ringing.id, action: "open" }).catch(refused);
    goTo(ringing);
  };
  const take = (ringing: Ringing) => {
    const memberId = session.tenant(ringing.tenantId)?.memberId;
    const takeable = ringing.about.view === "conversation" && (ringing.kind === "waiting" || ringing.kind === "escalation");
    if (!takeable || memberId === undefined) return show(ringing);
    void mutate(ringing.tenantId, "assignConversation", { conversationId: ringing.about.id, assigneeId: memberId });
    goTo(ringing);
  };

  const notices = useNotices({
    ringing: shell?.host === "browser" ? alarms?.ringing : undefined,
    quiet: alarms?.doNotDisturb === true || silentUntil !== undefined,
    // Never the text: a tenant may forbid it, and a screen may be shared.
    wordsOf: (ringing) => ({
      title: t(`console.alarm.kind.${ringing.kind}`, { name: ringing.about.name }),
      body: session.tenant(ringing.tenantId)?.name ?? "",
    }),
    onOpen: show,
  });
  const alarmTrouble =
    sound.blocked || alarms?.sound === "blocked"
      ? { line: t("console.alarm.sound_blocked"), fix: sound.unlock }
      : shell?.host !== "browser" || notices.permission === "granted"
        ? shell?.notices === "failed"
          ? { line: t("console.alarm.notice_failed"), fix: () => toasts.say(t("console.alarm.notice_failed_help")) }
          : undefined
        : notices.permission === "default"
          ? { line: t("console.alarm.notice_ask"), fix: notices.ask }
          : { line: t("console.alarm.notice_denied"), fix: () => toasts.say(t("console.alarm.notice_help")) };

  const scopeTenant = session.scope === "all" ? undefined : session.tenant(session.scope[0]);
  const tenantEntries = [
    {
      kind: "choice" as const,
      id: "all",
      label: t("console.rail.all_tenants"),
      checked: session.scope === "all",
      run: () => setTenant(undefined),
    },
    ...session.tenants.map((tenant) => ({
      kind: "choice" as const,
      id: tenant.tenantId,
      label: tenant.name,
      mark: <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />,
      checked: session.scope !== "all" && session.scope[0] === tenant.tenantId,
      run: () => setTenant(tenant.tenantId),
    })),
  ];
  const countOf = (id: string): { readonly count: number | undefined; readonly quiet: boolean } =>
    id === "inbox"
      ? { count: badge, quiet: false }
      : id === "tasks"
        ? { count: work?.tasksOverdue, quiet: false }
        : id === "followups"
          ? { count: work?.followupsDecision, quiet: true }
          : { count: undefined, quiet: true };
  const railSection = (section: (typeof permitted)[number]) => ({
    id: section.id,
    label: t(`console.section.${section.id}`),
    icon: section.icon,
    keys: keysOf(section.command),
    ...countOf(section.id),
  });
  const bottom = permitted.find((section) => section.place === "bottom");
  const custom = shell?.host === "electron" && shell.platform !== "darwin";
  return (
    <Frame
      title={
        <TitleBar
          back={{ run: () => router.history.back(), can: router.history.canGoBack(), keys: keysOf("go.back") }}
          forward={{ run: () => router.history.forward(), can: true, keys: keysOf("go.forward") }}
          scope={{
            label: scopeTenant?.name ?? (session.tenants.length === 1 ? (session.tenants[0]?.name ?? "") : t("console.rail.all_tenants")),
            entries: session.tenants.length > 1 ? tenantEntries : [],
          }}
          palette={{ open: () => setPalette("commands"), keys: keysOf("palette.open") }}
          queue={
            counts != null && counts.queue > 0 && counts.longestWaitingSince !== null
              ? {
                  count: counts.queue,
                  longestSince: Date.parse(counts.longestWaitingSince),
                  targetMs: 1000 * Math.min(...session.tenants.map((tenant) => tenant.answerWithin.firstSeconds)),
                  open: () => void navigate({ to: "/inbox", search: (before: object) => ({ ...before, tab: "queue" }) }),
                }
              : undefined
          }
          presence={{
            presence: presence.presence,
            label: presence.label,
            load: offline ? undefined : (counts?.capacity ?? undefined),
            entries: presence.entries,
          }}
          windowButtons={
            custom && <WindowButtons onWindow={(action) => void port.command("shell.window", { action }).catch(() => undefined)} />
          }
        />
      }
      rail={
        <Rail
          tenants={session.tenants.map((tenant) => ({
            id: tenant.tenantId,
            name: tenant.name,
            letters: tenant.tag,
            colour: tenant.colour,
            needsMe: tenant.needsMe,
          }))}
          tenant={scopeTenant?.tenantId}
          onTenant={setTenant}
          sections={permitted.filter((section) => section.place === "top").map(railSection)}
          section={current?.id ?? ""}
          onSection={go}
          settings={bottom === undefined ? undefined : railSection(bottom)}
          wide={wideRail}
          me={{ name: session.account.name, presence: presence.presence, presenceLabel: presence.label }}
          meEntries={meEntries}
        />
      }
      sync={
        <SyncBar
          facts={facts}
          alarmSeconds={alarms?.repeatSeconds ?? 15}
          alarmTrouble={alarmTrouble?.line}
          quiet={
            alarms?.doNotDisturb === true
              ? t("console.alarm.sound_off")
              : silentUntil !== undefined
                ? t("console.alarm.silenced", { time: format.time(silentUntil) })
                : undefined
          }
          onFixAlarm={alarmTrouble?.fix}
          outboxOpen={outbox}
          onOutbox={() => setOutbox(!outbox)}
          onSignIn={() => setSigningIn(true)}
          onRetry={() => void port.command("sync.now", {}).catch(() => undefined)}
          waitingKeys={waitingStrokes.map(writeStroke)}
        />
      }
    >
      <OwnChoicesContext value={ownChoices}>
        <WorkDialogs>
          {current === undefined && location.pathname !== "/" ? <NothingHere onInbox={() => go("inbox")} /> : <Outlet />}
        </WorkDialogs>
        <FirstRunPlace offline={offline} />
      </OwnChoicesContext>
      {outbox && (
        <OutboxPanel
          offline={offline}
          onClose={() => setOutbox(false)}
          onOpen={(ref) => {
            setOutbox(false);
            openFromAnywhere(ref, false);
          }}
        />
      )}
      <CommandPalette
        open={palette !== "closed"}
        searching={palette === "search"}
        within={palette === "here" ? focused : undefined}
        onClose={() => setPalette("closed")}
        pane={current?.id === "inbox" && focusedName !== undefined ? { number: layout.focused + 1, name: focusedName } : undefined}
        onOpen={openFromAnywhere}
      />
      {signingIn && session.state.state === "ended" && <SignInAgain email={session.account.email} onClose={() => setSigningIn(false)} />}
      <ShortcutDialog open={shortcuts} onClose={() => setShortcuts(false)} onOverrides={setOverrides} />
      {alarms !== undefined && (
        <AlarmCards
          state={alarms}
          onTake={take}
          onSilence={() => void port.command("alarms.silence", { minutes: 1 }).catch(refused)}
          onDismiss={(ringing) =>
            void port
              .command("alarms.answer", {
                id: ringing.id,
                action: ringing.kind === "reminder" || ringing.kind === "missed" ? "done" : "dismiss",
              })
              .catch(refused)
          }
          onSnooze={(ringing, minutes) => void port.command("alarms.answer", { id: ringing.id, action: "snooze", minutes }).catch(refused)}
        />
      )}
    </Frame>
  );
}
