/** Where the first-run card stands and for whom: an admin of a tenant that is new. Its code comes only then, and after the inbox. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useRemembered } from "../memory/memory-context.tsx";
import { useSession } from "../session/session-context.tsx";
import { SettingsPlaceContext, type SettingsPlace } from "../settings/settings-place.ts";
import { whenCalm } from "../when-calm.ts";

const FirstRun = lazy(async () => ({ default: (await import("./first-run.tsx")).FirstRun }));

interface Kept {
  readonly begun: readonly string[];
  readonly over: readonly string[];
}

const ids = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

function repairKept(value: unknown): Kept {
  const { begun, over } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Kept, unknown>>;
  return { begun: ids(begun), over: ids(over) };
}

export function FirstRunPlace({ offline }: { readonly offline: boolean }): ReactNode {
  const session = useSession();
  const navigate = useNavigate();
  const [kept, setKept] = useRemembered("firstRun", repairKept);
  const [open, setOpen] = useState(true);
  const [calm, setCalm] = useState(false);
  useEffect(() => whenCalm(() => setCalm(true)), []);
  const tenant = session.tenants.find(
    (one) =>
      one.state === "ready" &&
      one.permissions.includes("settings.manage") &&
      one.permissions.includes("team.manage") &&
      !kept.over.includes(one.tenantId) &&
      (session.scope === "all" || session.scope[0] === one.tenantId),
  );
  const tenantId = tenant?.tenantId ?? "";
  const onSettings = useCallback(
    (page: string) => {
      // The page needs the room; the card waits as a button.
      setOpen(false);
      void navigate({
        to: "/settings",
        search: (before: object) => ({ ...before, tenant: tenantId, page, tab: undefined, item: undefined }),
      });
    },
    [navigate, tenantId],
  );
  const place = useMemo<SettingsPlace | undefined>(
    () =>
      tenant === undefined
        ? undefined
        : {
            tenantId: tenant.tenantId,
            tenant,
            holds: (permission) => tenant.permissions.includes(permission),
            offline,
            readOnly: offline ? "offline" : undefined,
            go: onSettings,
          },
    [tenant, offline, onSettings],
  );
  const onBegin = useCallback(
    () => setKept((before) => ({ ...before, begun: [...before.begun.filter((id) => id !== tenantId), tenantId] })),
    [setKept, tenantId],
  );
  if (place === undefined || !calm) return null;
  return (
    <SettingsPlaceContext value={place} key={tenantId}>
      <Suspense fallback={null}>
        <FirstRun
          begun={kept.begun.includes(tenantId)}
          onBegin={onBegin}
          onDismiss={() => setKept((before) => ({ begun: before.begun.filter((id) => id !== tenantId), over: [...before.over, tenantId] }))}
          open={open}
          onOpen={setOpen}
          onSettings={onSettings}
        />
      </Suspense>
    </SettingsPlaceContext>
  );
}
