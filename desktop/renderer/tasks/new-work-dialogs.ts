/** Loaded together, after the start. */
export { FollowupDialog } from "../followups/followup-dialog.tsx";
export { TaskDialog } from "./task-dialog.tsx";
