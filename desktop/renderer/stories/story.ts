/** A story shows one component or view in one or more states. The address names it: `stories.html#name?theme=dark&lang=th`. */
import type { ComponentType } from "react";
import type { MemoryKey } from "../memory/memory.ts";
import type { FakeCore } from "./fake/core.ts";
import type { FakeState } from "./fake/state.ts";

export interface ViewStory {
  readonly name: string;
  readonly view: ComponentType;
  /** Fills the window as the app does, instead of standing on a sheet. */
  readonly whole?: boolean;
}

/** The whole console over a core in memory. */
export interface AppStory {
  readonly name: string;
  readonly adjust?: (state: FakeState) => void;
  /** Where it opens; the inbox when nothing is said. */
  readonly at?: string;
  readonly memory?: Readonly<Partial<Record<MemoryKey, unknown>>>;
  readonly after?: (core: FakeCore) => void;
}

export type Story = ViewStory | AppStory;
