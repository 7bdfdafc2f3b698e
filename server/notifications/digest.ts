/** A mail each morning for those who asked for it: what is overdue, what the day brings, and which promises nobody has. */
import { links } from "../../shared/api/links.ts";
import { locales } from "../../shared/i18n/languages.ts";
import { translateTo, type T } from "../../shared/i18n/index.ts";
import { addDays, hourMs, wallTime, type PlainDate } from "../../shared/model/dates.ts";
import { isBuiltInFollowupType } from "../../shared/model/followups.ts";
import { reminderChoiceOf, reminderPreference } from "../../shared/model/reminders.ts";
import { createZone, type Zone } from "../../shared/model/zones.ts";
import { contactsById } from "../contacts/index.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { renderLetter, type Letter } from "../core/mail/letter.ts";
import type { Unit } from "../core/work.ts";
import { Followup } from "../followups/index.ts";
import { Preference } from "../preferences/index.ts";
import { Task } from "../tasks/index.ts";
import { Member, memberStanding, type MemberStanding } from "../team/index.ts";
import { tenantFacts } from "../tenants/index.ts";
import { DigestSent } from "./entities.ts";
import { tenantsWith } from "./jobs.ts";
import { readQuiet } from "./quiet.ts";

/** A morning that the server slept through is over: better no mail than one at night. */
const lateMs = 4 * hourMs;
/** Lines of a kind; how many more there are is said. */
const mostLines = 15;

export const digestJob = job({
  name: "notifications.digest",
  schedule: "*/15 * * * *",
  async run(core) {
    const wanted = sql`select distinct tenant_id from preference where "values"->${reminderPreference}::text->>'digest' is not null`;
    for (const tenantId of await tenantsWith(core, "morning mails", wanted)) {
      for (const { memberId, date, to, t, letter } of await dueDigests(core, tenantId)) {
        // The key makes a repeat after a crash the same mail; remembered only when it is on its way.
        if (letter) await core.mailer.send({ to, key: `digest.${tenantId}.${memberId}.${date}`, ...(await renderLetter(t, letter)) });
        await core.work(service(tenantId, "morning mail sent"), ({ rows }) =>
          rows(sql`
            insert into digest_sent (tenant_id, id, date) values (${tenantId}, ${memberId}, ${date})
            on conflict (tenant_id, id) do update set date = excluded.date`),
        );
      }
    }
  },
});

interface Digest {
  memberId: string;
  date: PlainDate;
  to: string;
  t: T;
  /** Null: the day brings nothing, and nobody is written to. */
  letter: Letter | null;
}

function dueDigests(core: Core, tenantId: string): Promise<Digest[]> {
  return core.work(service(tenantId, "morning mails"), async (unit) => {
    const { em, now } = unit;
    const sent = new Map((await em.find(DigestSent, { tenantId })).map(({ id, date }) => [id, date]));
    const quiet = await readQuiet(unit);
    const digests: Digest[] = [];
    for (const { id: memberId, values } of await em.find(Preference, { tenantId })) {
      const { digest } = reminderChoiceOf(values[reminderPreference]);
      if (!digest) continue;
      const zone = createZone(digest.zone);
      const today = zone.dateAt(now.getTime());
      // One that fell into quiet hours waits for their end, which may be on the next day.
      const date = [addDays(today, -1), today].find((day) => {
        const planned = new Date(zone.instantOf(wallTime(day, digest.time)));
        const late = now.getTime() - (quiet.until(memberId, planned) ?? planned).getTime();
        return late >= 0 && late <= lateMs && (sent.get(memberId) ?? "") < day;
      });
      if (date === undefined) continue;
      const member = await em.findOne(Member, { tenantId, id: memberId, status: "active" });
      const standing = await memberStanding(core, tenantId, memberId);
      if (!member) continue;
      const t = translateTo(member.language);
      digests.push({ memberId, date, to: member.email, t, letter: await write({ core, unit, t, zone, date: today, memberId, standing }) });
    }
    return digests;
  });
}

interface Morning {
  core: Core;
  unit: Unit;
  t: T;
  zone: Zone;
  date: PlainDate;
  memberId: string;
  standing: MemberStanding;
}

async function write(morning: Morning): Promise<Letter | null> {
  const { core, unit, t, zone, date, standing } = morning;
  const lines = [
    ...(standing.permissions.has("tasks.manage") ? await taskLines(morning) : []),
    ...(standing.permissions.has("followups.manage") ? await followupLines(morning) : []),
  ];
  if (lines.length === 0) return null;
  const tenant = await tenantFacts(core, unit.tenantId);
  const day = new Intl.DateTimeFormat(locales[t.language], { dateStyle: "full", timeZone: zone.id }).format(
    zone.instantOf(wallTime(date, "12:00")),
  );
  const shown = lines.slice(0, mostLines);
  return {
    subject: t("notifications.digest.subject", { tenant: tenant.name }),
    heading: day,
    paragraphs: [t("notifications.digest.line", { count: lines.length })],
    details: shown,
    ...(lines.length > shown.length ? { note: t("notifications.digest.more", { count: lines.length - shown.length }) } : {}),
    button: { label: t("notifications.digest.button"), url: links.console(core.config.PUBLIC_URL) },
    reason: t("notifications.digest.reason", { tenant: tenant.name }),
  };
}

type Line = readonly [label: string, value: string];

const clock = ({ t, zone }: Morning, at: Date) =>
  new Intl.DateTimeFormat(locales[t.language], { timeStyle: "short", timeZone: zone.id }).format(at);
const endOfDay = ({ zone, date }: Morning) => new Date(zone.startOf(addDays(date, 1)));

async function taskLines(morning: Morning): Promise<Line[]> {
  const { unit, t, memberId } = morning;
  const { tenantId, now } = unit;
  const mine = { tenantId, assigneeId: memberId, status: { $in: ["open", "in_progress", "waiting"] as const } };
  const tasks = await unit.em.find(Task, { ...mine, dueAt: { $lte: endOfDay(morning) } }, { orderBy: { dueAt: "asc" } });
  return tasks.map(({ title, dueAt, dueAllDay }) => [
    dueAt && dueAt <= now
      ? t("notifications.digest.overdue")
      : dueAllDay || !dueAt
        ? t("notifications.digest.today")
        : clock(morning, dueAt),
    title,
  ]);
}

async function followupLines(morning: Morning): Promise<Line[]> {
  const { unit, t, memberId, standing } = morning;
  const { tenantId } = unit;
  const found = await unit.em.find(
    Followup,
    {
      tenantId,
      $or: [
        { assigneeId: memberId, status: "missed" },
        { assigneeId: memberId, status: "scheduled", dueAt: { $lt: endOfDay(morning) } },
        { assigneeId: null, status: "scheduled", dueAt: { $lt: endOfDay(morning) } },
      ],
    },
    { orderBy: { dueAt: "asc" } },
  );
  // Whose number it is stays with those who may see contacts.
  const visible = standing.permissions.has("contacts.read") ? found.flatMap(({ contactId }) => contactId ?? []) : [];
  const contacts = await contactsById(unit, [...new Set(visible)]);
  return found.map((one) => {
    const type = isBuiltInFollowupType(one.type) ? t(`followups.type.${one.type}`) : one.type;
    const contact = contacts.get(one.contactId ?? "");
    const what = [type, contact?.name, one.notes.split("\n")[0]].filter(Boolean).join(" · ");
    const value = one.assigneeId === null ? t("notifications.digest.nobody", { what }) : what;
    return [one.status === "missed" ? t("followups.status.missed") : clock(morning, one.dueAt), value];
  });
}
