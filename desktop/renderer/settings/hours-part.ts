import type { HoursSettings } from "@switchboard/shared/model/settings.ts";
import type { SettingsDocument } from "./use-settings-document.ts";

export interface HoursPartProps {
  readonly document: SettingsDocument<HoursSettings>;
  readonly value: HoursSettings;
  readonly off: boolean;
}
