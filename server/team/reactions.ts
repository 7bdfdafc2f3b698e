import { invitationCreated, invitationResent } from "../../shared/events/team.ts";
import { settingsChanged } from "../../shared/events/tenants.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import { isBuiltInRole } from "../../shared/model/permissions.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { reaction } from "../core/jobs/define.ts";
import { renderLetter } from "../core/mail/letter.ts";
import { tenantFacts } from "../tenants/index.ts";
import { announceSecurity } from "./announce.ts";
import { invitationLetter } from "./emails/letters.ts";
import { Invitation, Member, Role } from "./entities.ts";
import { sealedPlace } from "./invitations.ts";
import { followLoadLimit } from "./join.ts";
import { invitationState } from "./rules.ts";

/** Sends the link whose secret is sealed until now, then forgets the secret. One that was withdrawn meanwhile is not sent. */
async function mailInvitation(core: Core, tenantId: string, invitationId: string): Promise<void> {
  const found = await core.work(
    service(tenantId, "mail: invitation"),
    async ({ em, now }) => {
      const invitation = await em.findOne(Invitation, { tenantId, id: invitationId });
      if (!invitation?.sealed || invitationState(invitation, now) !== "pending") return null;
      const inviter = invitation.invitedBy ? await em.findOne(Member, { tenantId, id: invitation.invitedBy }) : null;
      const custom = isBuiltInRole(invitation.role) ? null : await em.findOne(Role, { tenantId, id: invitation.role });
      return { invitation, sealed: invitation.sealed, inviter: inviter?.name ?? null, custom: custom?.name ?? "" };
    },
    { readOnly: true },
  );
  if (!found) return;
  const { invitation, sealed, inviter, custom } = found;
  const { name, zone } = await tenantFacts(core, tenantId);
  const t = translateTo(invitation.language);
  const role = isBuiltInRole(invitation.role) ? t(`roles.${invitation.role}`) : custom;
  const facts = { tenant: name, zone, inviter, role, email: invitation.email, expiresAt: invitation.expiresAt };
  const letter = invitationLetter(t, facts, core.config.PUBLIC_URL, core.secrets.open(sealed, sealedPlace(invitation)));
  const key = `invitation.${invitation.id}.${Buffer.from(invitation.secretHash).toString("hex").slice(0, 16)}`;
  await core.mailer.send({ to: invitation.email, key, ...(await renderLetter(t, letter)) });
  await core.work(service(tenantId, "mail: invitation sent"), async ({ em }) => {
    const sent = await em.findOne(Invitation, { tenantId, id: invitationId, sealed });
    if (sent) sent.sealed = null;
  });
}

export const teamReactions = [
  reaction("team.mailInvitation", invitationCreated, (core, { tenantId, payload }) => mailInvitation(core, tenantId, payload.invitationId)),
  reaction("team.mailInvitationAgain", invitationResent, (core, { tenantId, payload }) =>
    mailInvitation(core, tenantId, payload.invitationId),
  ),
  reaction("team.followLoadLimit", settingsChanged, async (core, { tenantId, payload: { kind, version } }) => {
    if (kind === "routing") await core.work(service(tenantId, "limit of conversations"), (unit) => followLoadLimit(unit, version));
  }),
  announceSecurity,
];
