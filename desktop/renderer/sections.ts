/**
 * The pages of the console, in the order of the rail. A page that is not built is not in the table; one that the person may not
 * see is left out where the table is read.
 */
import type { Permission } from "@switchboard/shared/model/permissions.ts";
import type { ComponentType } from "react";
import type { CommandId } from "./commands/catalogue.ts";
import type { IconName } from "./ui/icon-shapes.ts";

export interface SectionViewProps {
  readonly offline: boolean;
}

export interface Section {
  readonly id: "inbox" | "tasks" | "followups" | "reports" | "settings";
  readonly icon: IconName;
  readonly command: CommandId;
  /** Needed in at least one tenant of the scope. */
  readonly permission?: Permission;
  /** And one of these in the same tenant, where the first alone shows nothing. */
  readonly withOneOf?: readonly Permission[];
  readonly place: "top" | "bottom";
  /** Loaded when it is first opened; the inbox is in the first bundle. */
  readonly view: ComponentType<SectionViewProps>;
}
