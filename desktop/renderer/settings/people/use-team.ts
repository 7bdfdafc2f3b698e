/** Roles and teams as several pages need them: by id, and as choices. */
import type { RoleShape, TeamShape } from "@switchboard/shared/api/team.ts";
import { useTranslation } from "react-i18next";
import { useAnswer } from "../use-api.ts";
import { teamCalls } from "./people-calls.ts";

export interface TeamFacts {
  readonly roles: readonly RoleShape[] | undefined;
  readonly teams: readonly TeamShape[] | undefined;
  readonly roleName: (role: string) => string;
  readonly teamName: (id: string) => string | undefined;
}

/** Who is in the tenant, and what they may do in it; not what they are called. */
export const comingAndGoing = ["member.joined", "member.role_changed", "member.removed"];

export function useTeam(): TeamFacts {
  const { t } = useTranslation();
  const roles = useAnswer(teamCalls.listRoles, {}, { changes: ["role.", ...comingAndGoing] }).data?.items;
  const teams = useAnswer(teamCalls.listTeams, {}, { changes: ["team.", ...comingAndGoing] }).data?.items;
  return {
    roles,
    teams,
    roleName: (role) =>
      role === "admin"
        ? t("roles.admin")
        : role === "operator"
          ? t("roles.operator")
          : (roles?.find(({ id }) => id === role)?.name ?? t("roles.custom")),
    teamName: (id) => teams?.find((team) => team.id === id)?.name,
  };
}
