import { quietHoursPreference, usualQuietHours } from "@switchboard/shared/model/quiet-hours.ts";
import { minutes } from "../fake/world.ts";
import type { FakeState } from "../fake/state.ts";
import type { AppStory } from "../story.ts";

const offline = (state: FakeState): void => {
  state.online = false;
  state.sync = { ...state.sync, link: "offline", since: minutes(4), pending: 2 };
};
const adjustTenants = (change: Record<string, unknown>) => (state: FakeState) => {
  state.session = { ...state.session, tenants: (state.session["tenants"] as object[]).map((tenant) => ({ ...tenant, ...change })) };
};
const refused = (state: FakeState): void => {
  state.refuse = { api: "unavailable" };
};
const invitationsRefused = (state: FakeState): void => {
  state.refuse = { "api invitations.list": "unavailable" };
};

const blockedRefused = (state: FakeState): void => {
  state.refuse = { "api contacts.list": "unavailable" };
};

const quietAtNight = (state: FakeState): void => {
  state.preferences = { [quietHoursPreference]: { ...usualQuietHours, zone: "Asia/Bangkok" } };
};

/** Pages whose states do not need the widget's own frame, which stories do not have. */
export const settingsStories: readonly AppStory[] = [
  { name: "settings-business", at: "/settings?page=business" },
  { name: "settings-hours", at: "/settings?page=hours" },
  { name: "settings-domains", at: "/settings?page=domains" },
  { name: "settings-conversations", at: "/settings?page=conversations" },
  { name: "settings-blocked-not-loaded", at: "/settings?page=conversations", adjust: blockedRefused },
  { name: "settings-retention", at: "/settings?page=retention" },
  { name: "settings-retention-offline", at: "/settings?page=retention", adjust: offline },
  { name: "settings-audit", at: "/settings?page=audit" },
  { name: "settings-members", at: "/settings?page=members" },
  { name: "settings-no-invitations", at: "/settings?page=members", adjust: invitationsRefused },
  { name: "settings-teams", at: "/settings?page=teams" },
  { name: "settings-routing", at: "/settings?page=routing" },
  { name: "settings-replies", at: "/settings?page=replies" },
  { name: "settings-profile", at: "/settings?page=profile" },
  { name: "settings-notifications", at: "/settings?page=notifications", adjust: quietAtNight },
  { name: "settings-offline", at: "/settings?page=hours", adjust: offline },
  { name: "settings-suspended", at: "/settings?page=work", adjust: adjustTenants({ state: "suspended" }) },
  { name: "settings-not-loaded", at: "/settings?page=hours", adjust: refused },
  { name: "settings-nothing", at: "/settings", adjust: adjustTenants({ permissions: ["conversations.read"] }) },
];
