import { formStories } from "./ui/forms.tsx";
import { frameStories } from "./ui/frame.tsx";
import { markStories } from "./ui/marks.tsx";
import { overlayStories } from "./ui/overlays.tsx";
import { stateStories } from "./ui/states.tsx";
import { tableStories } from "./ui/tables.tsx";
import { shellStories } from "./app/shell.ts";
import { inboxStories } from "./app/inbox.ts";
import { workStories } from "./app/work.ts";
import { settingsStories } from "./app/settings.ts";
import type { Story } from "./story.ts";

export const stories: readonly Story[] = [
  ...markStories,
  ...formStories,
  ...stateStories,
  ...overlayStories,
  ...tableStories,
  ...frameStories,
  ...shellStories,
  ...inboxStories,
  ...workStories,
  ...settingsStories,
];
