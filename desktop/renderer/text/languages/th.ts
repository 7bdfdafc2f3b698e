import audit from "@switchboard/shared/i18n/audit/th.json";
import commands from "@switchboard/shared/i18n/commands/th.json";
import common from "@switchboard/shared/i18n/common/th.json";
import console from "@switchboard/shared/i18n/console/th.json";
import errors from "@switchboard/shared/i18n/errors/th.json";
import followups from "@switchboard/shared/i18n/followups/th.json";
import inbox from "@switchboard/shared/i18n/inbox/th.json";
import keys from "@switchboard/shared/i18n/keys/th.json";
import people from "@switchboard/shared/i18n/people/th.json";
import roles from "@switchboard/shared/i18n/roles/th.json";
import routing from "@switchboard/shared/i18n/routing/th.json";
import settings from "@switchboard/shared/i18n/settings/th.json";
import reports from "@switchboard/shared/i18n/reports/th.json";
import states from "@switchboard/shared/i18n/states/th.json";
import tasks from "@switchboard/shared/i18n/tasks/th.json";
import ui from "@switchboard/shared/i18n/ui/th.json";
import when from "@switchboard/shared/i18n/when/th.json";

export const th = {
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
