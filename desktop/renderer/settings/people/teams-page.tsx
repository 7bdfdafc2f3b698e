/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { TeamShape } from "@switchboard/shared/api/team.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useTicker } from "../../text/now.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { MultiCombobox } from "../../ui/combobox.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer, useAskServer } from "../use-api.ts";
import { NameDialog } from "./name-dialog.tsx";
import { teamCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { useDeed, useSayUndo, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import { comingAndGoing } from "./use-team.ts";

/** Groups of members; a conversation of a team is seen by its members and by those who see all. */
export function TeamsPage() {
  const { t } = useTranslation();
  const { go } = useSettingsPlace();
  const ticker = useTicker();
  const ask = useAskServer();
  const deed = useDeed();
  const sayUndo = useSayUndo();
  const whyNot = useWhyNot();
  const teams = useAnswer(teamCalls.listTeams, {}, { changes: ["team.", ...comingAndGoing] });
  const members = usePages(teamCalls.listMembers, {}, { changes: ["member."], all: true });
  const [naming, setNaming] = useState<TeamShape | "new">();
  const [removing, setRemoving] = useState<TeamShape>();
  const items = teams.data?.items;
  const people = (members.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const put = async (team: TeamShape, memberIds: readonly string[]) => {
    const move = async (from: readonly string[], to: readonly string[]) => {
      for (const memberId of to.filter((id) => !from.includes(id)))
        await ask(teamCalls.addTeamMember, { params: { teamId: team.id, memberId } });
      for (const memberId of from.filter((id) => !to.includes(id)))
        await ask(teamCalls.removeTeamMember, { params: { teamId: team.id, memberId } });
    };
    await deed(
      () => move(team.memberIds, memberIds),
      t("people.changed", { name: team.name }),
      () => move(memberIds, team.memberIds),
    );
    teams.reload();
  };
  const create = (
    <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setNaming("new")}>
      {t("people.teams.new")}
    </Button>
  );
  return (
    <PageFrame
      id="teams"
      wide={true}
      loaded={items !== undefined}
      error={teams.error}
      onRetry={teams.reload}
      actions={items?.length === 0 ? undefined : create}
    >
      {items?.length === 0 && (
        <EmptyState icon="users" title={t("people.teams.empty")} action={create}>
          {t("people.teams.empty_line")}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <PlainTable
          label={t("settings.page.teams.title")}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            { id: "name", label: t("people.teams.name"), header: true, width: "220px", cell: ({ name }) => <b>{name}</b> },
            {
              id: "members",
              label: t("people.teams.members"),
              cell: (team) => (
                <MultiCombobox
                  aria-label={t("people.teams.members_of", { name: team.name })}
                  placeholder={t(team.can.edit ? "people.teams.nobody_add" : "people.teams.nobody")}
                  choices={people}
                  value={team.memberIds}
                  disabled={whyNot !== undefined || !team.can.edit}
                  onValue={(memberIds) => void put(team, memberIds)}
                />
              ),
            },
            {
              id: "acts",
              label: t("people.acts"),
              labelHidden: true,
              width: "48px",
              cell: (team) => (
                <Menu
                  align="end"
                  trigger={<IconButton icon="more" label={t("people.teams.more", { name: team.name })} />}
                  entries={[
                    {
                      id: "rename",
                      label: t("people.rename"),
                      icon: "pencil",
                      disabled: whyNot !== undefined || !team.can.edit,
                      run: () => setNaming(team),
                    },
                    { id: "routing", label: t("people.teams.routing"), icon: "transfer", run: () => go("routing") },
                    {
                      id: "remove",
                      label: t("people.teams.remove"),
                      icon: "trash",
                      danger: true,
                      disabled: whyNot !== undefined || !team.can.remove,
                      run: () => setRemoving(team),
                    },
                  ]}
                />
              ),
            },
          ]}
        />
      )}
      {naming !== undefined && (
        <NameDialog
          title={naming === "new" ? t("people.teams.new") : t("people.rename")}
          label={t("people.teams.name")}
          start={naming === "new" ? "" : naming.name}
          limit={limits.teamName}
          onClose={() => setNaming(undefined)}
          onName={async (name) => {
            if (naming === "new") {
              const { id } = await ask(teamCalls.createTeam, { body: { id: newId(ticker.now()), name } });
              sayUndo(t("people.added", { name }), () => ask(teamCalls.removeTeam, { params: { teamId: id } }));
            } else {
              const params = { teamId: naming.id };
              await ask(teamCalls.updateTeam, { params, body: { name } });
              sayUndo(t("people.changed", { name }), () => ask(teamCalls.updateTeam, { params, body: { name: naming.name } }));
            }
            teams.reload();
          }}
        />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={t("people.teams.remove_title", { name: removing?.name ?? "" })}
        confirm={t("people.teams.remove")}
        keep={t("people.keep")}
        onKeep={() => setRemoving(undefined)}
        onConfirm={() => {
          const team = removing;
          setRemoving(undefined);
          if (team !== undefined) void deed(() => ask(teamCalls.removeTeam, { params: { teamId: team.id } })).then(teams.reload);
        }}
      >
        {t("people.teams.remove_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}
