import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isBuiltInRole } from "@switchboard/shared/model/permissions.ts";
import type { OpenTenant } from "../../bridge/session.ts";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { Keys } from "../ui/kbd.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/states.tsx";
import { OpenInvitations } from "./open-invitations.tsx";
import styles from "./session.module.css";

export interface TenantChoiceProps {
  readonly tenants: readonly OpenTenant[];
  /** The one used last, or undefined for all of them: it has the focus, Enter takes it. */
  readonly last: string | undefined;
  readonly onChoose: (tenantId: string | undefined) => void;
  readonly onSignOut: () => void;
}

export function TenantChoice({ tenants, last, onChoose, onSignOut }: TenantChoiceProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const all = tenants.length > 1;
  const preselected = tenants.some((tenant) => tenant.tenantId === last) ? last : undefined;
  const line = (tenant: OpenTenant) => {
    const role = isBuiltInRole(tenant.role) ? t(`roles.${tenant.role}`) : t("roles.custom");
    switch (tenant.state) {
      case "locked":
        return t("console.session.tenant_locked", { role });
      case "suspended":
        return t("console.session.tenant_suspended", { role });
      case "choose":
        return t("console.session.tenant_choose", { role });
      case "ready":
      case "bootstrapping":
        return t("console.session.tenant_line", { role, count: tenant.needsMe });
    }
  };
  return (
    <main className={styles.page}>
      <div className={cx(styles.card, styles.wide)}>
        <h1 className={styles.title}>{t("console.session.where")}</h1>
        {tenants.length === 0 && (
          <EmptyState icon="allTenants" title={t("console.session.no_tenant")}>
            {t("console.session.no_tenant_line")}
          </EmptyState>
        )}
        <ul className={styles.tenants}>
          {all && (
            <li>
              <button
                ref={preselected === undefined ? first : undefined}
                type="button"
                className={styles.tenant}
                onClick={() => onChoose(undefined)}
              >
                <span className={styles.allTile}>
                  <Icon name="allTenants" size="s" />
                </span>
                <span className="grow">
                  <b>{t("console.rail.all_tenants")}</b>
                  <small>{t("console.session.all_line", { count: tenants.length })}</small>
                </span>
                <Keys keys={["⏎"]} className={styles.enter} />
              </button>
            </li>
          )}
          {tenants.map((tenant, index) => (
            <li key={tenant.tenantId}>
              <button
                ref={tenant.tenantId === preselected || (!all && index === 0) ? first : undefined}
                type="button"
                className={styles.tenant}
                onClick={() => onChoose(tenant.tenantId)}
              >
                <TenantTile letters={tenant.tag} colour={tenant.colour} small={true} />
                <span className="grow">
                  <b>{tenant.name}</b>
                  <small>{line(tenant)}</small>
                </span>
                {tenant.state === "locked" ? (
                  <Icon name="lock" size="s" />
                ) : tenant.state === "suspended" ? (
                  <Icon name="pause" size="s" />
                ) : (
                  <Keys keys={["⏎"]} className={styles.enter} />
                )}
              </button>
            </li>
          ))}
        </ul>
        <OpenInvitations title={t("console.invitations.title")} />
        <Button kind="quiet" icon="signOut" onClick={onSignOut}>
          {t("console.session.sign_out")}
        </Button>
      </div>
    </main>
  );
}
