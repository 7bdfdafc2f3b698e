import { expect, it } from "vitest";
import { consoleOf, deviceName } from "./device.ts";

it("names a console by its system as people call it, and knows it by that name", () => {
  const names = (["win32", "darwin", "linux"] as const).map((platform) => deviceName({ host: "electron", platform }));
  expect(names).toEqual(["Console on Windows", "Console on macOS", "Console on Linux"]);
  expect(names.map(consoleOf)).toEqual(["Windows", "macOS", "Linux"]);
  expect(consoleOf(deviceName({ host: "browser", platform: "linux" }))).toBe("browser");
});

it("knows a console by its old name, and takes no browser for one", () => {
  expect([consoleOf("Console on win32"), consoleOf("Firefox on Linux")]).toEqual(["Windows", undefined]);
});
