/** B7: what a visitor downloads. Floors: the smallest self-hosted launcher and the smallest complete peer (PERFORMANCE section 5). */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureWidget } from "../../widget/build/sizes.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { buildWidget } from "./built.ts";

/** gzip bytes of @rocket.chat/livechat 1.13.3's launcher, and of deep-chat 2.4.2. */
const launcher = 3_117;
const complete = 111_242;

export const widgetSize: Benchmark = {
  name: "widget-size",
  measures: "B7: gzip bytes before any click, and with the conversation open in the largest language, against the smallest peers",
  async prepare() {
    const dist = mkdtempSync(join(tmpdir(), "switchboard-widget-"));
    await buildWidget(dist);
    const { loader, chat } = measureWidget(dist);
    const figure = (name: string, floor: number, product: number, ratio: number, atMost: number) => ({
      name,
      unit: "bytes",
      ratio,
      atMost,
      better: "lower" as const,
      floor: () => Promise.resolve(floor),
      product: () => Promise.resolve(product),
    });
    return {
      parts: [
        figure("widget-size-launcher", launcher, loader, 1, 3_000),
        figure("widget-size-open", complete, Math.max(...Object.values(chat)), 0.3, 33_000),
      ],
      verify() {
        const fonts = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:woff2?|ttf|otf)$/u.test(name));
        return fonts.length > 0 ? Promise.reject(new Error(`The widget brings fonts: ${fonts.join(", ")}.`)) : Promise.resolve();
      },
      close: () => Promise.resolve(rmSync(dist, { recursive: true })),
    };
  },
};
