import { useState } from "react";
import { useKeyHandler } from "../../commands/context.tsx";
import { Frame } from "../../frame/frame.tsx";
import { Rail } from "../../frame/rail.tsx";
import { SyncBar, type SyncBarProps } from "../../frame/sync-bar.tsx";
import { quietFacts } from "../../frame/sync-facts.ts";
import type { SyncFacts } from "../../frame/sync-status.ts";
import { TitleBar } from "../../frame/title-bar.tsx";
import { WindowButtons } from "../../frame/window-buttons.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { Box, Grid } from "../box.tsx";
import { storyNow } from "../moment.ts";
import type { Story } from "../story.ts";

const minute = 60_000;
const busyFacts: SyncFacts = {
  ...quietFacts,
  pending: 2,
  rejected: 1,
  receiving: { kind: "catch-up", done: 31, total: 46 },
  lastOffline: { from: storyNow - 3 * minute - 48_000, to: storyNow - 48_000 },
};

function FrameStory({ wide = false }: { readonly wide?: boolean }) {
  const [tenant, setTenant] = useState<string | undefined>(undefined);
  const [section, setSection] = useState("inbox");
  useKeyHandler();
  return (
    <Frame
      title={
        <TitleBar
          back={{ run: () => undefined, can: true, keys: ["Alt", "←"] }}
          forward={{ run: () => undefined, can: false, keys: ["Alt", "→"] }}
          scope={{ label: "All tenants", entries: [] }}
          palette={{ open: () => undefined, keys: ["Ctrl", "K"] }}
          queue={{ count: 2, longestSince: storyNow - 108_000, targetMs: 60_000, open: () => undefined }}
          presence={{ presence: "online", label: "Available", load: { used: 7, of: 8 }, entries: [] }}
          windowButtons={<WindowButtons onWindow={() => undefined} />}
        />
      }
      rail={
        <Rail
          tenants={[
            { id: "bm", name: "Baan Mai Ceramics", letters: "BM", colour: "teal", needsMe: 1 },
            { id: "lb", name: "Lumphini Bikes", letters: "LB", colour: "rust", needsMe: 2 },
            { id: "kt", name: "Kitsune Tea House", letters: "KT", colour: "plum", needsMe: 2 },
            { id: "hp", name: "Harbor & Pine Furniture", letters: "HP", colour: "steel", needsMe: 0 },
            { id: "sj", name: "โรงพยาบาลสัตว์สุขใจ พระรามเก้า", letters: "SJ", colour: "olive", needsMe: 0 },
            { id: "mb", name: "みどり文具店", letters: "MB", colour: "rose", needsMe: 0 },
          ]}
          tenant={tenant}
          onTenant={setTenant}
          section={section}
          onSection={setSection}
          wide={wide}
          sections={[
            { id: "inbox", label: "Inbox", icon: "inbox", count: 5, keys: ["G", "I"] },
            { id: "tasks", label: "Tasks", icon: "tasks", keys: ["G", "T"] },
            { id: "followups", label: "Follow-ups", icon: "followUps", count: 3, quiet: true, keys: ["G", "F"] },
          ]}
          settings={{ id: "settings", label: "Settings", icon: "settings", keys: ["G", "S"] }}
          me={{ name: "Napat Wongsawat", presence: "online", presenceLabel: "Available" }}
          meEntries={[]}
        />
      }
      sync={
        <SyncBar
          facts={busyFacts}
          update="none"
          onInstallUpdate={() => undefined}
          alarmSeconds={15}
          outboxOpen={false}
          onOutbox={() => undefined}
          onSignIn={() => undefined}
          onRetry={() => undefined}
          waitingKeys={[]}
        />
      }
    >
      <h1 className="vh">Inbox</h1>
      <EmptyState icon="inbox" title="A view stands here" />
    </Frame>
  );
}

const everySync: readonly { readonly title: string; readonly facts: SyncFacts; readonly update?: SyncBarProps["update"] }[] = [
  { title: "Calm", facts: quietFacts },
  { title: "Sending", facts: { ...quietFacts, pending: 1, sending: 1 } },
  { title: "Back online", facts: busyFacts },
  { title: "First set-up", facts: { ...quietFacts, receiving: { kind: "bootstrap", done: 12_400, total: 100_000 } } },
  { title: "Connecting again", facts: { ...quietFacts, link: "reconnecting", pending: 2 } },
  { title: "Offline", facts: { ...quietFacts, link: "offline", since: storyNow - 4 * minute, pending: 2 } },
  { title: "Needs you", facts: { ...quietFacts, rejected: 1 } },
  { title: "Signed out", facts: { ...quietFacts, link: "signed-out" } },
  { title: "Update needed", facts: { ...quietFacts, link: "update-needed" } },
  { title: "Update needed, and ready", facts: { ...quietFacts, link: "update-needed" }, update: "ready" },
  { title: "Update available", facts: quietFacts, update: "available" },
  { title: "Update ready", facts: quietFacts, update: "ready" },
  { title: "Disk full", facts: { ...quietFacts, trouble: "disk_full", pending: 1 } },
];

function SyncStory() {
  return (
    <Grid>
      {everySync.map(({ title, facts, update = "none" }) => (
        <Box key={title} title={title}>
          <SyncBar
            facts={facts}
            update={update}
            onInstallUpdate={() => undefined}
            alarmSeconds={15}
            outboxOpen={false}
            onOutbox={() => undefined}
            onSignIn={() => undefined}
            onRetry={() => undefined}
            waitingKeys={[]}
          />
        </Box>
      ))}
    </Grid>
  );
}

export const frameStories: readonly Story[] = [
  { name: "frame", view: () => <FrameStory />, whole: true },
  { name: "frame-wide", view: () => <FrameStory wide={true} />, whole: true },
  { name: "sync-bar", view: SyncStory },
];
