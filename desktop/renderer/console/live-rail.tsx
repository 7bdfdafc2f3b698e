import { useTranslation } from "react-i18next";
import { useKeysOf } from "../commands/context.tsx";
import { Rail } from "../frame/rail.tsx";
import type { Appearance } from "../frame/theme.ts";
import { useMeEntries } from "../frame/use-me-entries.tsx";
import { usePresence } from "../frame/use-presence.ts";
import { useLive, useLiveChosen } from "../live.tsx";
import type { Section } from "../sections.ts";
import { tenantsOf, useSession } from "../session/session-context.tsx";
import { useOffline } from "./use-offline.ts";
import { usePlaces } from "./use-places.ts";

interface LiveRailProps {
  readonly wide: boolean;
  readonly appearance: Appearance;
  readonly onAppearance: (next: Appearance) => void;
  readonly onChooseTenant: (() => void) | undefined;
  readonly onRemoveTenant: (tenantId: string) => void;
}

export function LiveRail({ wide, appearance, onAppearance, onChooseTenant, onRemoveTenant }: LiveRailProps) {
  const { t } = useTranslation();
  const { account, tenants, tenant, scope } = useSession();
  const keysOf = useKeysOf();
  const { presence, label } = usePresence(!useOffline());
  const meEntries = useMeEntries({ appearance, setAppearance: onAppearance, tenants, onChooseTenant, onRemoveTenant });
  const { permitted, current, go, setTenant } = usePlaces();
  const badge = useLiveChosen("alarms.state", {}, (alarms) => alarms.badge) ?? 0;
  const work = useLive("work.counts", { tenants: tenantsOf(scope) }, { keep: true }).data;
  const counts: Readonly<Record<string, { readonly count: number | undefined; readonly quiet: boolean }>> = {
    inbox: { count: badge, quiet: false },
    tasks: { count: work?.tasksOverdue, quiet: false },
    followups: { count: work?.followupsDecision, quiet: true },
  };
  const link = ({ id, icon, command }: Section) => ({
    id,
    label: t(`console.section.${id}`),
    icon,
    keys: keysOf(command),
    ...(counts[id] ?? { count: undefined, quiet: true }),
  });
  const bottom = permitted.find(({ place }) => place === "bottom");
  return (
    <Rail
      tenants={tenants.map(({ tenantId, name, tag, colour, needsMe }) => ({ id: tenantId, name, letters: tag, colour, needsMe }))}
      tenant={scope === "all" ? undefined : tenant(scope[0])?.tenantId}
      onTenant={setTenant}
      sections={permitted.filter(({ place }) => place === "top").map(link)}
      section={current?.id ?? ""}
      onSection={go}
      settings={bottom === undefined ? undefined : link(bottom)}
      wide={wide}
      me={{ name: account.name, presence, presenceLabel: label }}
      meEntries={meEntries}
    />
  );
}
