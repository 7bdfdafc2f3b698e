/** Names are drawn as they are here: in lists, panes, tasks, alarms and the palette. */
import { expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import { openSimulated } from "../testing/simulated-console.ts";
import { createSimulated } from "../testing/simulated.ts";

it("a name with a mark that turns it round reads as it is written, a contact's and a colleague's", async () => {
  const sim = createSimulated(5);
  const [conversation] = sim.database.list("conversation").filter(({ status, contactId }) => status === "open" && contactId !== null);
  const contact = conversation?.contactId && sim.database.get("contact", conversation.contactId);
  const [me, colleague] = sim.database.list("member");
  if (!contact || !me || !colleague) throw new Error("too few people");
  sim.commit([
    put("contact", { ...contact, name: "Anna\u202Egpj.exe" }),
    put("member", { ...colleague, name: "\u2067Jonas Berg" }),
    put("conversation", { ...conversation, assigneeId: colleague.id }),
  ]);
  const { page, tenantId, remove } = await openSimulated({ sim, member: 0 });
  onTestFinished(() => remove());
  const open = await page.ask("conversation.open", { tenantId, conversationId: conversation.id });
  expect([open?.name, open?.assignee?.name]).toEqual(["Annagpj.exe", "Jonas Berg"]);
});
