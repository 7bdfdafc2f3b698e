/** RELIABILITY F36: the visitor sends and is gone, to another page of the shop, within a moment. */
import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { createClient } from "@switchboard/shared/client/client.ts";
import { demoPassword, demoTenants } from "@switchboard/server/demo/people.ts";
import { bodyOf, readBody } from "../faults/history.ts";
import { createChance } from "../faults/random.ts";
import { expect, test } from "../journey.ts";

const seed = 36;
const times = 10;

test("what was sent while the page was left arrives once", async ({ desk: sitDown, page: shop, installation }) => {
  test.setTimeout(120_000);
  const chance = createChance(seed);
  // Where nobody is there, the widget takes a message and holds no conversation.
  await sitDown();
  await shop.goto("/demo/");
  await shop.getByRole("button", { name: "Chat" }).click();
  const chat = shop.frameLocator("iframe");
  const write = chat.getByRole("textbox", { name: "Write a message" });
  const sent = Array.from({ length: times }, (_, at) => bodyOf("leaver", "leaving", at + 1));
  for (const [at, body] of sent.entries()) {
    await write.fill(body);
    await write.press("Enter");
    await new Promise((resolve) => setTimeout(resolve, chance.below(50)));
    await shop.goto(`/demo/?page=${at}`, { waitUntil: "commit" });
  }
  await expect(chat.getByText(sent.at(-1) ?? "")).toBeVisible();

  const [tenant] = demoTenants;
  if (!tenant) throw new Error("There is no demo tenant.");
  const credentials = { email: tenant.admin.email, password: demoPassword };
  const { access } = await createClient({ baseUrl: installation.url, fetch }).call(accountsApi.signIn, { body: credentials });
  const api = createClient({ baseUrl: installation.url, fetch, token: () => access.token });
  const { items } = await api.call(conversationsApi.list, { query: { queue: "all" } });
  const mine = items.find(({ preview }) => readBody(preview)?.author === "leaver");
  const params = { conversationId: mine?.id ?? "" };
  const stored = async () => {
    const page = await api.call(conversationsApi.messages, { params, query: { limit: 100 } });
    return page.items.flatMap(({ body }) => (readBody(body)?.author === "leaver" ? [body] : []));
  };
  await expect.poll(stored).toEqual(sent);
});
