import { defineConfig } from "vitest/config";

// Two processes at most: next to them run one PostgreSQL and, on a developer's machine, everything else.
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: "unit",
          include: ["{shared,widget,desktop,bench}/**/*.test.{ts,tsx}", "e2e/{house,faults,attack}/**/*.test.ts", "setup/*.test.mjs"],
          // The console's core against the real server: below, beside a database.
          exclude: ["**/node_modules/**", "**/*.server.test.ts", "desktop/renderer/stories/**"],
          pool: "threads",
          testTimeout: 20_000,
          // Waiting for a condition ends with it; two cores that carry three browsers may need longer than a second.
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: "stories",
          include: ["desktop/renderer/stories/proof/*.test.ts"],
          globalSetup: ["desktop/renderer/stories/proof/global.ts"],
          // A browser on two cores that carry much else: what it waits for ends the waiting, not the clock.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      {
        test: {
          name: "database",
          include: ["server/**/*.test.{ts,tsx}", "desktop/**/*.server.test.ts"],
          // One PostgreSQL for all; each file gets a clone of the migrated template.
          pool: "forks",
          // The server keeps no state in its modules (STYLE.md), so files share two processes instead of loading it a hundred times.
          isolate: false,
          globalSetup: ["server/testing/global.ts"],
          testTimeout: 20_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
