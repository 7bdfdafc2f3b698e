import audit from "@switchboard/shared/i18n/audit/en.json";
import commands from "@switchboard/shared/i18n/commands/en.json";
import common from "@switchboard/shared/i18n/common/en.json";
import console from "@switchboard/shared/i18n/console/en.json";
import errors from "@switchboard/shared/i18n/errors/en.json";
import followups from "@switchboard/shared/i18n/followups/en.json";
import inbox from "@switchboard/shared/i18n/inbox/en.json";
import keys from "@switchboard/shared/i18n/keys/en.json";
import people from "@switchboard/shared/i18n/people/en.json";
import roles from "@switchboard/shared/i18n/roles/en.json";
import routing from "@switchboard/shared/i18n/routing/en.json";
import settings from "@switchboard/shared/i18n/settings/en.json";
import reports from "@switchboard/shared/i18n/reports/en.json";
import states from "@switchboard/shared/i18n/states/en.json";
import tasks from "@switchboard/shared/i18n/tasks/en.json";
import ui from "@switchboard/shared/i18n/ui/en.json";
import when from "@switchboard/shared/i18n/when/en.json";

export const en = {
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
