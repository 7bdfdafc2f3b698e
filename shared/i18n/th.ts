/** Thai. */
import admin from "./admin/th.json" with { type: "json" };
import alarms from "./alarms/th.json" with { type: "json" };
import audit from "./audit/th.json" with { type: "json" };
import commands from "./commands/th.json" with { type: "json" };
import common from "./common/th.json" with { type: "json" };
import console from "./console/th.json" with { type: "json" };
import errors from "./errors/th.json" with { type: "json" };
import followups from "./followups/th.json" with { type: "json" };
import inbox from "./inbox/th.json" with { type: "json" };
import keys from "./keys/th.json" with { type: "json" };
import mail from "./mail/th.json" with { type: "json" };
import notifications from "./notifications/th.json" with { type: "json" };
import people from "./people/th.json" with { type: "json" };
import reports from "./reports/th.json" with { type: "json" };
import roles from "./roles/th.json" with { type: "json" };
import routing from "./routing/th.json" with { type: "json" };
import settings from "./settings/th.json" with { type: "json" };
import shell from "./shell/th.json" with { type: "json" };
import signup from "./signup/th.json" with { type: "json" };
import states from "./states/th.json" with { type: "json" };
import tasks from "./tasks/th.json" with { type: "json" };
import templates from "./templates/th.json" with { type: "json" };
import ui from "./ui/th.json" with { type: "json" };
import when from "./when/th.json" with { type: "json" };
import widget from "./widget/th.json" with { type: "json" };
import type { en } from "./en.ts";
import type { Messages } from "./t.ts";

export const th = {
  admin,
  alarms,
  audit,
  commands,
  common,
  console,
  errors,
  followups,
  inbox,
  keys,
  mail,
  notifications,
  people,
  reports,
  roles,
  routing,
  settings,
  shell,
  signup,
  states,
  tasks,
  templates,
  ui,
  when,
  widget,
} satisfies Record<keyof typeof en, Messages>;
