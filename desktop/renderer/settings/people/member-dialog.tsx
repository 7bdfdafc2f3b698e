import { isTooLong } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { MemberShape } from "@switchboard/shared/api/team.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MultiCombobox } from "../../ui/combobox.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Select } from "../../ui/select.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useOnce } from "../../ui/use-once.ts";
import { useAskServer } from "../use-api.ts";
import { teamCalls } from "./people-calls.ts";
import { useDeed, useWhyNot } from "./use-deed.ts";
import type { TeamFacts } from "./use-team.ts";
import styles from "./people.module.css";

const mostAtOnce = 50;

interface Standing {
  readonly role: string;
  readonly loadLimit: number;
  readonly skills: readonly string[];
  readonly teamIds: readonly string[];
}

/** What a member may do and how much they take. Takes effect at once, also in a console that is open. */
export function MemberDialog({
  member,
  team,
  onClose,
}: {
  readonly member: MemberShape;
  readonly team: TeamFacts;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const once = useOnce();
  const [role, setRole] = useState(member.role);
  const [limit, setLimit] = useState(String(member.loadLimit));
  const [skills, setSkills] = useState(member.skills.join(", "));
  const [teamIds, setTeamIds] = useState<readonly string[]>(member.teamIds);
  const [tried, setTried] = useState(false);

  const loadLimit = /^\d{1,2}$/u.test(limit.trim()) && Number(limit) <= mostAtOnce ? Number(limit) : undefined;
  const words = [
    ...new Set(
      skills
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== ""),
    ),
  ];
  const tooMany = words.length > limits.skillsPerMember || words.some((word) => isTooLong(word, limits.skillName));
  const save = async () => {
    setTried(true);
    if (loadLimit === undefined || tooMany) return;
    const params = { memberId: member.id };
    const move = async (from: Standing, to: Standing) => {
      const body = {
        ...(to.role === from.role ? {} : { role: to.role }),
        ...(to.loadLimit === from.loadLimit ? {} : { loadLimit: to.loadLimit }),
        ...(to.skills.join() === from.skills.join() ? {} : { skills: [...to.skills] }),
      };
      if (Object.keys(body).length > 0) await ask(teamCalls.updateMember, { params, body });
      for (const teamId of to.teamIds.filter((id) => !from.teamIds.includes(id)))
        await ask(teamCalls.addTeamMember, { params: { ...params, teamId } });
      for (const teamId of from.teamIds.filter((id) => !to.teamIds.includes(id)))
        await ask(teamCalls.removeTeamMember, { params: { ...params, teamId } });
    };
    const wished = { role, loadLimit, skills: words, teamIds };
    const done = await deed(
      () => move(member, wished),
      t("people.members.saved", { name: member.name }),
      () => move(wished, member),
    );
    if (done) onClose();
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("people.members.edit_title", { name: member.name })}
      footer={
        <DialogActs onCancel={onClose} blocked={whyNot} onClick={() => once(save)}>
          {t("common.save")}
        </DialogActs>
      }
    >
      <div className={styles.form}>
        <Field
          label={t("people.members.role")}
          help={member.can.changeRole ? t("people.members.role_help") : t("people.members.role_kept")}
        >
          <Select
            value={role}
            onValue={setRole}
            disabled={!member.can.changeRole}
            choices={(team.roles ?? []).map((one) => ({
              value: one.id,
              label: team.roleName(one.id),
              disabled: !one.can.grant && one.id !== member.role,
            }))}
          />
        </Field>
        <Field
          label={t("people.members.limit")}
          help={t("people.members.limit_help")}
          error={tried && loadLimit === undefined ? t("people.members.limit_wrong", { most: mostAtOnce }) : undefined}
        >
          <TextInput value={limit} onValue={setLimit} inputMode="numeric" />
        </Field>
        <Field
          label={t("people.members.skills")}
          help={t("people.members.skills_help")}
          error={
            tried && tooMany ? t("people.members.skills_wrong", { most: limits.skillsPerMember, length: limits.skillName }) : undefined
          }
        >
          <TextInput value={skills} onValue={setSkills} />
        </Field>
        <Field label={t("people.members.teams")} help={t("people.members.teams_help")}>
          <MultiCombobox
            aria-label={t("people.members.teams")}
            choices={(team.teams ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            value={teamIds}
            onValue={setTeamIds}
          />
        </Field>
      </div>
    </Dialog>
  );
}
