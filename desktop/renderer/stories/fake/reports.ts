/** Answers of the server's reports and calendar links, for the world of the pictures. */
import type { FeedShape } from "@switchboard/shared/api/calendar.ts";
import type { FollowupReport, TaskReport } from "@switchboard/shared/api/reports.ts";
import { storyNow } from "../moment.ts";
import { fakeId } from "./ids.ts";
import { colleagues } from "./world.ts";

const [first, second] = Object.values(colleagues);
const frame = {
  from: "2026-10-23",
  to: "2026-11-21",
  by: "week" as const,
  zone: "Asia/Bangkok",
  asOf: new Date(storyNow - 120_000).toISOString(),
};
const starts = ["2026-10-19", "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16"];

export const fakeTaskReport: TaskReport = {
  ...frame,
  periods: starts.map((start, index) => ({
    start,
    created: [6, 11, 9, 14, 8][index] ?? 0,
    completed: [4, 9, 10, 12, 5][index] ?? 0,
    due: 9,
    done: 7,
  })),
  people: [
    { memberId: first?.id ?? null, name: first?.name ?? "", completed: 21, medianHours: 5.25, due: 24, done: 21, onTime: 18, overdue: 2 },
    { memberId: second?.id ?? null, name: second?.name ?? "", completed: 16, medianHours: 9.5, due: 19, done: 15, onTime: 11, overdue: 3 },
    { memberId: null, name: null, completed: 3, medianHours: 30, due: 5, done: 2, onTime: 1, overdue: 1 },
  ],
};

export const fakeFollowupReport: FollowupReport = {
  ...frame,
  periods: starts.map((start, index) => ({
    start,
    due: 12,
    completed: [8, 10, 7, 11, 6][index] ?? 0,
    missed: [2, 1, 3, 0, 1][index] ?? 0,
    cancelled: 1,
    open: 1,
  })),
  people: [
    { memberId: first?.id ?? null, name: first?.name ?? "", due: 33, completed: 26, missed: 3, cancelled: 2, open: 2, late: 4 },
    { memberId: null, name: null, due: 6, completed: 1, missed: 4, cancelled: 0, open: 1, late: 1 },
  ],
  outcomes: [
    { type: "call", channel: "phone", reached: 19, no_answer: 7, moved: 2, not_needed: 1, missed: 4 },
    { type: "email", channel: "email", reached: 9, no_answer: 3, moved: 0, not_needed: 2, missed: 1 },
    { type: "Visit to the workshop", channel: "none", reached: 4, no_answer: 0, moved: 1, not_needed: 0, missed: 2 },
  ],
};

const feed: FeedShape = { id: fakeId("feed phone"), name: "Phone", scope: "mine", createdAt: frame.asOf, lastReadAt: frame.asOf };

/** By the contract's name; other calls answer nothing. */
export function answerOf(name: string): unknown {
  switch (name) {
    case "reports.tasks":
      return fakeTaskReport;
    case "reports.followups":
      return fakeFollowupReport;
    case "reports.export":
      return { fileName: "tasks-people.csv", csv: "Person\r\n" };
    case "calendar.list":
      return { items: [feed] };
    case "calendar.create":
      return {
        ...feed,
        id: fakeId("feed new"),
        name: "My calendar",
        lastReadAt: null,
        url: "https://chat.example/api/v1/calendar/AZ0b3Rk.ics",
      };
    default:
      return undefined;
  }
}
