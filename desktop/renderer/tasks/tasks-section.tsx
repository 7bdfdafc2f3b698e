import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SectionViewProps } from "../sections.ts";
import { readOpened, writeOpened } from "./opened.ts";
import { TasksPage } from "./tasks-page.tsx";

/** The tasks with view and opened task in the address, so that back and forward go through them. */
export function TasksSection({ offline }: SectionViewProps) {
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const set = (change: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }) });
  return (
    <TasksPage
      view={search["tab"] === "list" ? "list" : "board"}
      onView={(view) => set({ tab: view === "list" ? view : undefined })}
      opened={readOpened(search["item"])}
      onOpened={(opened) => set({ item: opened === undefined ? undefined : writeOpened(opened) })}
      offline={offline}
    />
  );
}
