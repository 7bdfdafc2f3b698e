/** What the system shows for what rings: at once when nobody looks at the window, otherwise when it still rings a while later. */
import { translateTo } from "@switchboard/shared/i18n/index.ts";
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { isColleaguesWord } from "@switchboard/shared/model/alarm-rules.ts";
import type { Ports } from "../../ports.ts";
import type { Tenant } from "../../tenant/tenant.ts";
import { authorOf, isSameAbout, nameOf } from "../about.ts";
import { isReminder } from "../reminder-rings.ts";
import type { Ringing } from "../ringing.ts";
import type { Ring } from "../rings.ts";
import type { Chosen } from "./chosen.ts";
import { isSticky } from "./kinds.ts";
import type { Silence } from "./silence.ts";

export interface Notifications {
  show(tenant: Tenant, news: readonly Ring[]): void;
  /** It does not ring any more. */
  clear(id: string): void;
  stop(): void;
}

export interface NotificationsOptions {
  ports: Ports;
  ringing: Ringing;
  chosen: Chosen;
  silence: Silence;
  language: () => Language;
  tenantName: (tenantId: string) => string;
  isWindowInFront: () => boolean;
}

/** A person who sees the window needs no second sign so soon. */
const unseenMs = 10_000;
const most = 3;

export function createNotifications(options: NotificationsOptions): Notifications {
  const { ringing, chosen, silence, language, tenantName, isWindowInFront } = options;
  const { clock, shell } = options.ports;
  const later = new Map<string, () => void>();

  function showSoon(tenant: Tenant, ring: Ring): void {
    later.get(ring.id)?.();
    const show = () => {
      later.delete(ring.id);
      const mine = ringing.of(ring.tenantId);
      const told = chosen.toldBySystem(ring.tenantId);
      if (!told.has(ring.id) || mine.get(ring.id)?.mark !== ring.mark || silence.isOn() || chosen.isHeld(ring)) return;
      for (const weaker of mine.values()) if (isSameAbout(weaker.about, ring.about) && !told.has(weaker.id)) shell.clear(weaker.id);
      shell.notify({ tag: ring.id, ...words(tenant, ring), sticky: isSticky(ring) });
    };
    if (isWindowInFront()) later.set(ring.id, clock.after(unseenMs, show));
    else show();
  }

  function words(tenant: Tenant, ring: Ring): { title: string; body: string } {
    const t = translateTo(language());
    const count = isReminder(ring) ? ring.due.length : 1;
    const name = nameOf(tenant, ring.about, language());
    const by = authorOf(tenant, ring.byId);
    const title =
      count > 1
        ? t("alarms.reminders", { count })
        : by !== null && isColleaguesWord(ring.kind)
          ? t(`alarms.by.${ring.kind}`, { by, name })
          : t(`alarms.title.${ring.kind}`, { name });
    const text = tenant.settings().notificationText ? ring.text : "";
    return { title, body: [tenantName(ring.tenantId), text].filter((line) => line !== "").join("\n") };
  }

  return {
    show(tenant, news) {
      const told = chosen.toldBySystem(tenant.tenantId);
      for (const ring of news.filter(({ id }) => told.has(id)).slice(0, most)) showSoon(tenant, ring);
    },
    clear(id) {
      later.get(id)?.();
      later.delete(id);
      shell.clear(id);
    },
    stop() {
      for (const cancel of later.values()) cancel();
    },
  };
}
