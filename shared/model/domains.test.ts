/** Covers SECURITY W-05. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOriginCheck, formatDomain, frameAncestors, originOf, parseDomain } from "./domains.ts";

const stored = (input: string) => {
  const parsed = parseDomain(input);
  return parsed.ok ? formatDomain(parsed.domain) : `! ${parsed.problem}`;
};

describe("entries", () => {
  it("are read as people type and paste them", () => {
    expect(stored(" Shop.Example ")).toBe("shop.example");
    expect(stored("https://shop.example/products?id=1#top")).toBe("shop.example");
    expect(stored("http://shop.example")).toBe("http://shop.example");
    expect(stored("shop.example:443")).toBe("shop.example");
    expect(stored("http://shop.example:80")).toBe("http://shop.example");
    expect(stored("*.shop.example:8443")).toBe("*.shop.example:8443");
    expect(stored("https://*.shop.example")).toBe("*.shop.example");
    expect(stored("BÜCHER.example")).toBe("xn--bcher-kva.example");
    expect(stored("ไทย.example")).toBe("xn--o3cw4h.example");
    expect(stored("localhost:3000")).toBe("localhost:3000");
    expect(stored("https://localhost")).toBe("https://localhost");
    expect(stored("[::1]:3000")).toBe("[::1]:3000");
  });

  it("are refused with a reason when they would mean something else than they seem to", () => {
    const wrong = {
      "": "empty",
      "   ": "empty",
      "*": "wildcard",
      "*.com": "wildcard",
      "*.*.example": "wildcard",
      "shop.*.example": "wildcard",
      "*shop.example": "wildcard",
      "*.127.0.0.1": "wildcard",
      "*.localhost": "wildcard",
      shop: "not_a_domain",
      "shop..example": "not_a_domain",
      "-shop.example": "not_a_domain",
      "user:pass@shop.example": "not_a_domain",
      "shop.example%2eevil.example": "not_a_domain",
      "shop example": "not_a_domain",
      "shop.example.": "not_a_domain",
      "ftp://shop.example": "scheme",
      "javascript://shop.example": "scheme",
    };
    for (const [input, problem] of Object.entries(wrong)) expect([input, stored(input)]).toEqual([input, `! ${problem}`]);
    expect(stored(`${"a".repeat(300)}.example`)).toBe("! too_long");
  });

  it("stay the same when they are stored and read again", () => {
    fc.assert(
      fc.property(
        fc.domain(),
        fc.boolean(),
        fc.option(fc.integer({ min: 1, max: 65_535 }), { nil: null }),
        fc.constantFrom("", "http://", "https://"),
        (host, wildcard, port, scheme) => {
          const once = stored(`${scheme}${wildcard ? "*." : ""}${host}${port === null ? "" : `:${port}`}`);
          if (!once.startsWith("!")) expect(stored(once)).toBe(once);
        },
      ),
    );
  });

  it("never make the reader throw", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (entry, origin) => {
        const parsed = parseDomain(entry);
        expect(typeof parsed.ok).toBe("boolean");
        expect(typeof createOriginCheck([entry])(origin)).toBe("boolean");
        originOf(origin);
      }),
    );
  });
});

describe("the check of an origin", () => {
  const check = createOriginCheck([
    "example.com",
    "*.shop.example",
    "http://old.example",
    "dev.example:8443",
    "bücher.example",
    "localhost:3000",
    "not a domain",
  ]);

  it("lets in exactly what is listed", () => {
    for (const origin of [
      "https://example.com",
      "https://EXAMPLE.com",
      "HTTPS://example.com",
      "https://example.com:443",
      "https://www.shop.example",
      "https://a.b.shop.example",
      "http://old.example",
      "https://dev.example:8443",
      "https://xn--bcher-kva.example",
      "https://bücher.example",
      "http://localhost:3000",
      "https://localhost:3000",
    ])
      expect([origin, check(origin)]).toEqual([origin, true]);
  });

  it("keeps out everything that looks like it", () => {
    for (const origin of [
      "https://evil-example.com",
      "https://example.com.evil",
      "https://example.com.evil.example",
      "https://evilexample.com",
      "https://www.example.com",
      "https://example.com.",
      "https://example.co",
      "https://xexample.com",
      "https://example.com@evil.example",
      "https://evil.example/example.com",
      "https://evil.example?https://example.com",
      "https://evil.example#example.com",
      "https://example.com\\.evil.example",
      "https://example.com%2eevil.example",
      "https://example.com:8443",
      "https://example.com:80",
      "http://example.com",
      "http://example.com:443",
      "https://shop.example",
      "https://evilshop.example",
      "https://.shop.example",
      "https://a.shop.example.evil",
      "https://old.example",
      "https://dev.example",
      "https://dev.example:8444",
      "https://ехample.com",
      "https://bucher.example",
      "http://localhost",
      "http://localhost:3001",
      "http://127.0.0.1:3000",
      "null",
      "",
      null,
      undefined,
      "file://",
      "file:///example.com",
      "chrome-extension://example.com",
      "data:text/html,https://example.com",
      "example.com",
      "//example.com",
      "https://example.com/",
      " https://example.com",
      "https://example.com ",
      "https://example.com\nhttps://evil.example",
      "https://example.com, https://evil.example",
      "https://exam\u200bple.com",
      "https://not a domain",
    ])
      expect([origin, check(origin)]).toEqual([origin, false]);
  });

  it("never lets a host in that does not end in a listed name at a dot", () => {
    fc.assert(
      fc.property(
        fc.domain(),
        fc.domain(),
        fc.string({ unit: fc.constantFrom("a", "-", ".", "z", "0"), maxLength: 6 }),
        (listed, other, glue) => {
          const wild = createOriginCheck([`*.${listed}`]);
          const exact = createOriginCheck([listed]);
          for (const host of [
            other,
            `${glue}${listed}`,
            `${other}${glue}${listed}`,
            `${listed}${glue}${other}`,
            `a.${listed}${glue}${other}`,
          ]) {
            if (wild(`https://${host}`)) expect(host.endsWith(`.${listed}`)).toBe(true);
            expect(exact(`https://${host}`)).toBe(host === listed);
          }
          expect(wild(`https://a.${listed}`)).toBe(true);
        },
      ),
    );
  });

  it("lets nobody in when nothing is listed", () => {
    expect(createOriginCheck([])("https://example.com")).toBe(false);
  });
});

describe("what goes with it", () => {
  it("names the same pages for frame-ancestors", () => {
    expect(frameAncestors(["example.com", "*.shop.example:8443", "http://old.example", "localhost:3000", "broken entry"])).toEqual([
      "https://example.com",
      "https://*.shop.example:8443",
      "http://old.example",
      "https://localhost:3000",
      "http://localhost:3000",
    ]);
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (entry) => {
        // Nothing that a tenant types can end the directive or start another one.
        for (const source of frameAncestors([entry])) expect(source).toMatch(/^https?:\/\/(\*\.)?[a-z0-9._[\]:-]+$/);
      }),
    );
  });

  it("takes the origin out of a referer", () => {
    expect(originOf("https://Example.com/path?q=1")).toBe("https://example.com");
    expect(originOf("http://example.com:8080/")).toBe("http://example.com:8080");
    for (const none of ["null", "", "file:///x", "about:blank", "data:text/html,x"]) expect(originOf(none)).toBeNull();
  });
});
