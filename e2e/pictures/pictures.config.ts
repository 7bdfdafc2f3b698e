/** `npm run screenshots`: the pictures of README and docs, from the running product. */
import base from "../playwright.config.ts";

export default {
  ...base,
  outputDir: "../artefacts/pictures",
  testDir: ".",
  testMatch: "*.pictures.ts",
  globalSetup: "../fresh-builds.ts",
  timeout: 180_000,
  reporter: [["list"]],
  retries: 0,
};
