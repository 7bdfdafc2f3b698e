/** From the first frame of the window to the console: connecting, signed out, or at work. */
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { ConsoleRoot } from "./console/console-root.tsx";
import { ConsoleSetupContext, useConsoleSetup, type ConsoleSetup } from "./console-context.ts";
import { BridgeProvider, useLive, useLiveChosen, type Bridge } from "./live.tsx";
import { MemoryContext } from "./memory/memory-context.tsx";
import { PopOutWindow } from "./inbox/pop-out.tsx";
import { readPopOut } from "./inbox/pop-out-address.ts";
import { createConsoleRouter } from "./router.tsx";
import { AccountContext, useAccount } from "./session/account-context.ts";
import { SignIn } from "./session/sign-in.tsx";
import { ErrorState, Skeleton } from "./ui/states.tsx";

export function App({ setup, bridge }: { readonly setup: ConsoleSetup; readonly bridge: Bridge }) {
  const { Provider } = setup.parts;
  return (
    <BridgeProvider bridge={bridge}>
      <ConsoleSetupContext value={setup}>
        <Provider>
          <Entrance />
        </Provider>
      </ConsoleSetupContext>
    </BridgeProvider>
  );
}

function Entrance() {
  const { memoryFor, parts } = useConsoleSetup();
  const { data: state, isError } = useLive("session.state", {});
  const shell = useLive("shell.facts", {}).data;
  const offsetMs = useLiveChosen("sync.state", {}, ({ clockOffsetMs }) => clockOffsetMs);
  useEffect(() => {
    if (offsetMs !== undefined) parts.ticker.setOffset(offsetMs);
  }, [parts, offsetMs]);
  const accountId = state?.account?.accountId;
  const memory = useMemo(() => memoryFor(accountId), [memoryFor, accountId]);
  const zone = state?.account?.zone;
  useEffect(() => {
    if (zone !== undefined) parts.reader.set({ ...parts.reader.get(), zone });
  }, [parts, zone]);
  if (state === undefined) return <Starting failed={isError} />;
  return (
    // Another person, another memory: nothing of the last one stays on screen.
    <MemoryContext key={accountId ?? "nobody"} value={memory}>
      {state.state === "signed-out" || state.account === null ? (
        <SignIn
          server={state.server}
          askServer={shell?.host === "electron"}
          email={state.account?.email}
          remembered={state.remembered !== "memory"}
        />
      ) : (
        <AccountContext value={{ state, account: state.account }}>
          <Signed />
        </AccountContext>
      )}
    </MemoryContext>
  );
}

function Signed() {
  const { sections } = useConsoleSetup();
  const { state, account } = useAccount();
  const [alone] = useState(() => readPopOut(location.hash));
  const [router] = useState(() => createConsoleRouter(sections, Root, (section) => () => <SectionView id={section.id} />));
  return alone === undefined ? <RouterProvider router={router} /> : <PopOutWindow state={state} account={account} shown={alone} />;
}

function Root() {
  const { state, account } = useAccount();
  return <ConsoleRoot state={state} account={account} />;
}

function SectionView({ id }: { readonly id: string }) {
  const { sections } = useConsoleSetup();
  const section = sections.find((candidate) => candidate.id === id);
  // Before the core has said anything, a page does not promise that the server can be reached.
  const offline = useLiveChosen("sync.state", {}, ({ link }) => link !== "online") ?? true;
  return section === undefined ? null : <section.view offline={offline} />;
}

function Starting({ failed }: { readonly failed: boolean }) {
  const { t } = useTranslation();
  if (failed)
    return (
      <ErrorState title={t("console.start.failed")} onRetry={() => location.reload()}>
        {t("console.start.failed_line")}
      </ErrorState>
    );
  return (
    <main aria-busy="true" aria-label={t("console.start.connecting")}>
      <Skeleton rows={8} />
    </main>
  );
}
