/** English, the language whose keys all others must have. One line a namespace; a namespace is a folder with a file a language. */
import admin from "./admin/en.json" with { type: "json" };
import alarms from "./alarms/en.json" with { type: "json" };
import audit from "./audit/en.json" with { type: "json" };
import commands from "./commands/en.json" with { type: "json" };
import common from "./common/en.json" with { type: "json" };
import console from "./console/en.json" with { type: "json" };
import errors from "./errors/en.json" with { type: "json" };
import followups from "./followups/en.json" with { type: "json" };
import inbox from "./inbox/en.json" with { type: "json" };
import keys from "./keys/en.json" with { type: "json" };
import mail from "./mail/en.json" with { type: "json" };
import notifications from "./notifications/en.json" with { type: "json" };
import people from "./people/en.json" with { type: "json" };
import reports from "./reports/en.json" with { type: "json" };
import roles from "./roles/en.json" with { type: "json" };
import routing from "./routing/en.json" with { type: "json" };
import settings from "./settings/en.json" with { type: "json" };
import shell from "./shell/en.json" with { type: "json" };
import signup from "./signup/en.json" with { type: "json" };
import states from "./states/en.json" with { type: "json" };
import tasks from "./tasks/en.json" with { type: "json" };
import templates from "./templates/en.json" with { type: "json" };
import ui from "./ui/en.json" with { type: "json" };
import when from "./when/en.json" with { type: "json" };
import widget from "./widget/en.json" with { type: "json" };

export const en = {
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
};
