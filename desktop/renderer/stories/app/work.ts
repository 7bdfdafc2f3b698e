import { writeOpened } from "../../tasks/opened.ts";
import { fakeId } from "../fake/ids.ts";
import { minutes, tenantIds } from "../fake/world.ts";
import { reportKey } from "../../reports/kept-reports.ts";
import type { FakeState } from "../fake/state.ts";
import { fakeTaskReport } from "../fake/reports.ts";
import type { AppStory } from "../story.ts";

const item = (tenant: keyof typeof tenantIds, key: string) => `item=${writeOpened({ tenantId: tenantIds[tenant], id: fakeId(key) })}`;
const empty = (state: FakeState): void => {
  state.tasks = [];
  state.followups = [];
};
const silent = (state: FakeState): void => {
  state.silent = true;
};
const suspended = (state: FakeState): void => {
  state.session = {
    ...state.session,
    tenants: (state.session["tenants"] as object[]).map((tenant) => ({ ...tenant, state: "suspended" })),
  };
};
const offline = (state: FakeState): void => {
  state.online = false;
  state.sync = { ...state.sync, link: "offline", since: minutes(4), pending: 2 };
};
const operator = (state: FakeState): void => {
  state.session = {
    ...state.session,
    tenants: (state.session["tenants"] as { permissions: string[] }[]).map((tenant) => ({
      ...tenant,
      permissions: tenant.permissions.filter((permission) => !/^(tasks|followups)\./.test(permission)),
    })),
  };
};
const overdue = item("bm", "task Send the corrected invoice INV-1187 with the company address");
const fork = item("lb", "task Ask the workshop for a fork in 52 cm, matt black");
const celadon = item("bm", "task Reserve one celadon set until Monday");
const tax = item("bm", "followup Ask about the tax invoice");

export const workStories: readonly AppStory[] = [
  { name: "tasks", at: "/tasks" },
  { name: "tasks-list", at: "/tasks?tab=list" },
  { name: "tasks-detail", at: `/tasks?${fork}` },
  { name: "tasks-overdue", at: `/tasks?tab=list&${overdue}` },
  { name: "tasks-missing", at: `/tasks?${celadon}` },
  { name: "tasks-empty", at: "/tasks", adjust: empty },
  { name: "tasks-loading", at: "/tasks", adjust: silent },
  { name: "tasks-read-only", at: `/tasks?${fork}`, adjust: suspended },
  { name: "tasks-offline", at: `/tasks?${fork}`, adjust: offline },
  { name: "work-not-mine", at: "/inbox", adjust: operator },
  { name: "followups", at: "/followups" },
  { name: "followups-month", at: "/followups?tab=month" },
  { name: "followups-list", at: "/followups?tab=list" },
  { name: "followups-missing", at: `/followups?${tax}` },
  { name: "followups-chain", at: `/followups?${item("lb", "followup Courier slot confirmed?")}` },
  { name: "followups-empty", at: "/followups?tab=list", adjust: empty },
  { name: "followups-loading", at: "/followups", adjust: silent },
  { name: "reports", at: "/reports" },
  {
    name: "reports-in-auckland",
    at: "/reports",
    adjust: (state) => {
      state.session = { ...state.session, account: { ...(state.session["account"] as object), zone: "Pacific/Auckland" } };
    },
  },
  { name: "reports-followups", at: "/reports?tab=followups" },
  {
    name: "reports-offline",
    at: `/reports?tenant=${tenantIds.bm}`,
    adjust: offline,
    memory: { reports: { [reportKey(tenantIds.bm, "tasks", 30, "week")]: fakeTaskReport } },
  },
  { name: "reports-never-loaded", at: "/reports", adjust: offline },
  { name: "reports-failed", at: "/reports", adjust: (state) => void (state.refuse["api"] = "unavailable") },
  { name: "followups-read-only", at: `/followups?${tax}`, adjust: suspended },
];
