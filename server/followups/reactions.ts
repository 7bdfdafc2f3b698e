/** A promise without a person is given to one; a person who may not have promises any more has none. */
import { LockMode } from "@mikro-orm/postgresql";
import { followupAssigned, followupReopened, followupScheduled } from "../../shared/events/followups.ts";
import { memberRemoved, memberRoleChanged, roleChanged } from "../../shared/events/team.ts";
import { settingsChanged } from "../../shared/events/tenants.ts";
import { service } from "../core/actor.ts";
import { reaction, reactionToAny } from "../core/jobs/define.ts";
import { customRoles, Member, permissionsOf } from "../team/index.ts";
import { assignWaiting, lockGiving } from "./assign.ts";
import { Followup } from "./entities.ts";
import { toFollowupRow } from "./rows.ts";
import { tellFollowup } from "./tell-followup.ts";

export const followupReactions = [
  reactionToAny("followups.assign", [followupScheduled, followupAssigned, followupReopened], async (core, { tenantId, payload }) => {
    // A reopened one may have been without a person before.
    const has = payload["to"] ?? payload["assigneeId"] ?? null;
    if (has === null) await assignWaiting(core, tenantId);
  }),
  reaction("followups.assignAnew", settingsChanged, async (core, { tenantId, payload: { kind } }) => {
    if (kind === "work" || kind === "hours") await assignWaiting(core, tenantId);
  }),
  /** What somebody left behind would remind nobody. */
  reactionToAny("followups.release", [memberRemoved, memberRoleChanged, roleChanged], (core, { tenantId }) =>
    core.work(service(tenantId, "follow-ups of people who left"), async (unit) => {
      await lockGiving(unit);
      const roles = await customRoles(unit);
      const members = await unit.em.find(Member, { tenantId });
      const gone = members.filter(({ status, role }) => status !== "active" || !permissionsOf(role, roles).has("followups.manage"));
      const left = { tenantId, status: { $in: ["scheduled", "missed"] as const }, assigneeId: { $in: gone.map(({ id }) => id) } };
      // Locked, so that whoever was given it meanwhile keeps it.
      for (const one of await unit.em.find(Followup, left, { orderBy: { id: "asc" }, lockMode: LockMode.PESSIMISTIC_WRITE })) {
        const before = toFollowupRow(one);
        one.assigneeId = null;
        one.updatedAt = unit.now;
        tellFollowup(unit.happened, before, toFollowupRow(one), "left");
      }
    }),
  ),
];
