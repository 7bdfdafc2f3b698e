import { expect, it, onTestFinished } from "vitest";
import { openSimulated } from "../testing/simulated-console.ts";
import { createSimulated, visitorSays } from "../testing/simulated.ts";

const replies = [
  { title: "Bowls", text: "They are hand-thrown.", shortcut: "bowl", folder: "Products", language: "en" },
  { title: "ค่าส่ง", text: "ส่งฟรี", shortcut: "shipth", folder: "Delivery", language: "th" },
  { title: "Price", text: "Shipping is free.", shortcut: "ship", folder: "Delivery", language: "en" },
  { title: "Thanks", text: "Thank you.", shortcut: null, folder: null, language: null },
];

async function open() {
  const sim = createSimulated(5);
  const contactOf = new Map(sim.database.list("conversation").map(({ id, contactId }) => [id, contactId]));
  const [conversation] = sim.database.list("conversation").filter(({ status, contactId }) => status === "open" && contactId !== null);
  if (!conversation) throw new Error("no open conversation");
  visitorSays(sim, conversation.id, "Hello");
  const made = await openSimulated({ sim, member: 0 });
  onTestFinished(() => made.remove());
  const { page, tenantId, pass } = made;
  for (const reply of replies) await page.do("mutate", { tenantId, name: "saveReply", args: { id: sim.newId(), ...reply } });
  const speaks = async (language: string | null) => {
    await page.do("mutate", {
      tenantId,
      name: "updateContact",
      args: { contactId: contactOf.get(conversation.id) ?? "", changes: { language } },
    });
    await pass(1_000);
  };
  const titles = async (text: string, here = true) =>
    (await page.ask("replies.find", { tenantId, text, ...(here ? { conversationId: conversation.id } : {}) })).items
      .filter(({ title }) => replies.some((reply) => reply.title === title))
      .map(({ title }) => title);
  return { ...made, speaks, titles };
}

it("the contact's language comes first, then what has no language, then the others", async () => {
  const { speaks, titles } = await open();
  await speaks("th-TH");
  expect(await titles("")).toEqual(["ค่าส่ง", "Thanks", "Bowls", "Price"]);
  await speaks("en");
  expect(await titles("")).toEqual(["Bowls", "Price", "Thanks", "ค่าส่ง"]);
  // Nobody asks for a conversation, or nobody knows what is spoken: as it was.
  await speaks(null);
  const usual = await titles("");
  expect(await titles("", false)).toEqual(usual);
  expect(usual.indexOf("Bowls")).toBeLessThan(usual.indexOf("Price"));
});

it("an exact shortcut stands before every language", async () => {
  const { speaks, titles } = await open();
  await speaks("th");
  expect(await titles("ship")).toEqual(["Price", "ค่าส่ง"]);
});

it("the folder is looked for, too, and languages are told apart only where there are several", async () => {
  const { page, tenantId, titles } = await open();
  expect((await titles("delivery")).toSorted()).toEqual(["Price", "ค่าส่ง"]);
  const found = await page.ask("replies.find", { tenantId, text: "bowl" });
  expect(found.severalLanguages).toBe(true);
  expect(found.items).toMatchObject([{ title: "Bowls", folder: "Products", language: "en" }]);
});
