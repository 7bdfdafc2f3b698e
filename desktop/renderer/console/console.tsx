/**
 * The frame, and what opens over every page. What is live in it draws itself: a message that was sent changes the sync bar and one row,
 * so whoever needs a live value here takes it in a part of their own.
 */
import { Outlet, useLocation, useRouter } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useCommands, useKeyHandler } from "../commands/context.tsx";
import { useConsoleSetup } from "../console-context.ts";
import { FirstRunPlace } from "../first-run/first-run-place.tsx";
import { Frame } from "../frame/frame.tsx";
import { NothingHere } from "../frame/nothing-here.tsx";
import { OwnChoicesContext } from "../frame/own-choices.ts";
import { shownTheme, type Appearance } from "../frame/theme.ts";
import { useAppearance } from "../frame/use-appearance.ts";
import { usePresence } from "../frame/use-presence.ts";
import { useLayout, useLayoutActs } from "../inbox/layout-context.tsx";
import { focusedRef, forgetTenant } from "../inbox/layout.ts";
import { useActs } from "../inbox/use-acts.ts";
import { writeStroke } from "../keys/binding.ts";
import { ShortcutDialog } from "../keys/shortcut-dialog.tsx";
import { useOverrides } from "../keys/use-overrides.ts";
import { useBridge, useBridgeEvent, useLiveChosen } from "../live.tsx";
import { useRemembered } from "../memory/memory-context.tsx";
import { OutboxPanel } from "../outbox/outbox-panel.tsx";
import { CommandPalette } from "../palette/command-palette.tsx";
import { RemoveTenantDialog } from "../session/remove-tenant-dialog.tsx";
import { SignInAgain } from "../session/sign-in-again.tsx";
import { useSession } from "../session/session-context.tsx";
import { WorkDialogs } from "../tasks/work-dialogs.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { LiveAlarmCards } from "./live-alarm-cards.tsx";
import { LiveRail } from "./live-rail.tsx";
import { LiveSyncBar } from "./live-sync-bar.tsx";
import { LiveTitleBar } from "./live-title-bar.tsx";
import { useOffline } from "./use-offline.ts";
import { useOpenConversation, usePlaces } from "./use-places.ts";

interface ConsoleProps {
  readonly onChooseTenant: (() => void) | undefined;
  readonly onSignOut: () => void;
}

type Search = "commands" | "everywhere" | "here";

export function Console({ onChooseTenant, onSignOut }: ConsoleProps) {
  const { parts } = useConsoleSetup();
  const session = useSession();
  const path = useLocation({ select: ({ pathname }) => pathname });
  const { current, go } = usePlaces();
  const openConversation = useOpenConversation();
  const { setLayout } = useLayoutActs();
  const offline = useOffline();
  const [search, setSearch] = useState<Search>();
  const [outbox, setOutbox] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  const [signingIn, setSigningIn] = useState(false);
  const [removing, setRemoving] = useState<string>();
  const leaving = removing === undefined ? undefined : session.tenants.find(({ tenantId }) => tenantId === removing);
  const only = session.scope === "all" ? session.tenants.length === 1 && session.tenants[0]?.tenantId : session.scope[0];
  const [wideRail, setWideRail] = useRemembered("rail", (value) => value === true);
  const [appearance, setAppearance] = useAppearance();
  const [overrides, setOverrides] = useOverrides();
  useEffect(() => parts.overrides.set(overrides), [parts, overrides]);
  const ownChoices = useMemo(() => ({ appearance, setAppearance, setOverrides }), [appearance, setAppearance, setOverrides]);
  const waitingKeys = useKeyHandler();
  const toggleOutbox = () => setOutbox(!outbox);
  // The inbox itself opens it in its focused pane.
  useBridgeEvent("session.goTo", ({ view, id, tenantId }) => {
    if (view === "conversation" && id !== null && current?.id !== "inbox") openConversation({ tenantId, conversationId: id }, false);
  });
  useSyncAtReturn();
  useCommands({
    "palette.open": () => setSearch("commands"),
    "search.everywhere": () => setSearch("everywhere"),
    "list.search": () => setSearch("everywhere"),
    "shortcuts.show": () => setShortcuts(true),
    "rail.toggle": () => setWideRail(!wideRail),
    "outbox.toggle": toggleOutbox,
    "session.removeTenant": only === false || only === undefined ? undefined : () => setRemoving(only),
    "session.signOut": onSignOut,
  });
  return (
    <Frame
      title={<LiveTitleBar onPalette={() => setSearch("commands")} />}
      rail={
        <LiveRail
          wide={wideRail}
          appearance={appearance}
          onAppearance={setAppearance}
          onChooseTenant={onChooseTenant}
          onRemoveTenant={setRemoving}
        />
      }
      sync={
        <LiveSyncBar
          outboxOpen={outbox}
          onOutbox={toggleOutbox}
          onSignIn={() => setSigningIn(true)}
          waitingKeys={waitingKeys.map(writeStroke)}
        />
      }
    >
      <CommandsEverywhere appearance={appearance} onAppearance={setAppearance} />
      <OwnChoicesContext value={ownChoices}>
        <WorkDialogs>{current === undefined && path !== "/" ? <NothingHere onInbox={() => go("inbox")} /> : <Outlet />}</WorkDialogs>
        <FirstRunPlace offline={offline} />
      </OwnChoicesContext>
      {outbox && (
        <OutboxPanel
          offline={offline}
          onClose={() => setOutbox(false)}
          onOpen={(ref) => {
            setOutbox(false);
            openConversation(ref, false);
          }}
        />
      )}
      <PlacedPalette search={search} onFind={() => setSearch("here")} onClose={() => setSearch(undefined)} />
      {signingIn && session.state.state === "ended" && <SignInAgain email={session.account.email} onClose={() => setSigningIn(false)} />}
      {leaving !== undefined && (
        <RemoveTenantDialog
          tenant={leaving}
          onRemoved={() => {
            setRemoving(undefined);
            setLayout((before) => forgetTenant(before, leaving.tenantId));
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
      <ShortcutDialog open={shortcuts} onClose={() => setShortcuts(false)} onOverrides={setOverrides} />
      <LiveAlarmCards />
    </Frame>
  );
}

/** The palette knows which conversation is in the focused pane, and finds something in it. */
function PlacedPalette({
  search,
  onFind,
  onClose,
}: {
  readonly search: Search | undefined;
  readonly onFind: () => void;
  readonly onClose: () => void;
}) {
  const { layout } = useLayout();
  const { current } = usePlaces();
  const openConversation = useOpenConversation();
  const focused = current?.id === "inbox" ? focusedRef(layout) : undefined;
  useCommands({ "pane.find": focused && onFind });
  const name = useLiveChosen("conversation.open", focused ?? { tenantId: "", conversationId: "" }, (open) => open?.name, {
    enabled: focused !== undefined,
  });
  return (
    <CommandPalette
      open={search !== undefined}
      searching={search === "everywhere"}
      within={search === "here" ? focused : undefined}
      onClose={onClose}
      pane={name === undefined ? undefined : { number: layout.focused + 1, name }}
      onOpen={openConversation}
    />
  );
}

/** Commands that every page has and that need nothing of the frame. */
function CommandsEverywhere({
  appearance,
  onAppearance,
}: {
  readonly appearance: Appearance;
  readonly onAppearance: (next: Appearance) => void;
}) {
  const { port } = useBridge();
  const { refused } = useActs();
  const { tenants } = useSession();
  const toasts = useToasts();
  const router = useRouter();
  const presence = usePresence(!useOffline());
  const { permitted, go, setTenant } = usePlaces();
  const to = (id: string) => (permitted.some((section) => section.id === id) ? () => go(id) : undefined);
  const otherTheme = () => {
    const dark = shownTheme(appearance.theme, globalThis.matchMedia("(prefers-color-scheme: dark)").matches) === "dark";
    onAppearance({ ...appearance, theme: dark ? "light" : "dark" });
  };
  useCommands({
    "alarm.silence": () => void port.command("alarms.silence", { minutes: 1 }).catch(refused),
    "alarm.test": presence.test,
    "presence.toggle": presence.toggle,
    undo: { run: toasts.undoLast },
    "theme.toggle": otherTheme,
    "go.back": () => router.history.back(),
    "go.forward": () => router.history.forward(),
    "go.inbox": to("inbox"),
    "go.tasks": to("tasks"),
    "go.followUps": to("followups"),
    "go.reports": to("reports"),
    "go.settings": to("settings"),
    "tenant.all": () => setTenant(undefined),
    ...Object.fromEntries(tenants.slice(0, 9).map(({ tenantId }, index) => [`tenant.${index + 1}`, () => setTenant(tenantId)])),
  });
  return null;
}

/** The system tells the page first that there is a network again; what waits out a pause is tried at once. */
function useSyncAtReturn(): void {
  const { port } = useBridge();
  useEffect(() => {
    const back = () => void port.command("sync.now", {}).catch(() => undefined);
    globalThis.addEventListener("online", back);
    return () => globalThis.removeEventListener("online", back);
  }, [port]);
}
