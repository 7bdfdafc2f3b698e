import { describe, expect, it } from "vitest";
import { buildPreview } from "../build/preview.ts";
import { hearConsole } from "./hear.ts";

describe("the preview", () => {
  const around = {} as Window;
  const shown = { switchboard: "preview", scene: "chat", phone: false, config: {} };

  it("hears the window around it and nobody else", () => {
    expect(hearConsole({ data: shown, source: around }, around)).toBe(shown);
    expect(hearConsole({ data: shown, source: {} as Window }, around)).toBeUndefined();
    expect(hearConsole({ data: shown, source: null }, null)).toBeUndefined();
  });

  it.each([null, "chat", { ...shown, scene: "admin" }, { ...shown, phone: 1 }, { ...shown, config: null }, { ...shown, switchboard: 1 }])(
    "does not take %j",
    (data) => {
      expect(hearConsole({ data, source: around }, around)).toBeUndefined();
    },
  );

  it("is one file under a policy that allows just what is in it, and no network", { timeout: 60_000 }, async () => {
    const page = await buildPreview();
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/u.exec(page)?.[1] ?? "";
    expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[\w+/=]+'; style-src 'sha256-[\w+/=]+'; img-src data:;/u);
    expect(policy).not.toMatch(/unsafe|\*|'self'|https?:/u);
    expect(page.match(/<script/gu)).toHaveLength(1);
    expect(page).not.toMatch(/<script[^>]+src|<link|__(?:POLICY|STYLE|SCRIPT)__/u);
    const size = (await new Response(new Blob([page]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer()).byteLength;
    expect(size).toBeLessThan(40_000);
  });
});
