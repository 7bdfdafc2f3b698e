/** The chat's end of the conversation with the page around it. The page is whoever spoke first from the parent window; nobody else is heard or answered. */
import { envelope, hearLoader, type ToChat, type ToLoader } from "../protocol.ts";

export interface Host {
  /** False while nobody has spoken to us. */
  tell(type: ToLoader["type"], text?: string, count?: number): boolean;
}

export function connectHost(hears: (message: ToChat, origin: string) => void): Host {
  const parent = window.parent;
  let origin: string | undefined;
  if (parent === window) return { tell: () => false };
  window.addEventListener("message", (event) => {
    const message = hearLoader(event, parent, origin ?? event.origin);
    // `frame-ancestors` has let only the tenant's own pages embed us; a page without an origin of its own gets no answer.
    if (message === undefined || !event.origin.startsWith("http")) return;
    origin ??= event.origin;
    hears(message, origin);
  });
  return {
    tell(type, text = "", count = 0) {
      if (origin === undefined) return false;
      parent.postMessage(envelope({ type, text, count }), origin);
      return true;
    },
  };
}
