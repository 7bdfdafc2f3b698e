import { useNavigate, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useKeysOf } from "../commands/context.tsx";
import { TitleBar } from "../frame/title-bar.tsx";
import { usePresence } from "../frame/use-presence.ts";
import { WindowButtons } from "../frame/window-buttons.tsx";
import { useBridge, useLive } from "../live.tsx";
import { tenantsOf, useSession } from "../session/session-context.tsx";
import { TenantTile } from "../ui/marks.tsx";
import { useOffline } from "./use-offline.ts";
import { usePlaces } from "./use-places.ts";

export function LiveTitleBar({ onPalette }: { readonly onPalette: () => void }) {
  const { t } = useTranslation();
  const { port } = useBridge();
  const { tenants, tenant, scope } = useSession();
  const router = useRouter();
  const navigate = useNavigate();
  const keysOf = useKeysOf();
  const offline = useOffline();
  const presence = usePresence(!offline);
  const { setTenant } = usePlaces();
  const counts = useLive("inbox.counts", { tenants: tenantsOf(scope) }, { keep: true }).data;
  const shell = useLive("shell.facts", {}).data;
  const ownFrame = shell?.host === "electron" && shell.platform !== "darwin";
  const all = t("console.rail.all_tenants");
  return (
    <TitleBar
      back={{ run: () => router.history.back(), can: router.history.canGoBack(), keys: keysOf("go.back") }}
      forward={{ run: () => router.history.forward(), can: true, keys: keysOf("go.forward") }}
      scope={{
        label: scope === "all" ? (tenants.length === 1 ? (tenants[0]?.name ?? "") : all) : (tenant(scope[0])?.name ?? all),
        entries:
          tenants.length > 1
            ? [
                { kind: "choice", id: "all", label: all, checked: scope === "all", run: () => setTenant(undefined) },
                ...tenants.map(({ tenantId, name, tag, colour }) => ({
                  kind: "choice" as const,
                  id: tenantId,
                  label: name,
                  mark: <TenantTile letters={tag} colour={colour} small={true} />,
                  checked: scope !== "all" && scope[0] === tenantId,
                  run: () => setTenant(tenantId),
                })),
              ]
            : [],
      }}
      palette={{ open: onPalette, keys: keysOf("palette.open") }}
      queue={
        counts != null && counts.queue > 0 && counts.longestWaitingSince !== null
          ? {
              count: counts.queue,
              longestSince: Date.parse(counts.longestWaitingSince),
              targetMs: 1000 * Math.min(...tenants.map(({ answerWithin }) => answerWithin.firstSeconds)),
              open: () => void navigate({ to: "/inbox", search: (before: object) => ({ ...before, tab: "queue" }) }),
            }
          : undefined
      }
      presence={{
        presence: presence.presence,
        label: presence.label,
        load: offline ? undefined : (counts?.capacity ?? undefined),
        entries: presence.entries,
      }}
      windowButtons={
        ownFrame && <WindowButtons onWindow={(action) => void port.command("shell.window", { action }).catch(() => undefined)} />
      }
    />
  );
}
