/**
 * SECURITY A-12: what every door must refuse, whichever transport it stands behind. An entry point says how to knock; the suite tries
 * all the ways in that have worked somewhere once. Call it in a test file of the entry point's own feature:
 *
 *     authContract({ name: "sync pull", who: "member", knock: (world, token) => … })
 */
import { createHmac } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  enterAlone,
  enterAs,
  makeAccount,
  makeMember,
  makeTenant,
  type MadeMember,
  type MadeSession,
  type MadeTenant,
} from "../accounts/make.ts";
import { endSessions, MemberSession, resumeAccount, Session, setSuperAdmin, suspendAccount } from "../accounts/index.ts";
import { service, system } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { Member } from "../team/index.ts";
import { resumeTenant, suspendTenant } from "../tenants/index.ts";
import { createWorld, type World } from "./world.ts";

export interface EntryPoint {
  name: string;
  /** Whose token opens it. */
  who: "member" | "account" | "platform";
  /** Tries to come in with this token, or without one. Resolves with null when let in, else with the problem's code. */
  knock(world: World, token: string | undefined): Promise<string | null>;
}

const secret = "a secret that only tests use, long enough"; // the world's TOKEN_SECRET
const key = new TextEncoder().encode(secret);
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

export function authContract({ name, who, knock }: EntryPoint): void {
  describe(`${name}: the door`, () => {
    let world: World;
    let tenant: MadeTenant;
    let member: MadeMember;
    let session: MadeSession;
    const typ = who === "platform" ? "platform" : "access";

    const tryWith = (token: string | undefined) => knock(world, token);
    const enter = () =>
      who === "member" ? enterAs(world.core, member) : enterAlone(world.core, member, who === "platform" ? "platform" : "console");

    /** The claims of a good token, to be spoiled in one place. */
    const claims = () => ({
      sub: member.accountId,
      sid: session.sessionId,
      ...(who === "member" ? { tid: member.tenantId, mid: member.memberId } : {}),
    });
    const nowSeconds = () => Math.floor(world.clock.now().getTime() / 1000);

    interface Spoilt {
      claims?: Record<string, unknown>;
      header?: Record<string, unknown>;
      issuer?: string;
      audience?: string;
      expires?: number;
      key?: Uint8Array;
    }
    const sign = (spoilt: Spoilt = {}) =>
      new SignJWT({ ...claims(), ...spoilt.claims })
        .setProtectedHeader({ alg: "HS256", typ, ...spoilt.header })
        .setIssuer(spoilt.issuer ?? "switchboard")
        .setAudience(spoilt.audience ?? `switchboard:${typ}`)
        .setIssuedAt(nowSeconds())
        .setExpirationTime(spoilt.expires ?? nowSeconds() + 300)
        .sign(spoilt.key ?? key);

    /** By hand, for headers that a library would not write. */
    const handmade = (header: object, signature?: string) => {
      const body = { ...claims(), iss: "switchboard", aud: `switchboard:${typ}`, iat: nowSeconds(), exp: nowSeconds() + 300 };
      const text = `${base64(header)}.${base64(body)}`;
      return `${text}.${signature ?? createHmac("sha256", secret).update(text).digest("base64url")}`;
    };

    beforeAll(async () => {
      world = await createWorld();
      tenant = await makeTenant(world.core);
      member = await makeMember(world.core, tenant.id, { role: "admin", superAdmin: who === "platform" });
      session = await enter();
    });
    afterAll(() => world.stop());

    it("opens for its own token, made by us or by the same recipe", async () => {
      expect(await tryWith(session.token)).toBeNull();
      expect(await tryWith(await sign())).toBeNull();
      expect(await tryWith(handmade({ alg: "HS256", typ }))).toBeNull();
    });

    it("stays shut without a token and for what is none", async () => {
      for (const token of [
        undefined,
        "x",
        "a.b.c",
        "null",
        "0",
        "true",
        session.refreshToken,
        session.sessionId,
        "é".repeat(50),
        "a".repeat(5000),
      ]) {
        expect([token?.slice(0, 20), await tryWith(token)]).not.toEqual([token?.slice(0, 20), null]);
      }
    });

    it("takes one algorithm and one key, whatever the header says", async () => {
      const spoilt = [
        handmade({ alg: "none", typ }, ""),
        handmade({ alg: "None", typ }),
        handmade({ alg: "HS512", typ }),
        handmade({ alg: "RS256", typ }),
        handmade({ alg: "HS256", typ }, "AAAA"),
        handmade({ alg: "HS256", typ, crit: ["x"], x: 1 }),
        await sign({ key: new TextEncoder().encode("another secret that is long enough too") }),
        await sign({ key: new Uint8Array(32) }),
      ];
      for (const token of spoilt) expect(await tryWith(token)).toBe("unauthenticated");
      // Where a header names a key or an address to fetch one from, the name is not followed: our own key still decides.
      const foreign = new TextEncoder().encode("the key that stands at the address in the header");
      for (const header of [
        { jku: `${world.url}/keys` },
        { x5u: `${world.url}/keys` },
        { kid: "../../../../dev/null" },
        { kid: "' or 1=1 --" },
      ]) {
        expect(await tryWith(await sign({ header, key: foreign }))).toBe("unauthenticated");
      }
    });

    it("wants its own issuer, audience and kind", async () => {
      const others = ["access", "platform", "visitor"].filter((kind) => kind !== typ);
      const spoilt = [
        await sign({ issuer: "somebody" }),
        await sign({ audience: "switchboard" }),
        ...(await Promise.all(others.map((kind) => sign({ audience: `switchboard:${kind}` })))),
        ...(await Promise.all(others.map((kind) => sign({ header: { typ: kind } })))),
        ...(await Promise.all(others.map((kind) => sign({ header: { typ: kind }, audience: `switchboard:${kind}` })))),
        handmade({ alg: "HS256" }),
      ];
      for (const token of spoilt) expect(await tryWith(token)).toBe("unauthenticated");
    });

    it("says when a token is too old, and takes none without an end", async () => {
      expect(await tryWith(await sign({ expires: nowSeconds() - 1 }))).toBe("token_expired");
      const endless = await new SignJWT(claims())
        .setProtectedHeader({ alg: "HS256", typ })
        .setIssuer("switchboard")
        .setAudience(`switchboard:${typ}`)
        .sign(key);
      expect(await tryWith(endless)).toBe("unauthenticated");
    });

    it("wants claims of the right form", async () => {
      const wrong = [
        { sub: 5 },
        { sub: "x" },
        { sub: [member.accountId] },
        { sid: undefined },
        { sid: { id: session.sessionId } },
        { sid: newId() },
        { sub: newId() },
      ];
      for (const spoilt of wrong) expect([spoilt, await tryWith(await sign({ claims: spoilt }))]).toEqual([spoilt, "unauthenticated"]);
    });

    it("knows the session of somebody else from one's own", async () => {
      const stranger = await makeAccount(world.core, { superAdmin: who === "platform" });
      const theirs = await enterAlone(world.core, stranger, who === "platform" ? "platform" : "console");
      expect(await tryWith(await sign({ claims: { sid: theirs.sessionId } }))).toBe("unauthenticated");
      expect(await tryWith(await sign({ claims: { sub: stranger.accountId } }))).toBe("unauthenticated");
    });

    it("shuts when the session ends, also for a token that is still good", async () => {
      const short = await enter();
      expect(await tryWith(short.token)).toBeNull();
      await world.core.work(system("test"), async (unit) => {
        const row = await unit.em.findOneOrFail(Session, { id: short.sessionId });
        row.endedAt = unit.now;
      });
      expect(await tryWith(short.token)).toBe("unauthenticated");
      expect(await tryWith(session.token)).toBeNull();
    });

    it("shuts while the account is suspended", async () => {
      const target = await enter();
      const until = new Date(world.clock.now().getTime() + 3_600_000);
      await world.core.work(system("test"), (unit) => suspendAccount(unit, member.accountId, { reason: "test", until }));
      expect(["account_suspended", "unauthenticated"]).toContain(await tryWith(target.token));
      await world.core.work(system("test"), (unit) => resumeAccount(unit, member.accountId));
      // What was ended stays ended.
      expect(await tryWith(target.token)).toBe("unauthenticated");
      session = await enter();
      expect(await tryWith(session.token)).toBeNull();
    });

    if (who === "platform") {
      it("shuts when the person is no super-admin any more", async () => {
        await world.core.work(system("test"), (unit) => setSuperAdmin(unit, member.accountId, false));
        expect(await tryWith(session.token)).toBe("unauthenticated");
        await world.core.work(system("test"), (unit) => setSuperAdmin(unit, member.accountId, true));
        expect(await tryWith(session.token)).toBeNull();
      });

      it("does not open for a session of the console", async () => {
        const other = await enterAlone(world.core, member);
        expect(await tryWith(await sign({ claims: { sid: other.sessionId } }))).toBe("unauthenticated");
      });
    } else {
      it("does not open for a session of the platform", async () => {
        const boss = await makeAccount(world.core, { superAdmin: true });
        const other = await enterAlone(world.core, boss, "platform");
        expect(await tryWith(other.token)).toBe("unauthenticated");
        expect(await tryWith(await sign({ claims: { sub: boss.accountId, sid: other.sessionId } }))).toBe("unauthenticated");
      });
    }

    if (who === "member") {
      it("wants a member of that tenant, whatever was signed", async () => {
        const elsewhere = await makeTenant(world.core);
        const colleague = await makeMember(world.core, tenant.id, { role: "admin" });
        const wrong = [
          { tid: elsewhere.id },
          { mid: elsewhere.admin.memberId },
          { tid: elsewhere.id, mid: elsewhere.admin.memberId },
          { mid: colleague.memberId },
          { mid: newId() },
          { tid: newId() },
          { tid: undefined, mid: undefined },
          { tid: undefined },
          { mid: undefined },
          { mid: undefined, gid: newId() },
        ];
        for (const spoilt of wrong) {
          const code = await tryWith(await sign({ claims: spoilt }));
          expect([spoilt, code === "unauthenticated" || code === "not_found"]).toEqual([spoilt, true]);
        }
      });

      it("shuts for a session that an admin has shut out, and only for that one", async () => {
        const [out, stays] = [await enter(), await enter()];
        await world.core.work(service(tenant.id, "test"), async (unit) => {
          const row = await unit.em.findOneOrFail(MemberSession, { tenantId: tenant.id, sessionId: out.sessionId });
          row.endedAt = unit.now;
        });
        expect(await tryWith(out.token)).toBe("unauthenticated");
        expect(await tryWith(stays.token)).toBeNull();
      });

      it("shuts while the tenant is suspended", async () => {
        await world.core.work(system("test"), (unit) => suspendTenant(unit, tenant.id, { reason: "test", until: null }));
        expect(await tryWith(session.token)).toBe("tenant_suspended");
        await world.core.work(system("test"), (unit) => resumeTenant(unit, tenant.id, "test"));
        expect(await tryWith(session.token)).toBeNull();
      });

      it("shuts when the member is removed", async () => {
        const leaving = await makeMember(world.core, tenant.id);
        const theirs = await enterAs(world.core, leaving);
        await world.core.work(service(tenant.id, "test"), async (unit) => {
          const row = await unit.em.findOneOrFail(Member, { tenantId: tenant.id, id: leaving.memberId });
          row.status = "removed";
        });
        expect(await tryWith(theirs.token)).toBe("unauthenticated");
      });
    }

    it("shuts for all sessions at once when they are ended together", async () => {
      const [one, two] = [await enter(), await enter()];
      await world.core.work(system("test"), (unit) => endSessions(unit, member.accountId, "password", two.sessionId));
      expect(await tryWith(one.token)).toBe("unauthenticated");
      expect(await tryWith(two.token)).toBeNull();
    });
  });
}
