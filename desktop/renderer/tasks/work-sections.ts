/** The pages of those who may manage work. Each is loaded when it is first opened; operators never load them. */
import { lazy } from "react";
import type { Section } from "../sections.ts";

export const workSections: readonly Section[] = [
  {
    id: "tasks",
    icon: "tasks",
    command: "go.tasks",
    permission: "tasks.manage",
    place: "top",
    view: lazy(async () => ({ default: (await import("./tasks-section.tsx")).TasksSection })),
  },
  {
    id: "followups",
    icon: "followUps",
    command: "go.followUps",
    permission: "followups.manage",
    place: "top",
    view: lazy(async () => ({ default: (await import("../followups/followups-section.tsx")).FollowupsSection })),
  },
  {
    id: "reports",
    icon: "reports",
    command: "go.reports",
    permission: "reports.read",
    withOneOf: ["tasks.manage", "followups.manage"],
    place: "top",
    view: lazy(async () => ({ default: (await import("../reports/reports-section.tsx")).ReportsSection })),
  },
];
