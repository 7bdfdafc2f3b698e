import { useNavigate, useSearch } from "@tanstack/react-router";
import type { SectionViewProps } from "../sections.ts";
import { ReportsPage } from "./reports-page.tsx";

export function ReportsSection({ offline }: SectionViewProps) {
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  return (
    <ReportsPage
      subject={search["tab"] === "followups" ? "followups" : "tasks"}
      onSubject={(subject) =>
        void navigate({ to: ".", search: (before: object) => ({ ...before, tab: subject === "tasks" ? undefined : subject }) })
      }
      offline={offline}
    />
  );
}
