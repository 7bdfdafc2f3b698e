/**
 * What a thief of the database holds. Everything that opens a door was used once, then every row of every table is read: no key,
 * password or token stands there. A sealed secret opens in its own place only. Covers SECURITY P-01, A-05, W-01.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identityApi } from "../../../shared/api/contacts.ts";
import { visitApi } from "../../../shared/api/visit.ts";
import { madePassword } from "../../accounts/make.ts";
import { pageOn } from "../../conversations/make.ts";
import { createSecrets, type Place } from "../../core/secrets.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { SignJWT } from "jose";

let world: World;
let ours: Twin;
let theirs: Twin;
let thief: pg.Client;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
  thief = new pg.Client({ connectionString: world.database.superuser });
  await thief.connect();
});
afterAll(async () => {
  await thief.end();
  await world.stop();
});

/** Every row of every table, the queue's too, as text. */
async function dump(): Promise<string> {
  const { rows } = await thief.query<{ name: string }>(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')",
  );
  const texts = await rows.reduce<Promise<string[]>>(async (before, { name }) => {
    const { rows: lines } = await thief.query<{ line: string }>(`select t::text as line from ${name} t`);
    return [...(await before), ...lines.map(({ line }) => line)];
  }, Promise.resolve([]));
  return texts.join("\n");
}

describe("the database", () => {
  it("holds nothing that opens a door", async () => {
    const { secret } = await ours.api.call(identityApi.makeSecret);
    const visitor = await ours.fresh.visitor();
    const invitation = await ours.fresh.invitation();
    await world.settle();
    const held = await dump();
    // It is the whole database: what people wrote is there.
    expect(held).toContain(`Hello from ${ours.canary}`);
    const bytes = (text: string) => [text, Buffer.from(text).toString("hex"), Buffer.from(text).toString("base64")];
    for (const [what, key] of Object.entries({
      "the password": madePassword,
      "an access token": ours.admin.token,
      "a refresh token": ours.admin.refreshToken,
      "the random part of a refresh token": ours.admin.refreshToken.split(".").at(-1) ?? "",
      "a visitor's token": visitor.token,
      "the random part of a visitor's token": visitor.token.split(".").at(-1) ?? "",
      "an invitation's secret": invitation.secret,
      "the random part of an invitation's secret": invitation.secret.split(".").at(-1) ?? "",
      "a widget secret": secret,
      "a widget secret without its prefix": secret.slice("sw_".length),
      "the server's own key": "a key that only tests use, also long enough",
      "the server's signing key": "a secret that only tests use, long enough",
    })) {
      expect(key.length).toBeGreaterThan(15);
      expect([what, bytes(key).filter((form) => held.includes(form))]).toEqual([what, []]);
    }
  });

  it("opens no secret that was moved to another row or another tenant", async () => {
    const [mine, other] = [await ours.api.call(identityApi.makeSecret), await theirs.api.call(identityApi.makeSecret)];
    const enter = async (twin: Twin, key: string) => {
      const exp = Math.floor(world.clock.now().getTime() / 1000) + 600;
      const identity = await new SignJWT({ sub: "somebody", aud: twin.tenant.slug, exp })
        .setProtectedHeader({ alg: "HS256" })
        .sign(new TextEncoder().encode(key));
      const body = { tenant: twin.tenant.slug, page: pageOn(twin.tenant.site), identity };
      return world
        .api()
        .call(visitApi.start, { body })
        .then(
          () => "in",
          () => "refused",
        );
    };
    expect([await enter(ours, mine.secret), await enter(theirs, other.secret)]).toEqual(["in", "in"]);
    const moved = "update widget_secret set sealed = (select sealed from widget_secret where id = $2) where id = $1";
    await thief.query(moved, [other.id, mine.id]);
    // As after a restart: what was remembered is forgotten.
    world.core.cache.invalidate(theirs.tenant.id, ["widget_secret"]);
    // With our secret in their row, our key would otherwise be theirs.
    expect(await enter(theirs, mine.secret)).toBe("refused");
    expect(await enter(ours, mine.secret)).toBe("in");
  });
});

describe("a sealed secret", () => {
  const secrets = createSecrets({ key: "one key, long enough for everybody" });
  const place: Place = ["tenant-a", "widget_secret.sealed", "row-1"];
  const sealed = secrets.seal("the secret", place);

  it("opens where it was sealed, and looks different each time", () => {
    expect(secrets.open(sealed, place)).toBe("the secret");
    expect(secrets.seal("the secret", place)).not.toBe(sealed);
    expect(sealed).not.toContain("secret");
  });

  it.each([
    ["another tenant", ["tenant-b", "widget_secret.sealed", "row-1"]],
    ["another column", ["tenant-a", "webhook.sealed", "row-1"]],
    ["another row", ["tenant-a", "widget_secret.sealed", "row-2"]],
    ["the same characters divided otherwise", ["tenant-a", "widget_secret.sealedrow", "-1"]],
  ] as const)("does not open for %s", (_, elsewhere) => {
    expect(() => secrets.open(sealed, elsewhere)).toThrow(/authenticate|state/i);
  });

  it("does not open with another key, or with a single bit changed", () => {
    expect(() => createSecrets({ key: "another key, long enough for everybody" }).open(sealed, place)).toThrow();
    const parts = sealed.split(".");
    for (const at of [1, 2, 3]) {
      const bytes = Buffer.from(parts[at] ?? "", "base64url");
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      expect(() => secrets.open(parts.with(at, bytes.toString("base64url")).join("."), place)).toThrow();
    }
    for (const nonsense of ["", "v1", "v2.a.b.c", "v1..", sealed.slice(3)]) expect(() => secrets.open(nonsense, place)).toThrow();
  });
});
