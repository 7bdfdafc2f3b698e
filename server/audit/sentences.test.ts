/** No kind of event without a sentence that a person understands, in every language. */
import { expect, it } from "vitest";
import { dictionaries } from "../../shared/i18n/index.ts";
import { languages } from "../../shared/i18n/languages.ts";
import { find, flatten, placeholdersOf, type Messages } from "../../shared/i18n/t.ts";
import { messageAdded } from "../conversations/index.ts";
import { registry } from "../features.ts";

/** A message is an entry of the log by itself and stands in no trail. */
const events = [...registry.events.values()].filter(({ type }) => type !== messageAdded.type);

it.each(languages)("every kind of event has a sentence and a group in %s", (language) => {
  const messages = dictionaries[language];
  expect(events.map(({ type }) => type).filter((type) => find(messages, `audit.say.${type}`) === undefined)).toEqual([]);
  const groups = new Set(events.map(({ type }) => type.split(".")[0] ?? type));
  expect([...groups].filter((group) => find(messages, `audit.group.${group}`) === undefined)).toEqual([]);
});

it.each(languages)("in %s each speaks only of what the event holds, and none is left over", (language) => {
  const sentences = flatten((dictionaries[language]["audit"] as Messages)["say"] as Messages); // a group of texts, by the test above
  const wrong = sentences.flatMap(([type, text]) => {
    const event = events.find((one) => one.type === type);
    if (!event) return [`${type} happens nowhere`];
    return placeholdersOf(text).flatMap((field) => (field === "who" || field in event.payload.shape ? [] : [`${type}: {${field}}`]));
  });
  expect(wrong).toEqual([]);
});
