/** What the console tells the preview: which scene, and the configuration that a widget would be told. Nothing is told back but "ready". */
import type { VisitConfig } from "@switchboard/shared/api/visit-shapes.ts";

export const scenes = ["chat", "form", "queue", "away", "launcher"] as const;
export type Scene = (typeof scenes)[number];

export interface PreviewShow {
  switchboard: "preview";
  scene: Scene;
  config: VisitConfig;
  /** A phone's widget covers the page. */
  phone: boolean;
}

/** From the window around us and nobody else. Its core made the configuration; here only the frame of it is looked at. */
export function hearConsole({ data, source }: Pick<MessageEvent, "data" | "source">, from: unknown): PreviewShow | undefined {
  if (from === null || source !== from || typeof data !== "object" || data === null) return undefined;
  const { switchboard, scene, config, phone } = data as Partial<PreviewShow>;
  const known = switchboard === "preview" && scenes.some((one) => one === scene) && typeof phone === "boolean";
  return known && typeof config === "object" && config !== null ? (data as PreviewShow) : undefined; // every field was looked at
}
