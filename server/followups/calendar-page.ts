/** What a calendar link answers: the member's follow-ups, as long as they may see follow-ups, with contacts only if they may see those. */
import { translateTo, type T } from "../../shared/i18n/index.ts";
import { dayMs, hourMs } from "../../shared/model/dates.ts";
import { isBuiltInFollowupType } from "../../shared/model/followups.ts";
import { writeCalendar, type CalendarEntry } from "../../shared/model/icalendar.ts";
import { contactsById } from "../contacts/index.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { hashSecret } from "../core/ids.ts";
import { page } from "../core/http/page.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member, memberStanding } from "../team/index.ts";
import { assertServes } from "../tenants/index.ts";
import { CalendarFeed, Followup } from "./entities.ts";
import { tenantOfFeedSecret } from "./feeds.ts";

/** A program that asks more often than twice a minute is broken. */
const feedRate = { points: 120, seconds: 3_600 };
const refreshMinutes = 15;
const pastMs = 60 * dayMs;
const aheadMs = 366 * dayMs;
const mostEntries = 2_000;

export const calendarPage = page("followups.calendar", (router, core) => {
  router.get("/api/v1/calendar/:file", async (ctx) => {
    // The address is the secret: it stands in no log.
    ctx.state["shownPath"] = "/api/v1/calendar/(secret).ics";
    core.maintenance.assertOff();
    await core.limiter.take("read", { tenantId: undefined, actor: undefined, ip: ctx.ip });
    const [, secret = ""] = /^([\w-]{20,100})\.ics$/u.exec(String(ctx.params["file"])) ?? [];
    const tenantId = tenantOfFeedSecret(secret);
    if (tenantId === null) throw problem("not_found");
    const text = await readFeed(core, tenantId, hashSecret(secret));
    ctx.type = "text/calendar; charset=utf-8";
    ctx.set("Content-Disposition", 'inline; filename="follow-ups.ics"');
    ctx.set("X-Robots-Tag", "noindex");
    ctx.body = text;
  });
});

async function readFeed(core: Core, tenantId: string, secretHash: Buffer): Promise<string> {
  const feed = await core.work(service(tenantId, "calendar link"), ({ em }) => em.findOne(CalendarFeed, { tenantId, secretHash }), {
    readOnly: true,
  });
  const { id, memberId, scope, lastReadAt } = found(feed);
  await core.limiter.takeFrom("calendar", id, feedRate);
  const { active, permissions } = await memberStanding(core, tenantId, memberId);
  if (!active || !permissions.has("followups.manage")) throw problem("not_found");
  const tenant = await assertServes(core, tenantId);
  return core.work(service(tenantId, "calendar link"), async (unit) => {
    const { em, now } = unit;
    const t = translateTo((await em.findOneOrFail(Member, { tenantId, id: memberId })).language);
    const around = { $gte: new Date(now.getTime() - pastMs), $lt: new Date(now.getTime() + aheadMs) };
    const followups = await em.find(
      Followup,
      { tenantId, dueAt: around, ...(scope === "mine" ? { assigneeId: memberId } : {}) },
      { orderBy: [{ dueAt: "asc" }, { id: "asc" }], limit: mostEntries },
    );
    if (!lastReadAt || now.getTime() - lastReadAt.getTime() > hourMs)
      await em.nativeUpdate(CalendarFeed, { tenantId, id }, { lastReadAt: now });
    const entries = await entriesOf(unit, t, followups, { contacts: permissions.has("contacts.read"), names: scope === "all" });
    return writeCalendar({ name: t("followups.feed.calendar_name", { tenant: tenant.name }), refreshMinutes, entries });
  });
}

async function entriesOf(
  unit: Unit,
  t: T,
  followups: readonly Followup[],
  shows: { contacts: boolean; names: boolean },
): Promise<CalendarEntry[]> {
  const { tenantId } = unit;
  const contactIds = shows.contacts ? followups.flatMap(({ contactId }) => contactId ?? []) : [];
  const contacts = await contactsById(unit, [...new Set(contactIds)]);
  const assignees = shows.names ? followups.flatMap(({ assigneeId }) => assigneeId ?? []) : [];
  const members = new Map(
    (await unit.em.find(Member, { tenantId, id: { $in: [...new Set(assignees)] } })).map(({ id, name }) => [id, name]),
  );
  return followups.map((one) => {
    const contact = contacts.get(one.contactId ?? "");
    const type = isBuiltInFollowupType(one.type) ? t(`followups.type.${one.type}`) : one.type;
    const who = shows.names ? (members.get(one.assigneeId ?? "") ?? t("common.nobody")) : null;
    const state = one.status === "missed" || one.status === "completed" ? t(`followups.status.${one.status}`) : null;
    const said = (parts: readonly (string | null | undefined)[], between: string) => parts.filter(Boolean).join(between);
    return {
      uid: `${one.id}@switchboard`,
      startsAt: one.dueAt.getTime(),
      minutes: one.minutes,
      summary: said([type, contact?.name, who, state], " · "),
      description: said([one.notes, contact?.phone, contact?.email], "\n"),
      cancelled: one.status === "cancelled",
      changedAt: one.updatedAt.getTime(),
    };
  });
}
