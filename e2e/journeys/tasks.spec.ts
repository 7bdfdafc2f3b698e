import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { followupsApi } from "@switchboard/shared/api/followups.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import { createClient, type Client } from "@switchboard/shared/client/client.ts";
import { demoPassword, jonas, mali, preeya } from "../console.ts";
import type { Installation } from "../installation.ts";
import { expectAccessible } from "../accessible.ts";
import { expect, test } from "../journey.ts";

// What rings and what waits is counted here.
test.use({ ground: "tasks" });

/** From now until it rings: long enough for the server to plan the reminder, short enough to wait for. */
const soonMs = 8_000;

async function signIn({ url }: Installation, email: string): Promise<Client> {
  const { access } = await createClient({ baseUrl: url, fetch }).call(accountsApi.signIn, { body: { email, password: demoPassword } });
  return createClient({ baseUrl: url, fetch, token: () => access.token });
}

test("a task is made from a message without a line, seen by a colleague, spoken about, rung for and done once", async ({
  desk: sitDown,
  installation,
  picture,
}) => {
  test.setTimeout(180_000);
  const { page: desk, line } = await sitDown(mali);
  const { page: otherDesk } = await sitDown(mali);
  const { page: colleague } = await sitDown(preeya);
  const words = "ขอใบกำกับภาษีด้วยนะคะ";
  await colleague.keyboard.press("g");
  await colleague.keyboard.press("t");
  await expect(colleague.getByRole("heading", { name: "Tasks", level: 1 })).toBeVisible();

  // Two keystrokes on a message, while this computer alone has no line.
  await desk.getByText("สุพรรษา ศรีวัฒนานุกูลกิจ").first().click();
  const message = desk.getByRole("log").getByText(words);
  await expect(message).toBeVisible();
  line(false);
  await expect(desk.getByText(/^Offline/).first()).toBeVisible({ timeout: 20_000 });
  await message.click();
  await desk.keyboard.press("Shift+T");
  const dialog = desk.getByRole("dialog", { name: "New task" });
  await expect(dialog.getByLabel("Title")).toHaveValue(words);
  await expect(dialog.getByLabel("Description")).toHaveValue(`> ${words}\n\n`);
  await expect(dialog.getByText("Missing")).toBeVisible();
  await picture(desk, "console-task-dialog");
  await expectAccessible(desk);
  await desk.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);

  // It stands in its conversation and on the board, and says that it waits. Nobody else knows of it.
  const context = desk.getByRole("complementary", { name: "Contact" });
  await expect(context.getByRole("button", { name: words })).toBeVisible();
  await desk.keyboard.press("g");
  await desk.keyboard.press("t");
  const card = desk.locator("[data-column] button").filter({ hasText: words });
  await expect(card.getByText("Waiting to send")).toBeVisible();
  await picture(desk, "console-tasks");
  await expectAccessible(desk);
  await expect(colleague.getByText("Translate the care instructions")).toBeVisible();
  // Where the visitor's words ring, they are the visitor's: on the board there is nothing.
  const theirs = colleague.locator("[data-column] button").filter({ hasText: words });
  await expect(theirs).toHaveCount(0);

  // The line is back: a colleague sees it, names the maker in a comment, and the maker is told on both computers.
  line(true);
  // The next try may be a minute away; whoever sees that the line is back asks for it, unless it was made already.
  await desk
    .getByRole("button", { name: "Try again" })
    .click({ timeout: 2_000 })
    .catch(() => undefined);
  await expect(theirs).toBeVisible({ timeout: 30_000 });
  await expect(card.getByText("Waiting to send")).toHaveCount(0);
  await theirs.click();
  const panel = colleague.getByRole("complementary", { name: "Task" });
  await panel.getByLabel("Write a comment").fill("@Mali Srisuk which address goes on the invoice?");
  await colleague.keyboard.press("Control+Enter");
  for (const page of [desk, otherDesk]) await expect(page.getByText(/ปรียา สมหวัง mentioned you/).first()).toBeVisible({ timeout: 20_000 });
  await card.click();
  const mine = desk.getByRole("complementary", { name: "Task" });
  await expect(mine.getByText("@Mali Srisuk")).toBeVisible();
  await mine.getByRole("button", { name: "History" }).click();
  await expect(mine.getByText(/ปรียา สมหวัง commented/)).toBeVisible();
  await expect(mine.getByText(/Mali Srisuk created it/)).toBeVisible();
  await picture(desk, "console-task-panel");

  // Due in a moment: it rings on both computers, and done on one is silence on the other.
  const api = await signIn(installation, mali);
  const task = (await api.call(tasksApi.list, { query: {} })).items.find(({ title }) => title === words);
  expect(task?.messageId).not.toBeNull();
  const due = { at: new Date(Date.now() + soonMs).toISOString(), zone: "Asia/Bangkok" };
  const { items } = await api.call(tasksApi.list, { query: { text: "Reserve one celadon set" } });
  await api.call(tasksApi.update, {
    params: { taskId: task?.id ?? "" },
    body: { due, remindBefore: [0], assigneeId: items[0]?.assigneeId ?? null },
  });
  const ring = (page: typeof desk) => page.getByRole("region", { name: "Alarms" }).getByRole("group", { name: `Reminder: ${words}` });
  for (const page of [desk, otherDesk]) await expect(ring(page).first()).toBeVisible({ timeout: 30_000 });
  await picture(otherDesk, "console-reminder");
  await expect(colleague.getByText(/^Reminder:/)).toHaveCount(0);
  await ring(desk).getByRole("button", { name: "Done", exact: true }).click();
  for (const page of [desk, otherDesk]) await expect(ring(page)).toHaveCount(0);

  // Both ways: from the task to the very message, from the conversation to the task.
  await mine.getByRole("button", { name: "Open message" }).click();
  await expect(desk.locator("[data-message]:focus")).toContainText(words);
  await context.getByRole("button", { name: words }).click();
  await expect(mine.getByLabel("Title")).toHaveValue(words);
  await mine.getByRole("button", { name: "Complete", exact: true }).click();
  await expect(theirs.and(colleague.locator('[data-column="completed"] button'))).toBeVisible();

  await desk.getByRole("button", { name: "Close the task" }).click();
  await desk.getByRole("radio", { name: "List" }).click();
  await expect(desk.getByRole("table")).toBeVisible();
  await picture(desk, "console-tasks-list");
  await expectAccessible(desk);
});

test("an operator finds no task and no follow-up, neither in the console nor behind it", async ({ desk: sitDown, installation }) => {
  const { page: desk } = await sitDown(jonas);
  await desk.getByRole("tab", { name: /Team/ }).click();
  await desk.getByText("สุพรรษา ศรีวัฒนานุกูลกิจ").first().click();
  await expect(desk.getByRole("log")).toBeVisible();
  await expect(desk.getByRole("navigation").getByText("Inbox")).toBeVisible();
  await desk.getByRole("log").getByText("ขอใบกำกับภาษีด้วยนะคะ").click();
  await desk.keyboard.press("Shift+T");
  await desk.keyboard.press("Shift+F");
  await expect(desk.getByRole("dialog")).toHaveCount(0);
  for (const word of [/^Tasks/, /^Follow-ups/]) await expect(desk.getByText(word)).toHaveCount(0);
  await desk.keyboard.press("Control+k");
  await desk.keyboard.type("task");
  await expect(desk.getByRole("dialog")).toBeVisible();
  await expect(desk.getByRole("option", { name: /task/i })).toHaveCount(0);
  await desk.keyboard.press("Escape");
  for (const place of ["tasks", "followups"]) {
    await desk.goto(desk.url().replace(/(inbox|tasks|followups).*$/, place));
    await expect(desk.getByText("There is nothing here")).toBeVisible();
    await expect(desk.getByRole("heading", { name: /Tasks|Follow-ups/ })).toHaveCount(0);
  }

  const boss = await signIn(installation, mali);
  const [task] = (await boss.call(tasksApi.list, { query: {} })).items;
  const [followup] = (await boss.call(followupsApi.list, { query: {} })).items;
  const api = await signIn(installation, jonas);
  for (const call of [
    () => api.call(tasksApi.list, { query: {} }),
    () => api.call(tasksApi.get, { params: { taskId: task?.id ?? "" } }),
    () => api.call(tasksApi.comments, { params: { taskId: task?.id ?? "" }, query: {} }),
    () => api.call(tasksApi.history, { params: { taskId: task?.id ?? "" }, query: {} }),
    () => api.call(followupsApi.list, { query: {} }),
    () => api.call(followupsApi.chain, { params: { followupId: followup?.id ?? "" } }),
    () => api.call(followupsApi.complete, { params: { followupId: followup?.id ?? "" }, body: { outcome: "reached" } }),
  ])
    await expect(call()).rejects.toThrow(/^(?:403|404) /);
});
