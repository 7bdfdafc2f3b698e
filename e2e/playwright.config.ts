import { defineConfig, devices } from "@playwright/test";
import { chromiumOptions } from "../desktop/renderer/stories/proof/chromium.ts";

export default defineConfig({
  testDir: "journeys",
  testMatch: "**/*.spec.ts",
  globalSetup: "./fresh-builds.ts",
  outputDir: "artefacts/results",
  snapshotPathTemplate: "{testDir}/pictures/{arg}{ext}",
  // One at a time: the journeys measure nothing, and two cores carry a server, a database and up to three browsers each.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json", { outputFile: "artefacts/journeys.json" }]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "Asia/Bangkok",
    // Without its film and its copies of every page, which would be made for every test and thrown away with those that pass.
    trace: { mode: "retain-on-failure", screenshots: false, snapshots: false },
    screenshot: "only-on-failure",
    actionTimeout: 10_000,
    launchOptions: chromiumOptions(),
  },
});
