import type { AppStory } from "../story.ts";

/** What the window around every page says and does. */
export const shellStories: readonly AppStory[] = [
  { name: "update-ready", adjust: (state) => void (state.shell = { ...state.shell, update: "ready" }) },
  {
    name: "update-needed",
    adjust: (state) => {
      state.shell = { ...state.shell, update: "ready" };
      state.sync = { ...state.sync, link: "update-needed" };
    },
  },
];
