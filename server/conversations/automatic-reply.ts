/** Whoever writes first outside the working hours is answered at once, in their language, and told when somebody is there again. */
import { translateTo } from "../../shared/i18n/index.ts";
import { isLanguage, pickLanguage, type Language } from "../../shared/i18n/languages.ts";
import { whenWords } from "../../shared/i18n/when-words.ts";
import type { HoursSettings } from "../../shared/model/settings.ts";
import { createWhen } from "../../shared/model/when.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { service } from "../core/actor.ts";
import { reaction } from "../core/jobs/define.ts";
import { hoursOf, settingsOf } from "../tenants/index.ts";
import { Visitor } from "../visitors/index.ts";
import { lockConversation } from "./access.ts";
import { Conversation } from "./entities.ts";
import { messageAdded } from "./news.ts";
import { writeMessage } from "./write-message.ts";

/** With the conversation's it makes the message's id: however often this runs, there is one. */
const half = "a07a71c0-5e1f-7000-8000-000000000000";

export const automaticReply = {
  ...reaction("conversations.automatic_reply", messageAdded, async (core, { tenantId, payload: { conversationId, visitorId }, at }) => {
    const [settings, { first }, hours] = await Promise.all([
      settingsOf(core, tenantId, "hours"),
      settingsOf(core, tenantId, "languages"),
      hoursOf(core, tenantId),
    ]);
    const now = core.clock.now().getTime();
    // Neither then nor now: what the queue brings late must not say that nobody is there.
    if (!settings.automaticReply.enabled || hours.isOpen(at.getTime()) || hours.isOpen(now)) return;
    await core.work(service(tenantId, "automatic reply"), async (unit) => {
      await lockConversation(unit, conversationId);
      const conversation = await unit.em.findOne(Conversation, { tenantId, id: conversationId });
      // Somebody was faster, outside the hours or not.
      if (conversation?.status !== "open" || conversation.waitingSince === null) return;
      const visitor = visitorId === null ? null : await unit.em.findOne(Visitor, { tenantId, id: visitorId });
      const body = textFor(settings, visitor?.language ?? "", first, hours.nextOpening(now), now);
      if (body === null) return;
      const id = pairId(conversationId, half);
      await writeMessage(unit, { id, conversationId, kind: "system", authorId: null, senderDevice: null, body, mentions: [] });
    });
  }),
  when: (payload: Record<string, unknown>) => payload["kind"] === "visitor" && payload["visible"] === 1,
};

/** In the visitor's language, else in the tenant's first, else in whichever it was written. */
function textFor(
  { automaticReply: { texts }, zone }: HoursSettings,
  wish: string,
  first: Language,
  opens: number | null,
  now: number,
): string | null {
  const written = Object.keys(texts).filter((language): language is Language => isLanguage(language) && texts[language] !== "");
  const [other] = written;
  if (other === undefined) return null;
  const language = pickLanguage([wish], written, written.includes(first) ? first : other);
  const text = texts[language] ?? "";
  if (opens === null) return text;
  const time = createWhen({ language, zone, words: whenWords[language] }).dayTimeInZone(opens, now);
  return `${text}\n${translateTo(language)("templates.opens_again", { time })}`;
}
