/** The server's share of reminding: a mail when no device showed a reminder in time, and a word a day about what is overdue. */
import { translateTo, type T } from "../../shared/i18n/index.ts";
import { links } from "../../shared/api/links.ts";
import { isFollowupOver } from "../../shared/model/followups.ts";
import { serverFallbackMs } from "../../shared/model/reminders.ts";
import { isTaskOver, nextOverdueReminder } from "../../shared/model/tasks.ts";
import { createZone } from "../../shared/model/zones.ts";
import { contactsById } from "../contacts/index.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { renderLetter, type Letter } from "../core/mail/letter.ts";
import { timeInMail } from "../core/mail/words.ts";
import type { Unit } from "../core/work.ts";
import { Followup } from "../followups/index.ts";
import { Task } from "../tasks/index.ts";
import { Member } from "../team/index.ts";
import { Tenant } from "../tenants/index.ts";
import { Reminder } from "./entities.ts";
import { arm, mayBeTold, oneAfterAnother } from "./plan-reminders.ts";
import { readQuiet, type Quiet } from "./quiet.ts";

/** More come in the next minute. */
const batch = 200;
/** A reminder nobody saw for this long says nothing useful any more. */
const mailWithinMs = 12 * 3_600_000;
/** Quiet hours last less than a day; where clocks go back, an hour more. */
const longestHeldMs = 25 * 3_600_000;

export async function tenantsWith(core: Core, reason: string, query: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await core.work(system(reason), ({ rows: read }) => read<{ tenant_id: string }>(query));
  return rows.map(({ tenant_id: tenantId }) => tenantId);
}

export const fallbackJob = job({
  name: "notifications.fallback",
  schedule: "* * * * *",
  async run(core) {
    const now = core.clock.now();
    const late = new Date(now.getTime() - serverFallbackMs);
    const old = new Date(now.getTime() - longestHeldMs - mailWithinMs);
    const due = sql`state = 'armed' and fired_at is null and mailed_at is null and coalesce(snoozed_until, due_at) <= ${late} and due_at > ${old}`;
    for (const tenantId of await tenantsWith(
      core,
      "reminders no device showed",
      sql`select distinct tenant_id from reminder where ${due}`,
    )) {
      const mails = await core.work(service(tenantId, "reminder mails"), async (unit) => {
        const found = await unit.rows<Unshown>(sql`
          select reminder.id, reminder.member_id, coalesce(reminder.snoozed_until, reminder.due_at) as at, task.priority = 'urgent' as urgent
          from reminder left join task on task.tenant_id = reminder.tenant_id and task.id = reminder.about_id and reminder.about = 'task'
          where reminder.tenant_id = ${tenantId} and reminder.id in (select id from reminder where ${due}) order by at`);
        const quiet = await readQuiet(unit);
        const letters: Outgoing[] = [];
        for (const { id } of found.filter((one) => isMailed(quiet, one, now)).slice(0, batch))
          letters.push(...(await outgoing(core, unit, id)));
        return letters;
      });
      // The mail's key makes a repeat after a crash the same mail; marked only when it is on its way.
      for (const mail of mails) {
        await core.mailer.send({ to: mail.to, key: `reminder.${mail.reminderId}`, ...(await renderLetter(mail.t, mail.letter)) });
        await core.work(service(tenantId, "reminder mailed"), (unit) =>
          unit.rows(sql`update reminder set mailed_at = ${now} where tenant_id = ${tenantId} and id = ${mail.reminderId}`),
        );
      }
    }
  },
});

interface Unshown {
  id: string;
  member_id: string;
  at: Date | string;
  /** Null for what is no task. */
  urgent: boolean | null;
}

/** Not in the person's quiet hours, and no longer after these than a mail still says something. */
function isMailed(quiet: Quiet, { member_id: memberId, at, urgent }: Unshown, now: Date): boolean {
  const passes = urgent === true && quiet.letsUrgentThrough(memberId);
  if (passes) return now.getTime() - new Date(at).getTime() <= mailWithinMs;
  if (quiet.until(memberId, now) !== null) return false;
  const heldUntil = quiet.until(memberId, new Date(at)) ?? new Date(at);
  return now.getTime() - heldUntil.getTime() <= mailWithinMs;
}

interface Outgoing {
  reminderId: string;
  to: string;
  t: T;
  letter: Letter;
}

async function outgoing(core: Core, unit: Unit, reminderId: string): Promise<Outgoing[]> {
  const reminder = await unit.em.findOneOrFail(Reminder, { tenantId: unit.tenantId, id: reminderId });
  const member = await unit.em.findOne(Member, { tenantId: unit.tenantId, id: reminder.memberId, status: "active" });
  const tenant = await unit.em.findOne(Tenant, { tenantId: unit.tenantId, id: unit.tenantId });
  if (!member || !tenant) return [];
  const t = translateTo(member.language);
  const needs = reminder.about === "task" ? "tasks.manage" : "followups.manage";
  if (reminder.about !== "conversation" && !(await mayBeTold(unit, member.id, needs))) return [];
  const words = await wordsOf(unit, t, reminder);
  if (!words) return [];
  const letter: Letter = {
    ...words,
    heading: t("notifications.reminder.heading"),
    note: t("notifications.reminder.note"),
    button: { label: t("notifications.reminder.button"), url: links.console(core.config.PUBLIC_URL) },
    reason: t("notifications.reminder.reason", { tenant: tenant.name }),
  };
  return [{ reminderId, to: member.email, t, letter }];
}

async function wordsOf(unit: Unit, t: T, reminder: Reminder): Promise<Pick<Letter, "subject" | "paragraphs"> | null> {
  if (reminder.about === "task") {
    const task = await unit.em.findOne(Task, { tenantId: unit.tenantId, id: reminder.aboutId });
    if (!task?.dueAt || isTaskOver(task.status)) return null;
    const when = timeInMail(task.dueAt, t.language, reminder.dueZone);
    return {
      subject: t("notifications.reminder.subject_task", { title: task.title }),
      paragraphs: [t("notifications.reminder.task", { title: task.title, when })],
    };
  }
  const one = await unit.em.findOne(Followup, { tenantId: unit.tenantId, id: reminder.aboutId });
  if (!one || isFollowupOver(one.status)) return null;
  const contacts = await contactsById(unit, one.contactId ? [one.contactId] : []);
  const name = contacts.get(one.contactId ?? "")?.name ?? t("notifications.reminder.someone");
  const when = timeInMail(one.dueAt, t.language, reminder.dueZone);
  return {
    subject: t("notifications.reminder.subject_followup", { name }),
    paragraphs: [t("notifications.reminder.followup", { name, when })],
  };
}

/** Once a day, in the assignee's morning, as long as a task is overdue. */
export const overdueJob = job({
  name: "notifications.overdue",
  schedule: "*/15 * * * *",
  async run(core) {
    const now = core.clock.now();
    const overdue = sql`task.due_at <= ${now} and task.assignee_id is not null and task.status in ('open', 'in_progress', 'waiting')
      and not exists (select 1 from reminder where reminder.tenant_id = task.tenant_id and reminder.about_id = task.id
        and reminder.member_id = task.assignee_id and reminder.due_at > ${now} and reminder.state = 'armed')`;
    for (const tenantId of await tenantsWith(core, "overdue tasks", sql`select distinct task.tenant_id from task where ${overdue}`)) {
      await core.work(service(tenantId, "overdue tasks"), async (unit) => {
        const which = sql`select task.id from task where task.tenant_id = ${tenantId} and ${overdue}`;
        const found = await unit.rows<{ id: string }>(sql`${which} order by task.id limit ${batch}`);
        for (const { id } of found) await oneAfterAnother(unit, id);
        // What somebody finished or moved a moment ago is planned already, and rings no more.
        const still = await unit.rows<{ id: string }>(sql`${which} and task.id = any(${uuidArray(found.map(({ id }) => id))})`);
        for (const task of await unit.em.find(Task, { tenantId, id: { $in: still.map(({ id }) => id) } })) {
          if (!task.dueAt || !task.assigneeId || !(await mayBeTold(unit, task.assigneeId, "tasks.manage"))) continue;
          const zone = task.dueZone ?? "UTC";
          const at = nextOverdueReminder(task.dueAt.getTime(), now.getTime(), createZone(zone));
          arm(unit, { about: "task", aboutId: task.id, memberId: task.assigneeId, zone }, at);
        }
      });
    }
  },
});
