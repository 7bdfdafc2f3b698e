/** Where the widget may be, and for whom: taken away from a chat that is open, and given back. */
import { expectAccessible } from "../../accessible.ts";
import { changeSettings, memberOf, settingsNow } from "../../tenant.ts";
import { mali, preeya } from "../../console.ts";
import { expect, test } from "../../journey.ts";
import { has, heldTo, lacks, liveWithin, save } from "../../settings.ts";
import { openShop } from "../../shop.ts";

test("a site and a visitor without a name are shut out at once, and are welcome when the chat is opened again", async ({
  desk: sitDown,
  installation,
  page: site,
  picture,
}) => {
  test.setTimeout(180_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown(preeya);
  const held = { mine, others: [other], picture };

  // A customer's own site; the own machine by its own name is always let in.
  const shop = await openShop();
  const address = shop.url.replace("//localhost", "//studio.localhost");
  const entry = new URL(address).origin;
  const slug = /data-tenant="([^"]+)"/.exec(await (await fetch(`${installation.url}/demo/`)).text())?.[1] ?? "";
  shop.paste(`<script src="${installation.url}/widget.js" data-tenant="${slug}"></script>`);
  const admin = await memberOf(installation, mali);
  const { entries } = await settingsNow(admin, "domains");
  const putBack = await changeSettings(admin, "domains", { entries: [...entries, entry] });
  await site.goto(address);
  const launcher = site.getByRole("button", { name: "Chat" });
  await launcher.click();
  const chat = site.frameLocator("iframe").getByRole("main");
  await expect(chat.getByRole("textbox", { name: "Write a message" })).toBeVisible();
  const openAgain = async () => {
    await chat.getByRole("button", { name: "Close" }).click();
    await launcher.click();
  };

  await test.step("domains", async () => {
    const sites = other.getByRole("group", { name: "Sites" });
    const elsewhere = "This chat is not available on this page.";
    await heldTo({
      ...held,
      page: "Domains",
      wrong: {
        async say() {
          await mine.getByLabel("Another site").fill("*");
          await mine.getByRole("button", { name: "Add site" }).click();
        },
        sentence: /A star stands for one name in front/,
      },
      async right() {
        await mine.getByLabel("Another site").fill("");
        await mine.getByRole("button", { name: `Remove ${entry}` }).click();
        // An address is taken as people copy it.
        await mine.getByLabel("Another site").fill("https://Shop2.example/start");
        await mine.getByLabel("Another site").press("Enter");
        await expect(mine.getByText("Not yet published")).toBeVisible();
        return save(mine, "Publish");
      },
      seen: {
        "a second console": { at: sites, before: has(entry), after: lacks(entry) },
        "a second console, of the new site": { at: sites, before: lacks("shop2.example"), after: has("shop2.example") },
        "an open widget": { at: chat, before: lacks(elsewhere), after: has(elsewhere), again: openAgain },
      },
    });
  });

  await test.step("identity verification", async () => {
    const shut = "Sign in on this page to chat.";
    const secrets = { at: other.getByRole("region", { name: "Secrets" }), before: lacks("Mali Srisuk"), after: has("Mali Srisuk") };
    const enforce = /Only visitors/;
    await heldTo({
      ...held,
      page: "Identity verification",
      wrong: {
        // Without a secret everybody would be shut out: that cannot even be chosen.
        say: () => expect(mine.getByRole("switch", { name: enforce })).toBeDisabled(),
        sentence: /Make a secret and sign with it/,
      },
      async right() {
        await liveWithin(mine, "A secret", mine.getByRole("button", { name: "Make a secret" }), { "a second console": secrets });
        // It is shown this once.
        const secret = (await mine.getByRole("region", { name: "The new secret" }).textContent()) ?? "";
        expect(secret).toMatch(/^sw_/);
        await picture(mine, "settings-identity-verification-secret");
        await expectAccessible(mine);
        await mine.getByRole("button", { name: "I have kept it" }).click();
        await expect(mine.getByText(secret)).toHaveCount(0);
        return mine.getByText(enforce);
      },
      seen: {
        "a second console": { at: other.getByRole("switch", { name: enforce }), before: "false", after: "true" },
        "an open widget": { at: chat, before: lacks(shut), after: has(shut), again: openAgain },
      },
    });
    // The next one takes over; what was revoked may be known to somebody, never counts again, and this is asked before.
    await mine.getByRole("button", { name: "Make the next secret" }).click();
    const revoke = mine.getByRole("button", { name: "Revoke secret" });
    await expect(revoke).toHaveCount(2);
    const surely = mine.getByRole("alertdialog").getByRole("button", { name: "Revoke secret" });
    await revoke.first().click();
    await surely.click();
    await expect(revoke).toHaveCount(1);
    await revoke.click();
    await liveWithin(mine, "A secret, revoked", surely, { "a second console": secrets }, "before");
  });
  await putBack();
  await shop.close();
});
