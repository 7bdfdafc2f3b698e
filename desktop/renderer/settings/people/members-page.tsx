/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { MemberShape } from "@switchboard/shared/api/team.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../../bridge/index.ts";
import { useLive } from "../../live.tsx";
import { useFormat } from "../../text/format-context.tsx";
import { useTicker } from "../../text/now.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Avatar, Chip, type Presence } from "../../ui/marks.tsx";
import { Menu, type MenuEntry } from "../../ui/menu.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { MemberDialog } from "./member-dialog.tsx";
import { deviceCalls, teamCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { SessionsDialog } from "./sessions-dialog.tsx";
import { useDeed, useWhyNot } from "./use-deed.ts";
import { usePages } from "./use-pages.ts";
import { useTeam } from "./use-team.ts";
import { useAskServer } from "../use-api.ts";
import styles from "./people.module.css";

type Live = QueryOutput<"people.list">["members"][number]["presence"];
const marks: Readonly<Record<Live, Presence>> = { online: "online", away: "away", busy: "away", offline: "offline", unknown: "offline" };

/** Who works here: role, teams, how much each takes, whether they are there; and who is invited. */
export function MembersPage() {
  const { t } = useTranslation();
  const { tenantId, tenant, holds } = useSettingsPlace();
  const format = useFormat();
  const now = useTicker().now();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const team = useTeam();
  const members = usePages(teamCalls.listMembers, {}, { changes: ["member.", "role.", "team."], all: true });
  const mayLook = holds("security.manage");
  const devices = usePages(deviceCalls.teamDevices, {}, { changes: ["device.", "session."], enabled: mayLook, all: true });
  const people = useLive("people.list", { tenantId }).data?.members;
  const [find, setFind] = useState("");
  const [inviting, setInviting] = useState(false);
  const [editing, setEditing] = useState<MemberShape>();
  const [sessionsOf, setSessionsOf] = useState<MemberShape>();
  const [removing, setRemoving] = useState<MemberShape>();

  const presenceOf = (id: string): Live => people?.find((one) => one.id === id)?.presence ?? "unknown";
  const seenAt = (id: string) => {
    const times = (devices.items ?? []).filter(({ memberId }) => memberId === id).map(({ lastSeenAt }) => Date.parse(lastSeenAt));
    return times.length === 0 ? undefined : Math.max(...times);
  };
  const seen = (id: string) => {
    const presence = presenceOf(id);
    if (presence !== "unknown" && presence !== "offline") return t(`people.presence.${presence}`);
    const at = seenAt(id);
    return at === undefined ? t(`people.presence.${presence}`) : format.dayTime(at, now);
  };
  const wanted = find.trim().toLocaleLowerCase();
  const shown = members.items?.filter(({ name, email }) => `${name} ${email}`.toLocaleLowerCase().includes(wanted));
  const entries = (member: MemberShape): readonly MenuEntry[] => [
    {
      id: "edit",
      label: t("people.members.edit"),
      icon: "pencil",
      disabled: whyNot !== undefined || !member.can.edit,
      run: () => setEditing(member),
    },
    ...(mayLook
      ? [{ id: "sessions", label: t("people.members.sessions"), icon: "desktop", run: () => setSessionsOf(member) } as const]
      : []),
    { kind: "line", id: "line" },
    {
      id: "remove",
      label: t("people.members.remove"),
      icon: "trash",
      danger: true,
      disabled: whyNot !== undefined || !member.can.remove,
      run: () => setRemoving(member),
    },
  ];
  return (
    <PageFrame
      id="members"
      wide={true}
      loaded={members.items !== undefined}
      error={members.error}
      onRetry={members.reload}
      actions={
        holds("team.manage") && (
          <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setInviting(true)}>
            {t("people.members.invite")}
          </Button>
        )
      }
    >
      {members.items !== undefined && members.items.length > 8 && (
        <div className={styles.tools}>
          <TextInput
            icon="search"
            small={true}
            value={find}
            onValue={setFind}
            aria-label={t("people.members.find")}
            placeholder={t("people.members.find")}
          />
        </div>
      )}
      {shown !== undefined && (
        <PlainTable
          label={t("settings.page.members.title")}
          rows={shown}
          keyOf={({ id }) => id}
          columns={[
            {
              id: "who",
              label: t("people.members.who"),
              header: true,
              cell: (member) => (
                <span className={styles.who}>
                  <Avatar name={member.name} size="s" presence={marks[presenceOf(member.id)]} />
                  <span>
                    <b>{member.name}</b>
                    {member.id === tenant.memberId && <> · {t("people.members.you")}</>}
                    <span className={styles.small}>{member.email}</span>
                  </span>
                </span>
              ),
            },
            { id: "role", label: t("people.members.role"), cell: (member) => <Chip>{team.roleName(member.role)}</Chip> },
            {
              id: "teams",
              label: t("people.members.teams"),
              cell: (member) => (
                <span className={styles.line}>
                  {member.teamIds
                    .flatMap((id) => team.teamName(id) ?? [])
                    .map((name) => (
                      <Chip key={name} tone="outline">
                        {name}
                      </Chip>
                    ))}
                </span>
              ),
            },
            { id: "skills", label: t("people.members.skills"), cell: ({ skills }) => skills.join(", ") },
            { id: "load", label: t("people.members.limit"), cell: ({ loadLimit }) => format.number(loadLimit) },
            { id: "seen", label: t("people.members.seen"), cell: ({ id }) => seen(id) },
            {
              id: "acts",
              label: t("people.acts"),
              labelHidden: true,
              width: "48px",
              cell: (member) => (
                <Menu
                  align="end"
                  entries={entries(member)}
                  trigger={<IconButton icon="more" label={t("people.members.more", { name: member.name })} />}
                />
              ),
            },
          ]}
        />
      )}
      {shown?.length === 0 && <p className={styles.help}>{t("people.members.none", { query: find.trim() })}</p>}
      {holds("team.manage") && <InvitationList team={team} />}
      {inviting && <InviteDialog team={team} onClose={() => setInviting(false)} />}
      {editing !== undefined && <MemberDialog key={editing.id} member={editing} team={team} onClose={() => setEditing(undefined)} />}
      {sessionsOf !== undefined && <SessionsDialog member={sessionsOf} onClose={() => setSessionsOf(undefined)} />}
      <ConfirmDialog
        open={removing !== undefined}
        title={t("people.members.remove_title", { name: removing?.name ?? "" })}
        confirm={t("people.members.remove")}
        keep={t("people.keep")}
        onKeep={() => setRemoving(undefined)}
        onConfirm={() => {
          const member = removing;
          setRemoving(undefined);
          if (member !== undefined)
            void deed(
              () => ask(teamCalls.removeMember, { params: { memberId: member.id } }),
              t("people.members.removed", { name: member.name }),
            );
        }}
      >
        {t("people.members.remove_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}
