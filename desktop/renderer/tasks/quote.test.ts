import { describe, expect, it } from "vitest";
import { quoteMessage, titleOfMessage } from "./quote.ts";

describe("a quoted message", () => {
  it("marks every line and leaves room to write", () => {
    expect(quoteMessage("one\n\ntwo\n")).toBe("> one\n>\n> two\n\n");
  });
  it("lends its first line to a title, cut after a word", () => {
    expect(titleOfMessage("  Can you send\tthe label?\nThanks")).toBe("Can you send the label?");
    expect(titleOfMessage(`${"word ".repeat(20)}end`)).toBe(`${"word ".repeat(15)}word…`);
  });
  it("cuts no character in two, also where words have no spaces", () => {
    const thai = "ส่งไปเชียงใหม่ค่าส่งเท่าไหร่คะแล้วถ้าแตกระหว่างทางเคลมได้ไหมและขอใบกำกับภาษีด้วยนะคะขอบคุณมากค่ะ".repeat(2);
    const title = titleOfMessage(thai).slice(0, -1);
    const characters = (text: string) =>
      [...new Intl.Segmenter("th", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment);
    expect(characters(thai).slice(0, characters(title).length)).toEqual(characters(title));
    expect(characters(title).length).toBeLessThanOrEqual(80);
    expect(characters(titleOfMessage("x".repeat(200)))).toHaveLength(81);
  });
  it("is nothing for a message without words", () => {
    expect(quoteMessage(" \n ")).toBe("");
  });
});
