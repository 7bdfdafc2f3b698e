import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTicker } from "../text/now.tsx";
import type { Ringing } from "./alarm-cards.tsx";
import { noNotices, stepNotices, type Notices } from "./notices.ts";

export interface NoticeSettings {
  readonly ringing: readonly Ringing[] | undefined;
  readonly quiet: boolean;
  readonly wordsOf: (ringing: Ringing) => { readonly title: string; readonly body: string };
  readonly onOpen: (ringing: Ringing) => void;
}

export type NoticePermission = "granted" | "default" | "denied";

/** What rings, told by the browser while nobody looks at the tab. In Electron the core does it, and `ringing` is undefined. */
export function useNotices({ ringing, quiet, wordsOf, onOpen }: NoticeSettings): {
  readonly permission: NoticePermission;
  readonly ask: () => void;
} {
  const ticker = useTicker();
  // Asked once: the browser looks it up outside of the page, while the page waits.
  const [permission, setPermission] = useState<NoticePermission>(() =>
    typeof Notification === "undefined" ? "denied" : Notification.permission,
  );
  const notices = useRef<Notices>(noNotices);
  const shown = useRef(new Map<string, Notification>());

  const show = useEffectEvent((one: Ringing) => {
    const { title, body } = wordsOf(one);
    try {
      // The sound is the page's own, so that it can be stopped with the card.
      const notification = new Notification(title, { body, tag: one.id, silent: true, requireInteraction: one.kind !== "message" });
      notification.addEventListener("click", () => {
        globalThis.focus();
        notification.close();
        onOpen(one);
      });
      shown.current.set(one.id, notification);
    } catch {
      // Some browsers allow it to a service worker only; the card stays.
      setPermission("denied");
    }
  });

  const look = useEffectEvent((rung: readonly Ringing[], silent: boolean): number | undefined => {
    const now = ticker.now();
    const step = stepNotices(notices.current, rung, now, document.hasFocus(), silent);
    notices.current = step.notices;
    for (const id of step.withdraw) {
      shown.current.get(id)?.close();
      shown.current.delete(id);
    }
    for (const one of rung) if (step.tell.includes(one.id)) show(one);
    return step.at === undefined ? undefined : Math.max(0, step.at - now);
  });

  useEffect(() => {
    if (ringing === undefined || permission !== "granted") return undefined;
    let later: ReturnType<typeof setTimeout> | undefined;
    const next = () => {
      clearTimeout(later);
      const ms = look(ringing, quiet);
      later = ms === undefined ? undefined : setTimeout(next, ms);
    };
    next();
    globalThis.addEventListener("blur", next);
    return () => {
      clearTimeout(later);
      globalThis.removeEventListener("blur", next);
    };
  }, [permission, ringing, quiet]);

  const ask = useCallback(() => {
    if (typeof Notification !== "undefined") void Notification.requestPermission().then(setPermission);
  }, []);
  return { permission, ask };
}
