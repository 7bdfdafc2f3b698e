import type { RoleShape } from "@switchboard/shared/api/team.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import {
  allPermissions,
  permissions,
  permissionsOfRole,
  type Permission,
  type PermissionGroup,
} from "@switchboard/shared/model/permissions.ts";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useTicker } from "../../text/now.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choices.tsx";
import { Menu } from "../../ui/menu.tsx";
import { cx } from "../../ui/cx.ts";
import { PageFrame } from "../page-frame.tsx";
import { useSettingsPlace } from "../settings-place.ts";
import { useAnswer, useAskServer } from "../use-api.ts";
import { NameDialog } from "./name-dialog.tsx";
import { teamCalls } from "./people-calls.ts";
import { useDeed, useSayUndo, useWhyNot } from "./use-deed.ts";
import { comingAndGoing } from "./use-team.ts";
import styles from "./people.module.css";

const groups = [...new Set(allPermissions.map((one) => permissions[one].group))] as readonly PermissionGroup[]; // from the one table

/** Right by role. Nobody gives what they do not hold; the built-in roles stay as they are. */
export function RolesPage() {
  const { t } = useTranslation();
  const { holds } = useSettingsPlace();
  const ticker = useTicker();
  const ask = useAskServer();
  const deed = useDeed();
  const sayUndo = useSayUndo();
  const whyNot = useWhyNot();
  const roles = useAnswer(teamCalls.listRoles, {}, { changes: ["role.", ...comingAndGoing] });
  const [naming, setNaming] = useState<RoleShape | "new">();
  const items = roles.data?.items;
  const nameOf = (role: RoleShape) => (role.id === "admin" ? t("roles.admin") : role.id === "operator" ? t("roles.operator") : role.name);

  const set = (role: RoleShape, permission: Permission, on: boolean) => {
    const before = role.permissions as Permission[]; // the server lists what its own table has
    const after = on ? [...before, permission] : before.filter((one) => one !== permission);
    const write = (list: Permission[]) => ask(teamCalls.updateRole, { params: { roleId: role.id }, body: { permissions: list } });
    void deed(
      () => write(after),
      t("people.roles.changed", { name: role.name }),
      () => write(before),
    ).then(roles.reload);
  };
  /** Nobody holds it, so it is the same when it is made again. */
  const remove = ({ id, name, permissions }: RoleShape) =>
    void deed(
      () => ask(teamCalls.removeRole, { params: { roleId: id } }),
      t("people.removed", { name }),
      () => ask(teamCalls.createRole, { body: { id, name, permissions: permissions as Permission[] } }), // as above
    ).then(roles.reload);
  return (
    <PageFrame
      id="roles"
      wide={true}
      loaded={items !== undefined}
      error={roles.error}
      onRetry={roles.reload}
      actions={
        <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setNaming("new")}>
          {t("people.roles.new")}
        </Button>
      }
    >
      {items !== undefined && (
        <div className={styles.tableBox}>
          <table className={cx(styles.table, styles.matrix)} aria-label={t("settings.page.roles.title")}>
            <thead>
              <tr>
                <th scope="col">{t("people.roles.right")}</th>
                {items.map((role) => (
                  <th key={role.id} scope="col">
                    {nameOf(role)}
                    {(role.can.edit || role.can.remove) && (
                      <Menu
                        align="end"
                        trigger={<IconButton icon="more" size="s" label={t("people.roles.more", { name: role.name })} />}
                        entries={[
                          {
                            id: "rename",
                            label: t("people.rename"),
                            icon: "pencil",
                            disabled: whyNot !== undefined || !role.can.edit,
                            run: () => setNaming(role),
                          },
                          {
                            id: "remove",
                            label: t("people.roles.remove"),
                            icon: "trash",
                            danger: true,
                            disabled: whyNot !== undefined || !role.can.remove,
                            help: role.members > 0 ? t("people.roles.in_use", { count: role.members }) : undefined,
                            run: () => remove(role),
                          },
                        ]}
                      />
                    )}
                    <span className={styles.small}>{t("people.roles.members", { count: role.members })}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {groups.map((group) => (
                <Fragment key={group}>
                  <tr className={styles.group}>
                    <th scope="colgroup" colSpan={items.length + 1}>
                      {t(`roles.group.${group}`)}
                    </th>
                  </tr>
                  {allPermissions
                    .filter((permission) => permissions[permission].group === group)
                    .map((permission) => (
                      <tr key={permission}>
                        <th scope="row">
                          {t(`roles.permission.${permission}`)}
                          {!holds(permission) && <span className={styles.small}>{t("people.roles.not_yours")}</span>}
                        </th>
                        {items.map((role) => (
                          <td key={role.id}>
                            <Checkbox
                              checked={role.permissions.includes(permission)}
                              onChecked={(on) => set(role, permission, on)}
                              disabled={whyNot !== undefined || role.builtIn || !role.can.edit || !holds(permission)}
                              label={t("people.roles.may", { role: nameOf(role), right: t(`roles.permission.${permission}`) })}
                              labelHidden={true}
                            />
                          </td>
                        ))}
                      </tr>
                    ))}
                </Fragment>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {naming !== undefined && (
        <NameDialog
          title={naming === "new" ? t("people.roles.new") : t("people.rename")}
          label={t("people.roles.name")}
          {...(naming === "new" ? { help: t("people.roles.new_help") } : {})}
          start={naming === "new" ? "" : naming.name}
          limit={limits.roleName}
          onClose={() => setNaming(undefined)}
          onName={async (name) => {
            if (naming === "new") {
              const { id } = await ask(teamCalls.createRole, {
                // What an operator may, as far as the one who makes it may; the rest is chosen in the table.
                body: { id: newId(ticker.now()), name, permissions: permissionsOfRole("operator").filter(holds) },
              });
              sayUndo(t("people.added", { name }), () => ask(teamCalls.removeRole, { params: { roleId: id } }));
            } else {
              const params = { roleId: naming.id };
              await ask(teamCalls.updateRole, { params, body: { name } });
              sayUndo(t("people.changed", { name }), () => ask(teamCalls.updateRole, { params, body: { name: naming.name } }));
            }
          }}
        />
      )}
    </PageFrame>
  );
}
