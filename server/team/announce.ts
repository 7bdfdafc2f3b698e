/**
 * Changes that matter for security are told to every admin by mail (SECURITY P-04). Which events those are is said where they are
 * defined (`security: true`); here stands the sentence for each. A test sees to it that none is without one.
 */
import { memberSessionEnded } from "../../shared/events/accounts.ts";
import { calendarLinkMade } from "../../shared/events/calendar.ts";
import type { EventDefinition } from "../../shared/events/define.ts";
import { memberJoined, memberRemoved, memberRoleChanged, roleChanged, roleCreated } from "../../shared/events/team.ts";
import { supportEntered } from "../../shared/events/platform.ts";
import { securitySettingsChanged, tenantDeletionPlanned, tenantResumed, tenantSuspended } from "../../shared/events/tenants.ts";
import { widgetSecretMade, widgetSecretRevoked } from "../../shared/events/visitors.ts";
import { translateTo, type T } from "../../shared/i18n/index.ts";
import { isBuiltInRole } from "../../shared/model/permissions.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { reactionToAny, type LoggedEvent } from "../core/jobs/define.ts";
import { renderLetter } from "../core/mail/letter.ts";
import { timeInMail } from "../core/mail/words.ts";
import { tenantFacts, type TenantFacts } from "../tenants/index.ts";
import { securityLetter } from "./emails/letters.ts";
import { Member, Role } from "./entities.ts";

/** Names for the ids that a payload holds, as far as they are still there. */
interface Names {
  members: ReadonlyMap<string, string>;
  roles: ReadonlyMap<string, string>;
}

interface Telling {
  t: T;
  payload: Record<string, unknown>;
  names: Names;
  tenant: TenantFacts;
}

type Sentence = (telling: Telling) => string;

const memberName = ({ names, payload }: Telling) => names.members.get(String(payload["memberId"])) ?? "";
const roleName = ({ t, names }: Telling, role: unknown) =>
  isBuiltInRole(String(role)) ? t(`roles.${String(role) as "admin" | "operator"}`) : (names.roles.get(String(role)) ?? "");
const instantOf = ({ t, tenant }: Telling, at: unknown) => timeInMail(new Date(String(at)), t.language, tenant.zone);

const sentences: readonly (readonly [EventDefinition, Sentence])[] = [
  [
    memberJoined,
    (about) => about.t("mail.security.memberJoined", { name: memberName(about), role: roleName(about, about.payload["role"]) }),
  ],
  [
    memberRoleChanged,
    (about) => about.t("mail.security.roleChanged", { name: memberName(about), role: roleName(about, about.payload["to"]) }),
  ],
  [memberRemoved, (about) => about.t("mail.security.memberRemoved", { name: memberName(about) })],
  [memberSessionEnded, (about) => about.t("mail.security.sessionEnded", { name: memberName(about) })],
  [roleCreated, (about) => about.t("mail.security.roleCreated", { name: roleName(about, about.payload["roleId"]) })],
  [roleChanged, (about) => about.t("mail.security.rolePermits", { name: roleName(about, about.payload["roleId"]) })],
  [securitySettingsChanged, ({ t, payload }) => (payload["kind"] === "domains" ? t("mail.security.domains") : t("mail.security.identity"))],
  [calendarLinkMade, (about) => about.t("mail.security.calendarLink", { name: memberName(about) })],
  [widgetSecretMade, ({ t }) => t("mail.security.secretMade")],
  [widgetSecretRevoked, ({ t }) => t("mail.security.secretRevoked")],
  [
    supportEntered,
    (about) =>
      about.t("mail.security.supportEntered", { when: instantOf(about, about.payload["until"]), reason: String(about.payload["reason"]) }),
  ],
  [tenantSuspended, ({ t, payload }) => t("mail.security.suspended", { reason: String(payload["reason"]) })],
  [tenantResumed, ({ t }) => t("mail.security.resumed")],
  [
    tenantDeletionPlanned,
    (about) => about.t("mail.security.deletion", { when: instantOf(about, about.payload["at"]), reason: String(about.payload["reason"]) }),
  ],
];

export const announced: readonly EventDefinition[] = sentences.map(([event]) => event);

async function announce(core: Core, event: LoggedEvent): Promise<void> {
  const write = sentences.find(([definition]) => definition.type === event.type)?.[1];
  if (!write) return;
  const { tenantId } = event;
  const tenant = await tenantFacts(core, tenantId);
  const { members, roles } = await core.work(
    service(tenantId, "security news"),
    async ({ em }) => ({ members: await em.find(Member, { tenantId }), roles: await em.find(Role, { tenantId }) }),
    { readOnly: true },
  );
  // Whoever founded the tenant knows that they joined it.
  const founded = event.type === memberJoined.type && event.payload["invitationId"] === null;
  const concerned = String(event.payload["memberId"]);
  const admins = members.filter(({ id, status, role }) => status === "active" && role === "admin" && !(founded && id === concerned));
  const names: Names = {
    members: new Map(members.map(({ id, name }) => [id, name])),
    roles: new Map(roles.map(({ id, name }) => [id, name])),
  };
  for (const admin of admins) {
    const t = translateTo(admin.language);
    const what = write({ t, payload: event.payload, names, tenant });
    const news = { tenant: tenant.name, zone: tenant.zone, what, who: actorName(t, event.actor, names), at: event.at };
    const letter = await renderLetter(t, securityLetter(t, news, core.config.PUBLIC_URL));
    await core.mailer.send({ to: admin.email, key: `security.${tenantId}.${event.seq}.${admin.id}`, ...letter });
  }
}

function actorName(t: T, actor: Record<string, unknown>, names: Names): string {
  if (actor["kind"] === "member") return names.members.get(String(actor["id"])) ?? "";
  if (actor["kind"] === "platform" || actor["kind"] === "support") return t("mail.security.platform");
  return t("mail.security.system");
}

export const announceSecurity = reactionToAny("team.announceSecurity", announced, announce);
