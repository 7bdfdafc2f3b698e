import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { foldText, fts5Tokenizer, matchesQuery, phoneDigits, queryWords, searchText, searchWords, toFts5, toTsquery } from "./search.ts";

interface Sqlite {
  DatabaseSync: new (file: string) => {
    exec(sql: string): void;
    prepare(sql: string): { run(...values: unknown[]): unknown; all(...values: unknown[]): Record<string, unknown>[] };
    close(): void;
  };
}
// By a name that the compiler does not follow: this folder is checked without Node's types, so that its sources cannot use Node.
const sqlite: string = "node:sqlite";
const { DatabaseSync } = (await import(sqlite)) as Sqlite;

const anything = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary-ascii" }));

describe("folding", () => {
  it("drops what people do not type", () => {
    expect(foldText("Café CRÈME")).toBe("cafe creme");
    expect(foldText("ЁЛКА")).toBe("елка");
    expect(foldText("Чай")).toBe("чай");
    expect(foldText("Straße ØRSTED Łódź")).toBe("strasse orsted lodz");
    expect(foldText("ΟΔΟΣ")).toBe(foldText("οδος"));
    expect(foldText("İstanbul")).toBe("istanbul");
    expect(foldText("ｶﾞﾗｽ ＡＢＣ１２３")).toBe("ガラス abc123");
    expect(foldText("๐๘๑ ٢٣")).toBe("081 23");
    expect(foldText("soft\u00adhyphen \u202eevil")).toBe("softhyphen evil");
  });

  it("keeps Thai and Japanese whole", () => {
    expect(foldText("น้ำ")).toBe("น้ำ");
    expect(foldText("น\u0e4d\u0e49\u0e32")).toBe("น้ำ");
    expect(foldText("เเดง")).toBe("แดง");
    expect(foldText("がぎぐ パ")).toBe("がぎぐ パ");
  });

  it("is done after one time", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = foldText(text);
        expect(foldText(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("words", () => {
  it("are cut by dictionary where no spaces are written", () => {
    expect(searchWords("กระเป๋าสีแดงยังมีของไหมคะ")).toContain("กระเป๋า");
    expect(searchWords("予約変更をお願いします")).toEqual(expect.arrayContaining(["予約", "変更"]));
    expect(searchWords("ส่งของ by DHL ค่ะ")).toEqual(expect.arrayContaining(["ส่ง", "ของ", "by", "dhl"]));
  });

  it("keep the names of programming languages apart", () => {
    expect(searchWords("C++ and C#, not C")).toEqual(["cplusplus", "and", "csharp", "not", "c"]);
    expect(searchWords("1+1 a+b #3391")).toEqual(["1", "1", "a", "b", "3391"]);
  });

  it("are the same by the short way that most texts take", () => {
    const letters = fc.stringMatching(/^[abZ0-9 \-().+#/_'"]{0,120}$/);
    fc.assert(
      fc.property(
        fc.oneof(letters, fc.string({ unit: "binary-ascii" }), fc.stringMatching(/^[ -~]{0,10}[a-z0-9]{60,70}[ -~]{0,10}$/)),
        (text) => {
          expect(searchText(text)).toBe(searchWords(text).join(" "));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("hold a phone number as one, however it is written", () => {
    for (const written of ["+66 81 234 5678", "(081) 234-5678", "0812345678", "๐๘๑-๒๓๔-๕๖๗๘"])
      for (const typed of ["081 234 5678", "+66812345678", "12345678"])
        expect([written, typed, matchesQuery(`call ${written} now`, typed)]).toEqual([written, typed, true]);
    expect(phoneDigits("081-234-5678")).toBe("0812345678");
    expect(phoneDigits("no phone")).toBeNull();
    expect(phoneDigits("12345678901234567890")).toBeNull();
  });
});

describe("queries", () => {
  it("quote every word and leave the last one open", () => {
    expect(toFts5('late "order')).toBe('"late" "order"*');
    expect(toTsquery("late order")).toBe("'late' & 'order':*");
    expect(toFts5("c++")).toBe('"cplusplus"*');
    expect(toFts5('"')).toBeNull();
    expect(toTsquery(" ' \\ : & | ! ")).toBeNull();
    expect(toFts5("NEAR(a b) OR NOT c*")).toBe('"near" "a" "b" "or" "not" "c"*');
  });

  it("find what was indexed, by any beginning of the last word", () => {
    for (const [text, query] of [
      ["Crème brûlée for table 4", "creme bru"],
      ["ёлка у окна", "елка"],
      ["มีกระเป๋าสีแดงไหมคะ", "กระเป๋า"],
      ["空いている予約を変更できますか", "予約"],
      ["東京都庁へ行く", "東京都"],
      ["write to anna.berg@shop.example", "anna.berg@shop"],
      ["order KT-3391 is late", "kt-3391"],
    ] as const)
      expect([text, query, matchesQuery(text, query)]).toEqual([text, query, true]);
    expect(matchesQuery("only this", "that")).toBe(false);
  });

  it("are the same whether a text is plain or has a foreign word as well", () => {
    const plain = fc.oneof(fc.string({ unit: fc.constantFrom(...Array.from("aB9 +#-('_.c")) }), fc.string({ unit: "grapheme-ascii" }));
    fc.assert(
      fc.property(plain, (text) => {
        expect(searchWords(`${text} ж`).filter((word) => word !== "ж")).toEqual(searchWords(text));
      }),
    );
  });

  it("find any word of any text again", () => {
    fc.assert(
      fc.property(anything, (text) => {
        for (const word of searchWords(text).slice(0, 5)) if (queryWords(word).length > 0) expect(matchesQuery(text, word)).toBe(true);
      }),
    );
  });

  it("carry nothing but words, so that no input is an operator", () => {
    fc.assert(
      fc.property(anything, (input) => {
        for (const { text } of queryWords(input)) expect(text).toMatch(/^[\p{L}\p{N}\p{M}]{1,80}$/u);
        expect(toTsquery(input) ?? "'x'").toMatch(/^'[^'\\]+'(:\*)?( & '[^'\\]+'(:\*)?)*$/u);
        expect(queryWords(input).length).toBeLessThanOrEqual(16);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("in FTS5", () => {
  const database = new DatabaseSync(":memory:");
  database.exec(`create virtual table found using fts5(words, tokenize = "${fts5Tokenizer}")`);
  const insert = database.prepare("insert into found(rowid, words) values (?, ?)");
  const match = database.prepare("select rowid from found where found match ?");
  afterAll(() => {
    database.close();
  });

  it("no input is a syntax error", () => {
    fc.assert(
      fc.property(anything, (input) => {
        const query = toFts5(input);
        if (query !== null) match.all(query);
      }),
      { numRuns: 1000 },
    );
  });

  it("cuts exactly where we do", () => {
    const texts = ["สวัสดีค่ะ ต้องการเปลี่ยนที่อยู่จัดส่ง", "お茶会の予約を変更できますか", "C++ сёгун naïve", "call +66 81 234 5678"];
    for (const [index, text] of texts.entries()) insert.run(index + 1, searchText(text));
    for (const [index, text] of texts.entries())
      for (const word of searchWords(text)) expect(match.all(toFts5(word) ?? "").map((row) => row["rowid"])).toContain(index + 1);
    expect(match.all('"ส"')).toEqual([]);
  });
});
