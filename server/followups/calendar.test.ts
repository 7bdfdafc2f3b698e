/** Calendar links: what they answer, to whom, and for how long. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { calendarApi } from "../../shared/api/calendar.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { teamApi } from "../../shared/api/team.ts";
import { limits } from "../../shared/model/limits.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeWorkplace, type Worker, type Workplace } from "./make.ts";

let world: World;
let place: Workplace;
let napat: string;
beforeAll(async () => {
  world = await createWorld();
  place = await makeWorkplace(world);
  napat = await place.contact({ name: "Napat, Bangkok", phone: "+66 81 234 5678", email: "napat@example.com" });
});
afterAll(() => world.stop());

async function link(worker: Worker = place.admin, scope: "mine" | "all" = "mine") {
  const made = await (await worker.api()).call(calendarApi.create, { body: { id: newId(), name: "Phone", scope } });
  return { ...made, path: new URL(made.url).pathname };
}
const read = async (path: string) => {
  const answer = await fetch(world.url + path);
  return { status: answer.status, headers: answer.headers, text: (await answer.text()).replaceAll("\r\n ", "") };
};

describe("a calendar link", () => {
  it("answers its member's follow-ups, cancelled ones as cancelled, and is not kept by caches", async () => {
    const mine = await place.followup({ assigneeId: place.admin.memberId, contactId: napat, notes: "Size; colour" });
    const off = await place.followup({ assigneeId: place.admin.memberId });
    await (await place.admin.api()).call(followupsApi.cancel, { params: { followupId: off } });
    const others = await place.followup();
    const { path, url } = await link();
    expect(url).not.toContain(place.id);
    const { status, headers, text } = await read(path);
    expect([status, headers.get("content-type"), headers.get("cache-control")]).toEqual([200, "text/calendar; charset=utf-8", "no-store"]);
    expect(text).toContain(`UID:${mine}@switchboard`);
    expect(text).toContain("SUMMARY:Call · Napat\\, Bangkok\r\n");
    expect(text).toContain("DESCRIPTION:Size\\; colour\\n+66 81 234 5678\\nnapat@example.com\r\n");
    expect(text).toContain("DTSTART:20260303T090000Z\r\nDTEND:20260303T093000Z");
    expect(/UID:(.+)@switchboard[^]*?STATUS:CANCELLED/u.exec(text.slice(text.indexOf(off) - 4))?.[1]).toBe(off);
    expect(text).not.toContain(others);
    const all = await read((await link(place.admin, "all")).path);
    expect(all.text).toContain(others);
    expect(all.text).toContain("Nobody");
  });

  it("is one of a few, also when several are made at the same moment", async () => {
    const pim = await place.worker("admin", "Pim");
    for (let n = 1; n < limits.feedsPerMember; n++) await link(pim);
    const other = await midway(world.core, "lock table calendar_feed in share row exclusive mode");
    const made = Promise.all([problemOf(link(pim)), problemOf(link(pim))]);
    await other.waitedFor(2);
    await other.commit();
    expect(new Set(await made)).toEqual(new Set([null, "over_limit"]));
  });

  it("says nothing of contacts to somebody who may not see them", async () => {
    const api = await place.admin.api();
    const permissions = ["tasks.manage", "followups.manage"] as const;
    const { id: role } = await api.call(teamApi.createRole, { body: { id: newId(), name: "Caller", permissions: [...permissions] } });
    const caller = await place.worker(role, "Pim");
    await place.followup({ assigneeId: caller.memberId, contactId: napat, notes: "Ask about size" });
    const { path } = await link(caller);
    const { text } = await read(path);
    expect(text).toContain("Ask about size");
    expect(text).not.toMatch(/Napat|234 5678|napat@/u);
    // And nothing at all once the right is taken.
    await api.call(teamApi.updateRole, { params: { roleId: role }, body: { permissions: ["tasks.manage"] } });
    expect((await read(path)).status).toBe(404);
    await api.call(teamApi.updateRole, { params: { roleId: role }, body: { permissions: [...permissions] } });
    expect((await read(path)).status).toBe(200);
    await api.call(teamApi.removeMember, { params: { memberId: caller.memberId } });
    expect((await read(path)).status).toBe(404);
  });

  it("is nothing when it was withdrawn, guessed, or cut", async () => {
    const { path, id } = await link();
    const api = await place.admin.api();
    const stranger = await (await makeWorkplace(world)).admin.api();
    expect(await problemOf(stranger.call(calendarApi.revoke, { params: { feedId: id } }))).toBe("not_found");
    const colleague = await place.worker("admin", "Wan");
    expect(await problemOf((await colleague.api()).call(calendarApi.revoke, { params: { feedId: id } }))).toBe("not_found");
    expect((await (await colleague.api()).call(calendarApi.list)).items).toEqual([]);
    expect((await read(path)).status).toBe(200);
    await api.call(calendarApi.revoke, { params: { feedId: id } });
    for (const wrong of [
      path,
      path.replace(/.{6}\.ics$/u, "AAAAAA.ics"),
      path.slice(0, -4),
      "/api/v1/calendar/x.ics",
      "/api/v1/calendar/..%2f.ics",
    ])
      expect([wrong, (await read(wrong)).status]).toEqual([wrong, 404]);
    expect((await api.call(calendarApi.list)).items.map((one) => one.id)).not.toContain(id);
  });

  it("is kept as a hash, stands in no log, is told to every admin, and needs the permission", async () => {
    const before = world.mailbox.mails.length;
    const { path } = await link();
    await read(path);
    await world.settle();
    const secret = /([\w-]+)\.ics$/u.exec(path)?.[1] ?? "";
    expect(world.logs.filter((line) => line.includes(secret))).toEqual([]);
    expect(world.logs.some((line) => line.includes("/api/v1/calendar/(secret).ics"))).toBe(true);
    const { rows } = await world.core.pools.system.query("select row_to_json(calendar_feed)::text as row from calendar_feed");
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(world.mailbox.mails.slice(before).some(({ text }) => text.includes("secret calendar link"))).toBe(true);
    const opal = await (await place.worker("operator", "Opal")).api();
    for (const call of [opal.call(calendarApi.list), opal.call(calendarApi.create, { body: { id: newId(), name: "x" } })])
      expect(await problemOf(call)).toBe("forbidden");
  });

  it("cannot be made without end", async () => {
    const wan = await place.worker("admin", "Nid");
    for (let made = 0; made < 10; made += 1) await link(wan);
    expect(await problemOf(link(wan))).toBe("over_limit");
  });
});
