import { useTranslation } from "react-i18next";
import { useOwnChoices } from "../../frame/own-choices.ts";
import type { Appearance, Density, TextSize, Theme } from "../../frame/theme.ts";
import { Segmented } from "../../ui/choices.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import { PageFrame } from "../page-frame.tsx";
import { GroupRow, Rows } from "../rows.tsx";

const themes: readonly Theme[] = ["system", "light", "dark"];
const densities: readonly Density[] = ["comfortable", "compact"];
const sizes: readonly TextSize[] = ["small", "normal", "large", "largest"];

/** How the console looks on this computer; it needs no server. */
export function AppearancePage() {
  const { t } = useTranslation();
  const { appearance, setAppearance } = useOwnChoices();
  const toasts = useToasts();
  const choose = (change: Partial<Appearance>) => {
    setAppearance({ ...appearance, ...change });
    toasts.say(t("people.own_saved"), { undo: () => setAppearance(appearance) });
  };
  return (
    <PageFrame id="appearance" loaded={true} despite={["offline", "suspended"]}>
      <Rows>
        <GroupRow label={t("people.look.theme")}>
          <Segmented
            label={t("people.look.theme")}
            value={appearance.theme}
            onValue={(theme) => choose({ theme })}
            segments={themes.map((value) => ({ value, label: t(`console.me.${value}`) }))}
          />
        </GroupRow>
        <GroupRow label={t("people.look.density")} help={t("people.look.density_help")}>
          <Segmented
            label={t("people.look.density")}
            value={appearance.density}
            onValue={(density) => choose({ density })}
            segments={densities.map((value) => ({ value, label: t(`people.look.${value}`) }))}
          />
        </GroupRow>
        <GroupRow label={t("people.look.text")} help={t("people.look.text_help")}>
          <Segmented
            label={t("people.look.text")}
            value={appearance.text}
            onValue={(text) => choose({ text })}
            segments={sizes.map((value) => ({ value, label: t(`people.look.size.${value}`) }))}
          />
        </GroupRow>
      </Rows>
    </PageFrame>
  );
}
