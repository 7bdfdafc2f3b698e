/**
 * What should ring now, told from the rows alone: so that whatever silences it, here or on another device, needs no message of its own.
 * Nothing here makes a sound.
 */
import { isSameAbout, type About } from "./about.ts";
import type { alarmKind } from "../../bridge/alarms.ts";
import type { z } from "zod";
import { isColleaguesWord } from "@switchboard/shared/model/alarm-rules.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { pairId } from "@switchboard/shared/sync/ids.ts";
import { conversationPage } from "../store/conversation-list.ts";
import { teamsOf } from "../tenant/access.ts";
import { presenceOf } from "../tenant/availability.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { tookItsLastWord } from "./taken.ts";

export type AlarmKind = z.output<typeof alarmKind>;

export interface Ring {
  /** The same thing has the same id on every device and after a restart. */
  id: string;
  kind: AlarmKind;
  tenantId: string;
  about: About;
  since: number;
  /** What stands under the name; empty when there is nothing to say. */
  text: string;
  /** The member whose words ring. */
  byId: string | null;
  noticeId: string | null;
  /** Changes when it is news again: another message, another time. */
  mark: string;
}

/** Rings are for a few; somebody with hundreds waiting sees the list. */
const most = 50;

/** Conversations that nobody has taken, in the queues that I serve. */
export function queueIServe(tenant: Tenant): Rows["conversation"][] {
  const { store, memberId } = tenant;
  const mine = new Set(teamsOf(store.cache, memberId));
  return conversationPage(store.cacheFile, {
    queue: "queue",
    memberId,
    sort: "waiting",
    filter: { waiting: true },
    after: null,
    limit: 500,
  })
    .map(({ row }) => row)
    .filter(({ teamId }) => teamId === null || mine.has(teamId));
}

export function mineWaiting(tenant: Tenant): Rows["conversation"][] {
  const { store, memberId } = tenant;
  return conversationPage(store.cacheFile, { queue: "mine", memberId, sort: "waiting", filter: { waiting: true }, after: null, limit: 500 })
    .map(({ row }) => row)
    .filter(({ status }) => status === "open");
}

/** The badge: my unanswered conversations, and those in the queue that I may take. */
export const needsMe = (tenant: Tenant) => mineWaiting(tenant).length + queueIServe(tenant).length;

export function conversationRings(tenant: Tenant): Ring[] {
  const rings: Ring[] = [];
  if (maySound(tenant)) {
    for (const row of queueIServe(tenant).slice(0, most)) rings.push(ringOf(tenant, "waiting", row, row.waitingSince ?? row.lastAt));
  }
  for (const row of mineWaiting(tenant).slice(0, most)) {
    if (!isRead(tenant, row) && !tookItsLastWord(tenant, row)) rings.push(ringOf(tenant, "message", row, row.waitingSince ?? row.lastAt));
  }
  return rings;
}

const isRead = ({ store, memberId }: Tenant, row: Rows["conversation"]) =>
  (store.cache.get("readMark", pairId(memberId, row.id))?.number ?? 0) >= row.lastNumber;

export function ringOf(tenant: Tenant, kind: AlarmKind, row: Rows["conversation"], since: string): Ring {
  return {
    id: `${kind}/${row.id}`,
    kind,
    tenantId: tenant.tenantId,
    about: { view: "conversation", id: row.id },
    since: Date.parse(since),
    text: row.preview,
    byId: null,
    noticeId: null,
    mark: String(row.lastNumber),
  };
}

/**
 * On duty and below the own limit. Whoever is above it is rung for all the same when nobody who is there is below theirs: a visitor must
 * not wait in silence.
 */
function maySound(tenant: Tenant): boolean {
  const { store, memberId } = tenant;
  if (["offline", "away"].includes(presenceOf(tenant, memberId))) return false;
  const members = [...store.cache.list("member")].filter(({ status }) => status === "active");
  const load = new Map<string, number>();
  for (const { assignee_id, n } of store.cacheFile.all<{ assignee_id: string; n: number }>(loadSql)) load.set(assignee_id, n);
  const hasRoom = (member: Rows["member"]) => (load.get(member.id) ?? 0) < member.loadLimit;
  const me = members.find(({ id }) => id === memberId);
  if (!me || hasRoom(me)) return true;
  return !members.some((member) => member.id !== memberId && presenceOf(tenant, member.id) === "online" && hasRoom(member));
}

export const loadSql =
  "select assignee_id, count(*) as n from conversation where status <> 'closed' and status = 'open' and assignee_id > '' group by assignee_id";

const kindOfNotice = (kind: string): AlarmKind => {
  if (/escalat/u.test(kind)) return "escalation";
  if (/mention/u.test(kind)) return "mention";
  if (/comment/u.test(kind)) return "comment";
  return /missed/u.test(kind) ? "missed" : "assigned";
};

/** What colleagues and the server want me to know and I have not put away, on any device. */
export function noticeRings(tenant: Tenant, lineOf: (about: About) => string): Ring[] {
  return [...tenant.store.cache.list("notice")]
    .filter(({ dismissedAt, about, aboutId }) => dismissedAt === null && about !== null && aboutId !== null)
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, most)
    .flatMap((notice): Ring[] => {
      const { id, about, aboutId, byId, at } = notice;
      if (about === null || aboutId === null) return [];
      const kind = kindOfNotice(notice.kind);
      return [
        {
          id: `notice/${id}`,
          kind,
          tenantId: tenant.tenantId,
          about: { view: about, id: aboutId },
          since: Date.parse(at),
          text: isColleaguesWord(kind) ? "" : lineOf({ view: about, id: aboutId }),
          byId: isColleaguesWord(kind) ? byId : null,
          noticeId: id,
          mark: "",
        },
      ];
    });
}

/** An assignment that a notice tells of is not told of twice. */
export function withoutDoubles(rings: readonly Ring[]): Ring[] {
  return rings.filter(
    (ring) =>
      ring.noticeId !== null ||
      ring.kind !== "assigned" ||
      !rings.some((other) => other.noticeId !== null && isSameAbout(other.about, ring.about)),
  );
}
