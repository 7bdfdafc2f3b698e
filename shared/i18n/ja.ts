/** Japanese. */
import admin from "./admin/ja.json" with { type: "json" };
import alarms from "./alarms/ja.json" with { type: "json" };
import audit from "./audit/ja.json" with { type: "json" };
import commands from "./commands/ja.json" with { type: "json" };
import common from "./common/ja.json" with { type: "json" };
import console from "./console/ja.json" with { type: "json" };
import errors from "./errors/ja.json" with { type: "json" };
import followups from "./followups/ja.json" with { type: "json" };
import inbox from "./inbox/ja.json" with { type: "json" };
import keys from "./keys/ja.json" with { type: "json" };
import mail from "./mail/ja.json" with { type: "json" };
import notifications from "./notifications/ja.json" with { type: "json" };
import people from "./people/ja.json" with { type: "json" };
import reports from "./reports/ja.json" with { type: "json" };
import roles from "./roles/ja.json" with { type: "json" };
import routing from "./routing/ja.json" with { type: "json" };
import settings from "./settings/ja.json" with { type: "json" };
import shell from "./shell/ja.json" with { type: "json" };
import signup from "./signup/ja.json" with { type: "json" };
import states from "./states/ja.json" with { type: "json" };
import tasks from "./tasks/ja.json" with { type: "json" };
import templates from "./templates/ja.json" with { type: "json" };
import ui from "./ui/ja.json" with { type: "json" };
import when from "./when/ja.json" with { type: "json" };
import widget from "./widget/ja.json" with { type: "json" };
import type { en } from "./en.ts";
import type { Messages } from "./t.ts";

export const ja = {
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
