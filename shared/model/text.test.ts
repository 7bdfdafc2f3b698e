/** Covers SECURITY. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  contradicts,
  countGraphemes,
  escapeMarkup,
  graphemes,
  hasRightToLeft,
  linkify,
  oneLine,
  plainLine,
  safeHref,
  truncate,
  withoutHiddenMarks,
} from "./text.ts";

const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.webUrl(), fc.emailAddress());

const links = (text: string) => linkify(text).flatMap((one) => (one.kind === "link" ? [[one.text, one.href, one.mismatch]] : []));

describe("characters", () => {
  it("are counted as people see them", () => {
    expect(countGraphemes("สวัสดีค่ะ")).toBe(6);
    expect(countGraphemes("👨‍👩‍👧🇹🇭é")).toBe(3);
    expect(countGraphemes("plain")).toBe(5);
    expect(countGraphemes("")).toBe(0);
  });

  it("are never broken by cutting", () => {
    expect(truncate("สวัสดีค่ะ", 3)).toBe("สวั…");
    expect(truncate("short", 5)).toBe("short");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, most) => {
        const cut = truncate(text, most);
        expect(countGraphemes(cut)).toBeLessThanOrEqual(most);
        if (cut !== text && most > 0) {
          expect(cut.endsWith("…")).toBe(true);
          expect(text.startsWith(cut.slice(0, -1))).toBe(true);
        }
      }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(graphemes(text).join("")).toBe(text);
      }),
    );
  });

  it("make one line for a list", () => {
    expect(oneLine("Hello\n\n  there,\tMali  ", 40)).toBe("Hello there, Mali");
    fc.assert(
      fc.property(anything, (text) => {
        expect(oneLine(text, 30)).not.toMatch(/[\n\r\t]|\u202e/);
      }),
    );
  });
});

describe("hidden marks", () => {
  it("go, and what is written with joiners stays", () => {
    expect(withoutHiddenMarks("invoice\u202efdp.exe")).toBe("invoicefdp.exe");
    expect(withoutHiddenMarks("pay\u200bpal\u2060 \ufeff")).toBe("paypal ");
    expect(withoutHiddenMarks("👨‍👩‍👧 می‌خواهم")).toBe("👨‍👩‍👧 می‌خواهم");
  });

  it("never reach a header or a log line", () => {
    expect(plainLine(" Anna\r\nBcc: everybody\u2028 ")).toBe("Anna Bcc: everybody");
    fc.assert(
      fc.property(anything, (text) => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]/u);
      }),
    );
  });

  it("are told from text that really runs the other way", () => {
    expect(hasRightToLeft("هل يمكن KT-3391")).toBe(true);
    expect(hasRightToLeft("ไทย 日本")).toBe(false);
  });
});

describe("markup", () => {
  it("cannot come out of escaped text", () => {
    expect(escapeMarkup(`<a href="x" o='y'>&\``)).toBe("&#60;a href=&#34;x&#34; o=&#39;y&#39;&#62;&#38;&#96;");
    fc.assert(
      fc.property(anything, (text) => {
        expect(escapeMarkup(text).replace(/&#\d+;/g, "")).not.toMatch(/[<>"'`&]/);
      }),
    );
  });
});

describe("links", () => {
  it("are found where people write them", () => {
    expect(links("See https://shop.example/a?b=1#c, or www.shop.example.")).toEqual([
      ["https://shop.example/a?b=1#c", "https://shop.example/a?b=1#c", false],
      ["www.shop.example", "https://www.shop.example/", false],
    ]);
    expect(links("Mail anna@shop.example; call tel:+66812345678!")).toEqual([
      ["anna@shop.example", "mailto:anna@shop.example", false],
      ["tel:+66812345678", "tel:+66812345678", false],
    ]);
    expect(links("(https://shop.example/x_(y)) こちら（https://shop.example/茶）。")).toEqual([
      ["https://shop.example/x_(y)", "https://shop.example/x_(y)", false],
      ["https://shop.example/茶", "https://shop.example/%E8%8C%B6", false],
    ]);
  });

  it("are made of nothing but web, mail and phone addresses", () => {
    for (const text of [
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)//https",
      "data:text/html,<script>alert(1)</script>",
      "vbscript:x",
      "file:///etc/passwd",
      "switchboard://conversation/1",
      "java\u200bscript:alert(1)",
      "tel:*#06#",
      "https://",
      "http:///x",
      "ssh://host.example",
    ])
      expect([text, links(text)]).toEqual([text, []]);
  });

  it("are followed only by a scheme that is allowed, wherever the address comes from", () => {
    expect(["https://shop.example/a b", "HTTP://Shop.example", "mailto:a@b.example?bcc=c@d.example", "tel:+66 81"].map(safeHref)).toEqual([
      "https://shop.example/a%20b",
      "http://shop.example/",
      "mailto:a@b.example",
      "tel:+66 81",
    ]);
    for (const address of [
      "javascript:alert(1)",
      " javascript:alert(1)",
      "java\nscript:alert(1)",
      "data:text/html,x",
      "file:///etc",
      "switchboard://x",
      "//shop.example",
      "shop.example",
      "",
      "https://",
    ])
      expect([address, safeHref(address)]).toEqual([address, null]);
  });

  it("carry no headers into a mail", () => {
    expect(links("mailto:a@b.example?cc=all@b.example&body=x")[0]?.[1]).toBe("mailto:a@b.example");
  });

  it("say when they lead elsewhere than they look", () => {
    expect(links("https://shop.example@evil.example/")[0]?.[2]).toBe(true);
    expect(links("https://ехample.com/")[0]?.[2]).toBe(true);
    expect(links("https://shop\u202e.example/")[0]).toEqual(["https://shop.example/", "https://shop.example/", false]);
    expect(links("https://SHOP.example/")[0]?.[2]).toBe(false);
    expect(contradicts("www.bank.example", "https://bank.example/login")).toBe(false);
    expect(contradicts("https://bank.example", "https://bank.example.evil.example/")).toBe(true);
    expect(contradicts("Open your account", "https://evil.example/")).toBe(false);
    expect(contradicts("bank\u200b.example", "https://evil.example")).toBe(true);
  });

  it("lose no text and allow no other scheme, whatever is written", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anything, fc.constantFrom(" ", "javascript:", "https://", "www.", "mailto:", "@", "<", "(", ")")), {
          maxLength: 6,
        }),
        (parts) => {
          const text = parts.join("");
          const segments = linkify(text);
          expect(segments.map((one) => one.text).join("")).toBe(withoutHiddenMarks(text));
          for (const one of segments) {
            expect(one.text).not.toBe("");
            if (one.kind === "link") expect(one.href).toMatch(/^(https?:\/\/|mailto:|tel:)[^\s<>"]*$/);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("are found in long messages without delay", () => {
    const hostile = `${"a".repeat(5_000)}@${"a.".repeat(2_000)} ${"https://".repeat(1_000)} ${"(".repeat(3_000)}`;
    expect(linkify(hostile).length).toBeGreaterThan(0);
  }, 1_000);
});
