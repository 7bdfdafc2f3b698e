/** Where the visitor is, as far as the browser says; cut to what the server takes, because a strange page must not break the chat. */
import type { visitDevice, visitPage } from "@switchboard/shared/api/visit-shapes.ts";
import { limits } from "@switchboard/shared/model/limits.ts";

type Page = ReturnType<typeof visitPage.parse>;
type Device = ReturnType<typeof visitDevice.parse>;

/** The address is what the page says; its site is what the browser says. */
export function pageOf(address: string, title: string, site: string): Page {
  const clean = title
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, limits.pageTitle);
  const url = URL.canParse(address) ? new URL(address) : new URL(site);
  url.hash = ""; // single-page sites keep secrets there
  const inside = url.origin === site && url.href.length <= limits.url;
  return { url: inside ? url.href : `${site}/`, title: clean };
}

export function deviceHere(): Device {
  const short = Math.min(screen.width, screen.height);
  return {
    language: navigator.language.slice(0, 35),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: short < 600 ? "phone" : short < 1_000 ? "tablet" : "desktop",
  };
}
