import { expectAccessible } from "../accessible.ts";
import { sitDown } from "../console.ts";
import { expect, test } from "../journey.ts";
import { openShop } from "../shop.ts";

const admin = { email: "reef@bluebay.example", password: "the tide comes in at six" };
const mostActions = 25;
const mostSeconds = 60;

test("from sign-up to the first answered visitor, in few steps and a minute of the machine's time", async ({
  page: person,
  browser,
  installation,
  mailTo,
  picture,
}) => {
  const shop = await openShop();
  let actions = 0;
  /** One thing that a person does: an address opened, a field filled, a button pressed. */
  const doing = async <T>(what: Promise<T>): Promise<T> => {
    actions += 1;
    return what;
  };
  const began = performance.now();
  const desk = await sitDown(browser, installation);
  const console = desk.page;
  const visitor = await (await browser.newContext({ locale: "en-GB" })).newPage();
  try {
    await doing(person.goto("/signup"));
    await doing(person.getByLabel("Name of your business").fill("Blue Bay Surf"));
    await doing(person.getByLabel("Your website").fill(shop.domain));
    await doing(person.getByLabel("Your name").fill("Opal Reef"));
    await doing(person.getByLabel("Your e-mail").fill(admin.email));
    await doing(person.getByLabel("Password").fill(admin.password));
    await doing(person.getByRole("button", { name: "Create Switchboard" }).click());
    await expect(person).toHaveURL(/signed-up/);
    const mail = await mailTo(admin.email);
    await doing(person.goto(`/demo/mail/${mail.id}`));
    await doing(person.locator("pre a").first().click());
    await expect(person.getByText("Your address is confirmed")).toBeVisible();

    await doing(console.getByLabel("E-mail").fill(admin.email));
    await doing(console.getByLabel("Password").fill(admin.password));
    await doing(console.keyboard.press("Enter"));
    await doing(console.getByText("Blue Bay Surf").click());
    const card = console.getByRole("region", { name: "Set up your tenant" });
    await expect(card).toBeVisible({ timeout: 20_000 });
    await picture(console, "first-run");

    // The snippet is copied into the site, whose first page turns the line green.
    await doing(card.getByRole("button", { name: /The widget on your site/ }).click());
    const snippet = card.getByRole("region", { name: "Snippet" });
    await expect(snippet).toContainText("data-tenant=");
    await expect(card.getByText("Waiting for the first page")).toBeVisible();
    shop.paste((await snippet.textContent()) ?? "");
    await doing(visitor.goto(shop.url));
    await expect(card.getByText(/We see your widget/)).toBeVisible();
    await picture(console, "first-run-seen");

    // Whatever the hour is: open around the clock.
    await doing(
      card
        .getByRole("button", { name: /Working hours/ })
        .first()
        .click(),
    );
    await doing(card.getByRole("button", { name: "Open working hours" }).click());
    await doing(console.getByText("Open at every hour of every day").click());
    await doing(console.getByRole("button", { name: "Publish", exact: true }).click());
    await expect(console.getByRole("button", { name: "Version 2" })).toBeVisible();

    await doing(visitor.getByRole("button", { name: "Chat" }).click());
    const chat = visitor.frameLocator("iframe");
    const write = chat.getByRole("textbox", { name: "Write a message" });
    await doing(write.fill("Do you rent longboards?"));
    await doing(write.press("Enter"));
    await expect(chat.getByText("Do you rent longboards?")).toBeVisible();

    // It waits for a moment, and is then given to the one who is there.
    await doing(
      console
        .getByRole("region", { name: "Alarms" })
        .getByRole("button", { name: /^(Take|Open)/ })
        .first()
        .click(),
    );
    const reply = console.getByRole("textbox", { name: /reply/i }).first();
    await doing(reply.fill("We do, from nine to six."));
    await doing(reply.press("Enter"));
    await expect(chat.getByText("We do, from nine to six.")).toBeVisible();
    const seconds = (performance.now() - began) / 1_000;
    test.info().annotations.push({ type: "figure", description: `${actions} actions, ${seconds.toFixed(1)} s` });
    expect(actions).toBeLessThanOrEqual(mostActions);
    expect(seconds).toBeLessThan(mostSeconds);

    // What is done is done, what can wait waits; a message of one's own rings like any other.
    await console.getByRole("button", { name: "Set up, 3 of 5 done" }).click();
    await card.getByRole("button", { name: "Invite a colleague" }).click();
    await card.getByLabel("E-mail").fill("not an address");
    await card.getByRole("button", { name: "Send invitation" }).click();
    await expect(card.getByText("Write an address like name@shop.example.")).toBeVisible();
    await card.getByLabel("E-mail").fill("kai@bluebay.example");
    await card.getByRole("button", { name: "Send invitation" }).click();
    await expect(card.getByRole("progressbar")).toHaveAttribute("value", "4");
    expect((await mailTo("kai@bluebay.example")).subject).toContain("Blue Bay Surf");
    await card.getByRole("button", { name: /A first message/ }).click();
    await card.getByRole("button", { name: "Ring my console" }).click();
    await expect(console.getByText("Test visitor").first()).toBeVisible();
    await picture(console, "first-run-rings");
    await expectAccessible(console);

    // What the tenant was shown from its first minute is looked at, and goes with one press; what is real stays.
    const list = console.getByRole("region", { name: "Conversations" });
    await expect(card.getByText("3 conversations in your inbox are samples.")).toBeVisible();
    await expect(list.getByText("Sample", { exact: true })).toHaveCount(3);
    await list.getByText("Nina Keller").click();
    await expect(console.getByText("This is a sample")).toBeVisible();
    await expect(console.getByText("Hello, I ordered on Monday. When will my parcel arrive?").first()).toBeVisible();
    await picture(console, "first-run-sample");
    await expectAccessible(console);
    await card.getByRole("button", { name: "Remove samples" }).click();
    await console.getByRole("alertdialog").getByRole("button", { name: "Remove samples" }).click();
    await expect(list.getByText("Sample", { exact: true })).toHaveCount(0);
    await expect(list.getByText("Nina Keller")).toHaveCount(0);
    await expect(list.getByText("Test visitor")).toBeVisible();
    await expect(card.getByText(/are samples/)).toHaveCount(0);

    // Made small it stays, put away it is gone, also after a restart.
    await card.getByRole("button", { name: "Later: make it small" }).click();
    await console.getByRole("button", { name: "Set up, 4 of 5 done" }).click();
    await card.getByRole("button", { name: "Put it away" }).click();
    await expect(card).toHaveCount(0);
  } finally {
    await visitor.context().close();
    await desk.close();
    await shop.close();
  }
});
