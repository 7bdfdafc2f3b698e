/** The tenant's logo: taken in as a PNG, kept as what `png.ts` wrote anew, handed out under an address whose content never changes. */
import type { RouterContext } from "@koa/router";
import { logoAdded } from "../../shared/events/tenants.ts";
import { limits } from "../../shared/model/limits.ts";
import { service, type MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { page, type Page } from "../core/http/page.ts";
import { newId } from "../core/ids.ts";
import { found, invalid, Problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { TenantLogo } from "./entities.ts";
import { cleanPng } from "./png.ts";
import { assertServes, tenantBySlug } from "./read.ts";

/** Enough for every version that somebody may want back; the oldest that no version names go first. */
const mostKept = 50;

export interface StoredLogo {
  id: string;
  width: number;
  height: number;
  data: string;
}

export async function addLogo(unit: Unit<MemberActor>, data: string): Promise<StoredLogo> {
  const file = Buffer.from(data, "base64");
  const clean = file.length > limits.logoBytes ? null : cleanPng(file);
  if (!clean || clean.bytes.length > limits.logoBytes) {
    throw invalid("body.data", "not_a_picture", "Send a PNG of at most 1,024 pixels a side and 512 kB.");
  }
  const { tenantId } = unit;
  const id = newId();
  unit.em.create(TenantLogo, { tenantId, id, ...clean, createdBy: unit.actor.memberId, createdAt: unit.now });
  await unit.flush();
  await unit.rows(sql`
    delete from tenant_logo where tenant_id = ${tenantId} and id in (
      select logo.id from tenant_logo logo where logo.tenant_id = ${tenantId}
        and not exists (select 1 from tenant_settings s where s.tenant_id = ${tenantId} and s.kind = 'branding' and s.document ->> 'logoId' = logo.id::text)
      order by logo.created_at desc offset ${mostKept})`);
  unit.happened(logoAdded, { logoId: id });
  return present(id, clean);
}

export async function readLogo(unit: Unit<Staff>, id: string): Promise<StoredLogo> {
  const logo = found(await unit.em.findOne(TenantLogo, { tenantId: unit.tenantId, id }));
  return present(id, logo);
}

const present = (id: string, { bytes, width, height }: { bytes: Uint8Array; width: number; height: number }): StoredLogo => ({
  id,
  width,
  height,
  data: Buffer.from(bytes).toString("base64"),
});

/** A document may only name a picture that is there. */
export async function assertLogo(unit: Unit, id: string): Promise<void> {
  if ((await unit.em.count(TenantLogo, { tenantId: unit.tenantId, id })) === 0) {
    throw invalid("body.document.logoId", "unknown_choice", "This logo does not exist.");
  }
}

export const logoAddress = (publicUrl: string, slug: string, id: string) => `${publicUrl}/logo/${slug}/${id}`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;
const slugs = /^[a-z0-9][a-z0-9_-]{0,63}$/u;

/** Public like the widget that shows it; an id is never given to another picture. */
export const logoPage: Page = page("logo", (router, core) => {
  router.get("/logo/:tenant/:id", (ctx) => sendLogo(ctx, core, String(ctx["params"].tenant), String(ctx["params"].id)));
});

async function sendLogo(ctx: RouterContext, core: Core, slug: string, id: string): Promise<void> {
  if (!slugs.test(slug) || !uuid.test(id)) return; // 404, as for any path that is none
  try {
    const { id: tenantId } = await assertServes(core, await tenantBySlug(core, slug));
    const logo = await core.work(service(tenantId, "logo"), ({ em }) => em.findOne(TenantLogo, { tenantId, id }), { readOnly: true });
    if (!logo) return;
    ctx.status = 200;
    ctx.set("Content-Type", "image/png");
    ctx.set("Content-Security-Policy", "default-src 'none'; sandbox");
    ctx.set("Cache-Control", "public, max-age=31536000, immutable");
    // Mails and widgets on other sites show it.
    ctx.set("Cross-Origin-Resource-Policy", "cross-origin");
    ctx.body = Buffer.from(logo.bytes);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
}
