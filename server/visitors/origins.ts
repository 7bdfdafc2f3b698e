/**
 * On which pages the widget may run. This keeps other sites from embedding it; it is no authentication, because a program that is not a
 * browser can say any Origin. The chat itself runs in a frame of our own origin, so its calls carry ours; then the page that it says it
 * is on counts, which the frame knows from the browser and `frame-ancestors` confirms.
 */
import { createOriginCheck, frameAncestors, originOf } from "../../shared/model/domains.ts";
import type { Config } from "../core/config.ts";
import type { Core } from "../core/core.ts";
import { problem } from "../core/problem.ts";
import { settingsOf } from "../tenants/index.ts";

export type OriginCheck = (origin: string | null | undefined) => boolean;

export function originCheckOf(core: Core, tenantId: string): Promise<OriginCheck> {
  return core.cache.get(tenantId, "widget:origins", ["settings", "tenant"], async () =>
    createOriginCheck((await settingsOf(core, tenantId, "domains")).entries),
  );
}

/** Sources for the header of the chat's frame; nobody when the tenant lists nothing. */
export async function frameAncestorsOf(core: Core, tenantId: string): Promise<string[]> {
  const sources = frameAncestors((await settingsOf(core, tenantId, "domains")).entries);
  return sources.length > 0 ? sources : ["'none'"];
}

/** Ours, also by the other names of the own machine while the server runs there. */
export function isOwnOrigin({ PUBLIC_URL }: Pick<Config, "PUBLIC_URL">, origin: string): boolean {
  const own = new URL(PUBLIC_URL);
  if (origin === own.origin) return true;
  return isOwnMachine(own.hostname) && URL.canParse(origin) && isOwnMachine(new URL(origin).hostname);
}

const isOwnMachine = (host: string) => host === "localhost" || host === "127.0.0.1" || host === "[::1]";

/** Whether a request with this Origin may come at all. Without one it is no cross-site call of a browser. */
export async function assertOrigin(core: Core, tenantId: string, origin: string | undefined): Promise<void> {
  if (origin === undefined || isOwnOrigin(core.config, origin)) return;
  if (!(await originCheckOf(core, tenantId))(origin)) throw problem("origin_refused");
}

/** The site of a new visit: the page's own Origin, or the page that our frame stands on. */
export async function siteOf(core: Core, tenantId: string, origin: string | undefined, pageUrl: string | undefined): Promise<string> {
  const foreign = origin !== undefined && !isOwnOrigin(core.config, origin);
  const site = foreign ? origin : pageUrl === undefined ? null : originOf(pageUrl);
  if (site === null || !(await originCheckOf(core, tenantId))(site)) throw problem("origin_refused");
  return site;
}
