/** Covers SECURITY D-02, D-03, D-04, D-05, D-06, D-10. */
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allowsPermission,
  contentPolicy,
  deepLink,
  externalAddress,
  fileFor,
  isOwnPage,
  isTrustedSender,
  policyFor,
  previewPolicy,
} from "./policy.ts";

const id = "01a1f828-fffb-7fd7-add0-dae4d8897a99";

describe("navigation", () => {
  it.each([
    "https://evil.example/",
    "https://evil.example/?app://console/",
    "app://console.evil.example/",
    "app://consolee/",
    "app://user@console/",
    "app://console:80@evil/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,<script>1</script>",
    "about:blank",
    "blob:app://console/1",
    "view-source:app://console/",
    "http://console/",
    "",
    "app:console",
  ])("does not lead to %s", (address) => expect(isOwnPage(address)).toBe(false));

  it("stays on our own page", () => expect(isOwnPage("app://console/index.html#inbox")).toBe(true));
});

describe("our scheme", () => {
  const folder = join("/opt", "switchboard", "renderer");
  it.each([
    ["app://console/", join(folder, "index.html")],
    ["app://console/assets/index.js", join(folder, "assets", "index.js")],
    ["app://console/a/../b.js", join(folder, "b.js")],
  ])("serves %s", (address, file) => expect(fileFor(address, folder)).toBe(file));

  it.each([
    "app://console/%2e%2e/secret",
    "app://console/..%2f..%2fetc/passwd",
    "app://console/%2e%2e%5csecret",
    "app://console/a%00.js",
    "app://console/C:/windows",
    "app://console/%E0%A4%A",
    "app://other/index.html",
    "https://console/index.html",
  ])("finds nothing at %s", (address) => {
    const file = fileFor(address, folder);
    expect(file === null || file.startsWith(`${folder}/`)).toBe(true);
    if (/%2f|%5c|%00|C:|%A$|other|https/.test(address)) expect(file).toBeNull();
  });

  it("never leaves its folder, whatever is asked", () => {
    fc.assert(
      fc.property(fc.webPath(), fc.string(), (path, rest) => {
        const file = fileFor(`app://console${path}${rest}`, folder);
        expect(file === null || file.startsWith(`${folder}/`)).toBe(true);
      }),
    );
  });

  it("lets nothing run but its own scripts, and reaches no network", () => {
    expect(contentPolicy).toContain("default-src 'none'");
    expect(contentPolicy).toContain("connect-src 'none'");
    expect(contentPolicy).not.toMatch(/unsafe|\*|https?:/);
  });

  it("takes the origin away from the preview in its frame, and from nothing else", () => {
    expect(policyFor("app://console/preview.html")).toBe(previewPolicy);
    expect(previewPolicy).toContain("sandbox allow-scripts;");
    expect(previewPolicy).not.toMatch(/allow-same-origin|unsafe|\*|https?:/);
    expect(policyFor("app://console/assets/preview.html/x")).toBe(contentPolicy);
    expect(policyFor("app://console/index.html")).toBe(contentPolicy);
  });
});

describe("links to the outside", () => {
  it.each(["https://example.com/a?b=c#d", "mailto:ann@example.com", "tel:+6681234567"])("opens %s", (address) =>
    expect(externalAddress(address)).not.toBeNull(),
  );
  it.each([
    "http://example.com/",
    "file:///etc/passwd",
    "smb://host/share",
    "\\\\host\\share",
    "ms-msdt:/id",
    "search-ms:query=x",
    "ssh://host",
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "https://user:pass@example.com/",
    "https://exa\nmple.com/",
    "https://example.com/ --flag",
    "https://example.com/\u2028",
    "switchboard://conversation/x",
    "",
    `https://example.com/${"x".repeat(5_000)}`,
  ])("leaves %j alone", (address) => expect(externalAddress(address)).toBeNull());
});

describe("permissions", () => {
  it("are notifications and plain copying, for our page only", () => {
    expect(allowsPermission("notifications", "app://console/")).toBe(true);
    expect(allowsPermission("clipboard-sanitized-write", "app://console/x")).toBe(true);
    for (const other of [
      "media",
      "geolocation",
      "clipboard-read",
      "fullscreen",
      "openExternal",
      "hid",
      "serial",
      "usb",
      "midi",
      "pointerLock",
      "fileSystem",
      "display-capture",
      "idle-detection",
    ])
      expect(allowsPermission(other, "app://console/")).toBe(false);
    expect(allowsPermission("notifications", "https://evil.example/")).toBe(false);
  });

  it("count only for the top frame of our page", () => {
    expect(isTrustedSender({ url: "app://console/", isMain: true })).toBe(true);
    expect(isTrustedSender({ url: "app://console/", isMain: false })).toBe(false);
    expect(isTrustedSender({ url: "https://evil.example/", isMain: true })).toBe(false);
    expect(isTrustedSender(null)).toBe(false);
  });
});

describe("deep links", () => {
  it("name a place", () => {
    expect(deepLink(`switchboard://conversation/${id}`)).toEqual({ view: "conversation", id });
    expect(deepLink("switchboard://settings")).toEqual({ view: "settings", id: null });
  });
  it.each([
    `switchboard://conversation/${id}?token=x`,
    `switchboard://conversation/${id}#x`,
    `switchboard://conversation/${id}/../x`,
    "switchboard://conversation/../../etc",
    `switchboard://delete/${id}`,
    `https://conversation/${id}`,
    `switchboard://a@conversation/${id}`,
    `switchboard://conversation:80/${id}`,
    "switchboard://",
    "x",
  ])("do nothing else: %s", (address) => expect(deepLink(address)).toBeNull());
});
