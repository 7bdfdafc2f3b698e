import { languageNames, languages } from "@switchboard/shared/i18n/languages.ts";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { OpenTenant } from "../../bridge/session.ts";
import { useShownCommand } from "../commands/context.tsx";
import { useConsoleSetup } from "../console-context.ts";
import { useMemory } from "../memory/memory-context.tsx";
import type { AnyLanguage } from "../text/i18n.ts";
import { TenantTile } from "../ui/marks.tsx";
import type { MenuEntry } from "../ui/menu.tsx";
import type { Appearance } from "./theme.ts";

interface MeEntries {
  readonly appearance: Appearance;
  readonly setAppearance: (next: Appearance) => void;
  /** Those on this computer. */
  readonly tenants: readonly OpenTenant[];
  readonly onChooseTenant: (() => void) | undefined;
  readonly onRemoveTenant: (tenantId: string) => void;
}

/** The menu under one's own picture: how this window looks and speaks, all keys, another tenant, one less, the way out. */
export function useMeEntries({ appearance, setAppearance, tenants, onChooseTenant, onRemoveTenant }: MeEntries): readonly MenuEntry[] {
  const { t } = useTranslation();
  const { parts } = useConsoleSetup();
  const memory = useMemory();
  const shown = useShownCommand();
  const { language } = useSyncExternalStore(parts.reader.subscribe, parts.reader.get);
  const theme = (id: Appearance["theme"], label: string): MenuEntry => ({
    kind: "choice",
    id,
    label,
    checked: appearance.theme === id,
    run: () => setAppearance({ ...appearance, theme: id }),
  });
  const speak = (id: AnyLanguage, label: string): MenuEntry => ({
    kind: "choice",
    id,
    label,
    checked: language === id,
    run: () => {
      memory.write("language", id);
      void parts.setLanguage(id);
    },
  });
  const command = (id: "shortcuts.show" | "session.signOut"): MenuEntry => {
    const of = shown(id);
    return { id, label: of.title, icon: of.row.icon, keys: of.keys, run: of.run };
  };
  return [
    {
      kind: "more",
      id: "appearance",
      label: t("console.me.appearance"),
      icon: "sun",
      entries: [
        theme("system", t("console.me.system")),
        theme("light", t("console.me.light")),
        theme("dark", t("console.me.dark")),
        { kind: "line", id: "line" },
        {
          kind: "choice",
          id: "compact",
          label: t("console.me.compact"),
          checked: appearance.density === "compact",
          run: () => setAppearance({ ...appearance, density: appearance.density === "compact" ? "comfortable" : "compact" }),
        },
      ],
    },
    {
      kind: "more",
      id: "language",
      label: t("console.me.language"),
      icon: "globe",
      entries: [
        ...languages.map((each) => speak(each, languageNames[each])),
        // Only developers speak these: they show texts that do not come from the files, and boxes that are too narrow.
        ...(import.meta.env.DEV ? [speak("en-XA", "Àççèñţš"), speak("en-XB", "Right to left")] : []),
      ],
    },
    command("shortcuts.show"),
    { kind: "line", id: "line 1" },
    ...(onChooseTenant === undefined
      ? []
      : [{ id: "choose", label: t("console.session.switch"), icon: "allTenants", run: onChooseTenant } as const]),
    {
      kind: "more",
      id: "remove",
      label: t("console.remove_tenant.remove"),
      icon: "trash",
      entries: tenants.map(({ tenantId, name, tag, colour }) => ({
        id: tenantId,
        label: name,
        mark: <TenantTile letters={tag} colour={colour} small={true} />,
        run: () => onRemoveTenant(tenantId),
      })),
    },
    command("session.signOut"),
  ];
}
