import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { languages } from "../../shared/i18n/languages.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Reply = defineEntity({
  name: "Reply",
  tableName: "reply",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "memberId"] }],
  uniques: [{ name: "reply_shared_title", properties: ["tenantId", "title"], where: "member_id is null and team_id is null" }],
  properties: {
    ...tenantColumns,
    teamId: p.uuid().nullable(),
    memberId: p.uuid().nullable(),
    title: p.text(),
    text: p.text(),
    shortcut: p.text().nullable(),
    folder: p.text().nullable(),
    language: p.enum(languages).nullable(),
    updatedAt: instant(),
  },
});
export type Reply = InferEntity<typeof Reply>;

export const replyTable = table(Reply, {
  references: { team_id: "team", member_id: "member" },
  cascade: ["team_id"],
  synced: {
    entity: "reply",
    scope:
      "case when row.member_id is not null then 'member:' || row.member_id when row.team_id is not null then 'team:' || row.team_id else 'tenant' end",
  },
});
