/** Chromium as the stories and the journeys start it: with nothing running that nobody looks at. */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

/** Chromium heeds the last list of these only, so what Playwright turns off is said again. */
const off = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
  // Every page would load two pages of the address bar behind it: two hundred files, a third of what a story costs.
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

/** Browsers do not come with the packages: the system's own is used, which `setup.mjs` finds or installs. */
export function chromiumOptions(): LaunchOptions {
  const path = process.env["CHROMIUM_PATH"] ?? ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((each) => existsSync(each));
  return {
    ...(path === undefined ? {} : { executablePath: path }),
    args: [
      "--no-sandbox",
      "--disable-quic",
      // Without a graphics card the browser would paint by a simulated one, which costs more than all the rest.
      "--disable-gpu",
      `--disable-features=${off.join(",")}`,
    ],
  };
}
