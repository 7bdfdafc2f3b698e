import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SectionViewProps } from "../sections.ts";
import { Inbox } from "./inbox.tsx";
import { readTab } from "./read-tab.ts";

/** The inbox with its tab in the address, so that back and forward go through tabs too. */
export function InboxSection({ offline }: SectionViewProps) {
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const tab = readTab(search["tab"]);
  return (
    <Inbox
      tab={tab}
      onTab={(next) => void navigate({ to: ".", search: (before: object) => ({ ...before, tab: next === "mine" ? undefined : next }) })}
      offline={offline}
    />
  );
}
