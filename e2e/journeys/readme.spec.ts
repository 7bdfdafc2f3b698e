import { fileURLToPath } from "node:url";
import { readReadme } from "../front-door/readme.ts";
import { walk } from "../front-door/walk.ts";
import { startInstallation } from "../installation.ts";
import { test } from "../journey.ts";

const readme = readReadme(fileURLToPath(new URL("../..", import.meta.url)));

test("every line of the README's table is there and does what it says", async ({ context }) => {
  test.setTimeout(180_000);
  // A newcomer's is as it was made; the one of the other journeys has been through much.
  const fresh = await startInstallation();
  try {
    await walk({
      readme,
      printed: fresh.output(),
      locate: (url) => url.replace("http://localhost:4000", fresh.url).replace("http://localhost:4100", fresh.consoleUrl),
      newPage: () => context.newPage(),
    });
  } finally {
    await fresh.stop();
  }
});
