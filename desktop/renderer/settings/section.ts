import { lazy } from "react";
import type { Section } from "../sections.ts";

/** For everybody: who may not read the tenant's settings finds the pages that are only their own. Loaded when it is first opened. */
export const settingsSection: Section = {
  id: "settings",
  icon: "settings",
  command: "go.settings",
  place: "bottom",
  view: lazy(async () => ({ default: (await import("./settings-section.tsx")).SettingsSection })),
};
