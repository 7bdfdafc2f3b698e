import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * The widget as the settings show it: a page of its own beside ours, loaded only by the branding page. Asked of the widget's own tool,
 * because one program's sources are no business of another's.
 */
const widgetPreview = (): Plugin => ({
  name: "widget-preview",
  apply: "build",
  async generateBundle() {
    const tool = here("../widget/build/preview.ts");
    const { stdout } = await promisify(execFile)(process.execPath, [tool], { maxBuffer: 4 * 1024 * 1024 });
    this.emitFile({ type: "asset", fileName: "preview.html", source: stdout });
  },
});

/**
 * The renderer is served from `app://` (Electron) or from 127.0.0.1 (browser host) under a CSP without `unsafe-*`:
 * relative addresses, no inline script, no preload polyfill (it would fetch), no inlined data.
 * `stories.html` is for developers: it is served by `vite` and built only in mode `stories`, never into the shipped folder.
 */
export default defineConfig(({ mode }) => ({
  root: here("renderer"),
  base: "./",
  plugins: [react(), widgetPreview()],
  server: { host: "127.0.0.1", strictPort: false },
  build: {
    outDir: here(mode === "stories" ? "dist/stories" : "dist/renderer"),
    emptyOutDir: true,
    target: "es2024",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: here(mode === "stories" ? "renderer/stories.html" : "renderer/index.html"),
      // What is needed before anything shows is one file: thirty small ones take longer to find than to read.
      output: { codeSplitting: { groups: [{ name: "start", tags: ["$initial"] }] } },
    },
  },
}));
