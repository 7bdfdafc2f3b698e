import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantsApi } from "../../shared/api/tenants.ts";
import type { Client } from "../../shared/client/client.ts";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { pngOf } from "./make.ts";

let world: World;
let tenant: MadeTenant;
let twin: MadeTenant;
let admin: Client;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay" });
  twin = await makeTenant(world.core, { name: "Red Hill" });
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
});
afterAll(() => world.stop());

const add = (data: Buffer, api = admin) => api.call(tenantsApi.addLogo, { body: { data: data.toString("base64") } });

describe("a logo", () => {
  it("is stored as its pixels, shown once the branding names it, and kept apart by tenant", async () => {
    const logo = await add(Buffer.concat([pngOf(8, 8), Buffer.from("GPS 18.7883")]));
    expect(logo).toMatchObject({ width: 8, height: 8 });
    expect(Buffer.from(logo.data, "base64").includes("GPS")).toBe(false);
    expect(await admin.call(tenantsApi.getLogo, { params: { logoId: logo.id } })).toEqual(logo);

    const kind = "branding" as const;
    const { document, version } = await admin.call(tenantsApi.getSettings, { params: { kind } });
    await admin.call(tenantsApi.saveSettings, { params: { kind }, body: { base: version, document: { ...document, logoId: logo.id } } });
    const config = await (await fetch(`${world.url}/api/v1/visit/config?tenant=${tenant.slug}`)).json();
    const { pathname } = new URL((config as { look: { logoUrl: string } }).look.logoUrl);
    const shown = await fetch(world.url + pathname);
    expect([shown.status, shown.headers.get("content-type")]).toEqual([200, "image/png"]);
    expect(shown.headers.get("content-security-policy")).toBe("default-src 'none'; sandbox");
    expect(Buffer.from(await shown.arrayBuffer()).toString("base64")).toBe(logo.data);

    const stranger = world.api((await enterAs(world.core, twin.admin)).token);
    expect(await problemOf(stranger.call(tenantsApi.getLogo, { params: { logoId: logo.id } }))).toBe("not_found");
    expect((await fetch(`${world.url}/logo/${twin.slug}/${logo.id}`)).status).toBe(404);
    const theirs = await stranger.call(tenantsApi.getSettings, { params: { kind } });
    const taken = { base: theirs.version, document: { ...theirs.document, logoId: logo.id } };
    expect(await problemOf(stranger.call(tenantsApi.saveSettings, { params: { kind }, body: taken }))).toBe("invalid_input");
  });

  it("is a picture, and a small one", async () => {
    expect(await problemOf(add(Buffer.from("<svg onload='alert(1)'/>")))).toBe("invalid_input");
    expect(await problemOf(add(pngOf(1_025, 1)))).toBe("invalid_input");
    expect(await problemOf(add(Buffer.concat([pngOf(2, 2), Buffer.alloc(520 * 1_024)])))).toBe("too_large");
  });

  it("is for those who may change the settings", async () => {
    const operator = world.api((await enterAs(world.core, await makeMember(world.core, tenant.id))).token);
    expect(await problemOf(add(pngOf(2, 2), operator))).toBe("forbidden");
  });

  it.each([`/logo/nobody/${newId()}`, "/logo/blue-bay/1", "/logo/..%2f/x"])("is not found at %s", async (path) => {
    expect((await fetch(world.url + path)).status).toBe(404);
  });
});
