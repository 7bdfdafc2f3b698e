/** Canned replies as the composer finds them. */
import { fakeId } from "./ids.ts";
import type { Input } from "./state.ts";

const replies = [
  {
    shortcut: "ship-th",
    title: "Delivery cost in Thailand",
    text: "Delivery to {{contact.city|Chiang Mai}} costs {{ask:delivery price}} and takes {{ask:number}} days.",
  },
  { shortcut: "ship-abroad", title: "Delivery abroad and customs", text: "We ship to {{ask:country}}. Customs are paid on arrival." },
  {
    shortcut: "shipped",
    title: "Your parcel is on its way",
    text: "Hello {{contact.firstName|there}}, your parcel {{ask:parcel number}} is on its way.",
  },
  { shortcut: "thanks", title: "Thanks and goodbye", text: "Thank you, {{contact.firstName|have a nice day}}." },
  { shortcut: "khopkhun", title: "ขอบคุณและลาก่อน", text: "ขอบคุณค่ะ", language: "th" as const },
].map((reply) => ({
  language: "en" as const,
  ...reply,
  id: fakeId(`reply ${reply.shortcut}`),
  folder: reply.shortcut.startsWith("ship") ? "Delivery" : null,
  scope: "tenant" as const,
}));

export const findReplies = (input: Input) => ({
  items: replies.filter(
    (reply) => reply.shortcut.startsWith(String(input["text"])) || reply.title.toLowerCase().includes(String(input["text"]).toLowerCase()),
  ),
  severalLanguages: true,
});
