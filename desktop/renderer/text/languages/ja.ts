import audit from "@switchboard/shared/i18n/audit/ja.json";
import commands from "@switchboard/shared/i18n/commands/ja.json";
import common from "@switchboard/shared/i18n/common/ja.json";
import console from "@switchboard/shared/i18n/console/ja.json";
import errors from "@switchboard/shared/i18n/errors/ja.json";
import followups from "@switchboard/shared/i18n/followups/ja.json";
import inbox from "@switchboard/shared/i18n/inbox/ja.json";
import keys from "@switchboard/shared/i18n/keys/ja.json";
import people from "@switchboard/shared/i18n/people/ja.json";
import roles from "@switchboard/shared/i18n/roles/ja.json";
import routing from "@switchboard/shared/i18n/routing/ja.json";
import settings from "@switchboard/shared/i18n/settings/ja.json";
import reports from "@switchboard/shared/i18n/reports/ja.json";
import states from "@switchboard/shared/i18n/states/ja.json";
import tasks from "@switchboard/shared/i18n/tasks/ja.json";
import ui from "@switchboard/shared/i18n/ui/ja.json";
import when from "@switchboard/shared/i18n/when/ja.json";

export const ja = {
  audit,
  commands,
  common,
  console,
  errors,
  followups,
  inbox,
  keys,
  people,
  roles,
  routing,
  settings,
  reports,
  states,
  tasks,
  ui,
  when,
};
