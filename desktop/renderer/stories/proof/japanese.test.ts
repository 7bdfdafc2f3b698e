/** What a reader of Japanese takes for granted. */
import { expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

it("no word is torn in two at the end of a line", () =>
  inStory(
    "settings-hours?lang=ja",
    async (page) => {
      const help = page.getByText("翌朝まで");
      await help.waitFor();
      const lines = await help.evaluate((element, word) => {
        const text = element.firstChild;
        if (text === null) throw new Error("nothing is written here");
        const range = document.createRange();
        const at = element.textContent.indexOf(word);
        range.setStart(text, at);
        range.setEnd(text, at + word.length);
        return { word: range.getClientRects().length, high: element.clientHeight };
      }, "翌朝まで");
      expect(lines.word).toBe(1);
      expect(lines.high).toBeGreaterThan(30);
    },
    { width: 1024, height: 700 },
  ));
