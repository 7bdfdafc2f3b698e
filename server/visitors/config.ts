/** What the widget of a tenant looks like and asks, in one language. Public; holds nothing that the page would not show. */
import { createHash } from "node:crypto";
import type { VisitConfig } from "../../shared/api/visit-shapes.ts";
import { pickLanguage } from "../../shared/i18n/languages.ts";
import { widgetConfig, type WidgetSettings } from "../../shared/model/widget-config.ts";
import type { Core } from "../core/core.ts";
import { assertServes, logoAddress, settingsOf, tenantBySlug, tenantFacts } from "../tenants/index.ts";
import { assertOrigin, originCheckOf } from "./origins.ts";
import { sightingsOf } from "./sightings.ts";

export async function readConfig(
  core: Core,
  input: { tenant: string; language?: string | undefined; origin: string | undefined },
): Promise<VisitConfig> {
  const tenant = await assertServes(core, await tenantBySlug(core, input.tenant));
  await assertSeen(core, tenant.id, input.origin);
  const settings = await partsOf(core, tenant.id);
  const { first, offered } = settings.languages;
  const language = pickLanguage(input.language === undefined ? [] : [input.language], offered, first);
  const { logoId } = settings.branding;
  return widgetConfig({
    tenant: { key: tenant.slug, name: tenant.name },
    settings,
    language,
    now: core.clock.now().getTime(),
    version: versionOf(tenant.name, settings),
    logoUrl: logoId === null ? null : logoAddress(core.config.PUBLIC_URL, tenant.slug, logoId),
  });
}

/** A page that loads the widget asks for this first: what it may not have is noted too, so that the admin sees why nothing shows. */
async function assertSeen(core: Core, tenantId: string, origin: string | undefined): Promise<void> {
  if (origin !== undefined && origin !== new URL(core.config.PUBLIC_URL).origin) {
    const refused = !(await originCheckOf(core, tenantId))(origin);
    sightingsOf(core).seen(tenantId, { site: origin, refused });
  }
  await assertOrigin(core, tenantId, origin);
}

async function partsOf(core: Core, tenantId: string): Promise<WidgetSettings> {
  const [branding, hours, conversations, identity, languages] = await Promise.all([
    settingsOf(core, tenantId, "branding"),
    settingsOf(core, tenantId, "hours"),
    settingsOf(core, tenantId, "conversations"),
    settingsOf(core, tenantId, "identity"),
    settingsOf(core, tenantId, "languages"),
  ]);
  return { branding, hours, conversations, identity, languages };
}

/** Changes when something that the widget shows changes. */
export async function configVersion(core: Core, tenantId: string): Promise<string> {
  return core.cache.get(tenantId, "widget:version", ["settings", "tenant"], async () =>
    versionOf((await tenantFacts(core, tenantId)).name, await partsOf(core, tenantId)),
  );
}

const versionOf = (name: string, settings: WidgetSettings) =>
  createHash("sha256")
    .update(JSON.stringify([name, settings]))
    .digest("base64url")
    .slice(0, 16);
