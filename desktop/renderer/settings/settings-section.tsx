import { useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import type { SectionViewProps } from "../sections.ts";
import { useSession } from "../session/session-context.tsx";
import { EmptyState, Skeleton } from "../ui/states.tsx";
import { SettingsNav } from "./settings-nav.tsx";
import { pagesFor } from "./settings-pages.ts";
import { SettingsPlaceContext, type SettingsPlace } from "./settings-place.ts";
import styles from "./settings.module.css";

/** Settings are of one tenant: of the one in scope, else of the first that the person is in. Which page is open stands in the address. */
export function SettingsSection({ offline }: SectionViewProps) {
  const { t } = useTranslation();
  const session = useSession();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const open = session.tenants.filter((tenant) => tenant.state !== "choose" && tenant.state !== "locked");
  const tenant = (session.scope === "all" ? undefined : session.tenant(session.scope[0])) ?? open[0];
  const pages = tenant === undefined ? [] : pagesFor((permission) => tenant.permissions.includes(permission));
  const wanted = search["page"];
  const shown = pages.find(({ id }) => id === wanted) ?? pages[0];
  if (tenant === undefined || shown === undefined)
    return (
      <div className={styles.section} data-region="page" tabIndex={-1}>
        <h1 className="vh">{t("console.section.settings")}</h1>
        <EmptyState icon="settings" title={t("settings.state.nothing")}>
          {t("settings.state.nothing_line")}
        </EmptyState>
      </div>
    );

  const set = (change: Readonly<Record<string, string | undefined>>) =>
    void navigate({ to: ".", search: (before: object) => ({ ...before, ...change }) });
  const holds: SettingsPlace["holds"] = (permission) => tenant.permissions.includes(permission);
  const place: SettingsPlace = {
    tenantId: tenant.tenantId,
    tenant,
    holds,
    offline,
    readOnly:
      tenant.state === "suspended"
        ? "suspended"
        : shown.edit !== undefined && !holds(shown.edit)
          ? "permission"
          : offline
            ? "offline"
            : undefined,
    go: (id) => set({ page: id }),
  };
  const View = shown.view;
  return (
    <div className={styles.section}>
      <SettingsNav
        pages={pages}
        page={shown.id}
        onPage={(id) => set({ page: id })}
        tenants={open}
        tenantId={tenant.tenantId}
        onTenant={(tenantId) => set({ tenant: tenantId })}
      />
      {/* By its key another page begins at its top, for eyes and for readers. */}
      <div className={styles.page} key={shown.id} data-region="page" tabIndex={-1}>
        {/* A page of another tenant is another page: nothing typed for one may stand in the other. */}
        <SettingsPlaceContext value={place} key={`${tenant.tenantId} ${shown.id}`}>
          <Suspense
            fallback={
              <div className={styles.form}>
                <Skeleton rows={6} look="line" />
              </div>
            }
          >
            <View />
          </Suspense>
        </SettingsPlaceContext>
      </div>
    </div>
  );
}
