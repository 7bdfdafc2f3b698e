import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SectionViewProps } from "../sections.ts";
import { readOpened, writeOpened } from "../tasks/opened.ts";
import { calendarViews } from "./calendar.ts";
import { FollowupsPage } from "./followups-page.tsx";

export function FollowupsSection({ offline }: SectionViewProps) {
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const set = (change: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }) });
  const tab = search["tab"];
  return (
    <FollowupsPage
      view={calendarViews.find((view) => view === tab) ?? "week"}
      onView={(view) => set({ tab: view === "week" ? undefined : view })}
      opened={readOpened(search["item"])}
      onOpened={(opened) => set({ item: opened === undefined ? undefined : writeOpened(opened) })}
      offline={offline}
    />
  );
}
