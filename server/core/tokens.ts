/** The only file that signs and reads JWTs. Each kind has its own audience and `typ`, so that one is never taken for another. */
import { errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import type { Clock } from "./clock.ts";
import { problem } from "./problem.ts";

export type TokenKind = "access" | "platform" | "visitor";

export interface Tokens {
  sign(kind: TokenKind, claims: Record<string, unknown>, ttlSeconds: number): Promise<string>;
  /** The claims, or `token_expired` / `unauthenticated`. */
  verify(kind: TokenKind, token: string): Promise<JWTPayload>;
  /** A token signed by somebody else with one of these shared secrets; null when none fits. Always HS256, always with an expiry. */
  verifyForeign(
    token: string,
    secrets: readonly string[],
    expected: { audience: string; maxAgeSeconds: number },
  ): Promise<JWTPayload | null>;
}

export function createTokens(options: { secret: string; clock: Clock }): Tokens {
  const key = new TextEncoder().encode(options.secret);
  const issuer = "switchboard";
  const audience = (kind: TokenKind) => `switchboard:${kind}`;
  return {
    sign(kind, claims, ttlSeconds) {
      const now = Math.floor(options.clock.now().getTime() / 1000);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256", typ: kind })
        .setIssuer(issuer)
        .setAudience(audience(kind))
        .setIssuedAt(now)
        .setExpirationTime(now + ttlSeconds)
        .sign(key);
    },
    async verify(kind, token) {
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ["HS256"],
          typ: kind,
          issuer,
          audience: audience(kind),
          currentDate: options.clock.now(),
        });
        return payload;
      } catch (error) {
        throw problem(error instanceof errors.JWTExpired ? "token_expired" : "unauthenticated");
      }
    },
    async verifyForeign(token, secrets, expected) {
      for (const secret of secrets) {
        try {
          const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
            algorithms: ["HS256"],
            audience: expected.audience,
            requiredClaims: ["sub", "exp"],
            currentDate: options.clock.now(),
          });
          const now = Math.floor(options.clock.now().getTime() / 1000);
          return payload.exp !== undefined && payload.exp <= now + expected.maxAgeSeconds ? payload : null;
        } catch {
          // This secret did not sign it, or the token is not acceptable: the next active secret may be the one.
        }
      }
      return null;
    },
  };
}
