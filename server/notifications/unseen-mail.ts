/**
 * A conversation that nobody has looked at for as long as the tenant allows: one mail, to one person. The operator who has it; else
 * somebody who may answer it, on duty before off duty, the least busy first. Whoever wants no such mails is passed over.
 */
import { links } from "../../shared/api/links.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { unseenMailKey } from "../../shared/model/alarm-rules.ts";
import { shownName } from "../../shared/model/aliases.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { renderLetter, type Letter } from "../core/mail/letter.ts";
import type { Unit } from "../core/work.ts";
import { customRoles, permissionsOf, readStandbys, usualStandby } from "../team/index.ts";
import { settingsOf } from "../tenants/index.ts";
import { readQuiet } from "./quiet.ts";

/** More come in the next minute. */
const batch = 50;
/** What has waited longer than this was told about long ago, or the installation stood still. */
const withinMs = 24 * 3_600_000;

interface Unseen {
  id: string;
  waiting_since: Date | string;
  assignee_id: string | null;
  team_id: string | null;
  contact_id: string;
  contact_name: string | null;
}

interface Reader {
  id: string;
  name: string;
  email: string;
  language: Language;
  role: string;
  team_ids: string[] | null;
  load: number;
  mails: boolean;
}

/** Read by nobody: no mark of anybody has come to the first message that is not answered. */
const unseen = (unit: Unit, until: Date) => sql`
  select one.id, one.waiting_since, one.assignee_id, one.team_id, one.contact_id, contact.name as contact_name
  from conversation one left join contact on contact.tenant_id = one.tenant_id and contact.id = one.contact_id
  where one.tenant_id = ${unit.tenantId} and one.status = 'open' and one.waiting_since <= ${until}
    and one.waiting_since > ${new Date(unit.now.getTime() - withinMs)}
    and not exists (select 1 from unseen_mail told where told.tenant_id = one.tenant_id and told.id = one.id and told.waiting_since = one.waiting_since)
    and not exists (select 1 from read_mark mark where mark.tenant_id = one.tenant_id and mark.conversation_id = one.id and mark.number >= (
      select min(message.number) from message where message.tenant_id = one.tenant_id and message.conversation_id = one.id
        and message.kind = 'visitor' and message.at >= one.waiting_since))
  order by one.waiting_since, one.id limit ${batch}`;

const readers = (unit: Unit) =>
  unit.rows<Reader>(sql`
    select member.id, member.name, member.email, member.language, member.role,
      (select json_agg(place.team_id) from team_member place where place.tenant_id = member.tenant_id and place.member_id = member.id) as team_ids,
      (select count(*)::int from conversation held
        where held.tenant_id = member.tenant_id and held.assignee_id = member.id and held.status = 'open') as load,
      coalesce(own.values ->> ${unseenMailKey}, 'true') <> 'false' as mails
    from member left join preference own on own.tenant_id = member.tenant_id and own.id = member.id
    where member.tenant_id = ${unit.tenantId} and member.status = 'active' order by member.id`);

interface Told {
  conversation: Unseen;
  to: Reader;
}

async function whoIsTold(unit: Unit, until: Date): Promise<Told[]> {
  const [conversations, people, roles, standbys, quiet] = [
    await unit.rows<Unseen>(unseen(unit, until)),
    await readers(unit),
    await customRoles(unit),
    await readStandbys(unit),
    await readQuiet(unit),
  ];
  const offDuty = ({ id }: Reader) => ((standbys.get(id) ?? usualStandby).duty === "off" ? 1 : 0);
  return conversations.flatMap((conversation) => {
    // Whoever sleeps is passed over, and gets it in the morning if nobody else did.
    const mayAnswer = ({ id, role, team_ids: teamIds, mails }: Reader) => {
      const permissions = permissionsOf(role, roles);
      const inTeam = conversation.team_id === null || (teamIds ?? []).includes(conversation.team_id);
      return (
        mails &&
        quiet.until(id, unit.now) === null &&
        permissions.has("conversations.reply") &&
        (inTeam || permissions.has("conversations.all"))
      );
    };
    const [to] = people
      .filter(mayAnswer)
      .toSorted(
        (a, b) =>
          Number(b.id === conversation.assignee_id) - Number(a.id === conversation.assignee_id) ||
          offDuty(a) - offDuty(b) ||
          a.load - b.load ||
          (a.id < b.id ? -1 : 1),
      );
    return to ? [{ conversation, to }] : [];
  });
}

const isoOf = (at: Date | string) => new Date(at).toISOString();

async function mail(core: Core, tenantId: string, tenant: string, { conversation, to }: Told): Promise<void> {
  const t = translateTo(to.language);
  const { name } = shownName({ id: conversation.contact_id, name: conversation.contact_name }, to.language);
  const count = Math.max(1, Math.floor((core.clock.now().getTime() - new Date(conversation.waiting_since).getTime()) / 60_000));
  const letter: Letter = {
    subject: t("notifications.unseen.subject", { name }),
    heading: t("notifications.unseen.heading"),
    // Never the visitor's words: a mailbox is not the tenant's own place.
    paragraphs: [t("notifications.unseen.text", { name, tenant, count })],
    note: t("notifications.unseen.note"),
    button: { label: t("notifications.unseen.button"), url: links.console(core.config.PUBLIC_URL) },
    reason: t("notifications.unseen.reason", { tenant }),
  };
  const waitingSince = isoOf(conversation.waiting_since);
  // The key makes a repeat after a crash the same mail; marked only when it is on its way.
  await core.mailer.send({ to: to.email, key: `unseen.${conversation.id}.${waitingSince}`, ...(await renderLetter(t, letter)) });
  await core.work(service(tenantId, "unseen conversation mailed"), (unit) =>
    unit.rows(sql`
      insert into unseen_mail (tenant_id, id, waiting_since, member_id, mailed_at)
      values (${tenantId}, ${conversation.id}, ${waitingSince}, ${to.id}, ${unit.now})
      on conflict (tenant_id, id) do update
        set waiting_since = excluded.waiting_since, member_id = excluded.member_id, mailed_at = excluded.mailed_at`),
  );
}

export const unseenMailJob = job({
  name: "notifications.unseenMail",
  schedule: "* * * * *",
  async run(core) {
    const tenants = await core.work(
      system("tenants with a conversation that waits"),
      (unit) =>
        unit.rows<{ id: string; name: string }>(sql`
          select tenant.id, tenant.name from tenant where tenant.status = 'active' and exists (
            select 1 from conversation where conversation.tenant_id = tenant.id and conversation.status = 'open'
              and conversation.waiting_since <= ${new Date(unit.now.getTime() - 60_000)}) order by tenant.id`),
      { readOnly: true },
    );
    for (const { id, name } of tenants) {
      const { emailUnseenMinutes } = await settingsOf(core, id, "conversations");
      if (emailUnseenMinutes === null) continue;
      const until = new Date(core.clock.now().getTime() - emailUnseenMinutes * 60_000);
      const told = await core.work(service(id, "unseen conversations"), (unit) => whoIsTold(unit, until), { readOnly: true });
      for (const one of told) {
        // One mailbox that takes no more must not silence the others; the next minute tries again.
        await mail(core, id, name, one).catch((error: unknown) =>
          core.log.warn({ tenantId: id, problem: String(error) }, "an unseen conversation could not be mailed"),
        );
      }
    }
  },
});
