/** A label finds the conversations that wear it, and those with a person who does. */
import { put } from "@switchboard/shared/sync/view.ts";
import { it, onTestFinished } from "vitest";
import { contactOf, conversationOf } from "../testing/rows.ts";
import { openSimulated } from "../testing/simulated-console.ts";

it("the inbox is filtered by labels of a conversation and of its contact, also when a contact gets or loses one", async () => {
  const { sim, page, tenantId, pass, remove } = await openSimulated();
  onTestFinished(() => remove());
  const label = { id: sim.newId(), name: "Wholesale", colour: "teal" };
  const begun = (name: string, labelIds: string[], contactLabelIds: string[]) => {
    const contact = contactOf(sim.newId(), { name, labelIds: contactLabelIds });
    const conversation = conversationOf(sim.newId(), { contactId: contact.id, visitorId: sim.newId(), labelIds });
    sim.commit([put("contact", contact), put("conversation", conversation)]);
    return contact;
  };
  sim.commit([put("label", label)]);
  const found = (names: readonly string[]) =>
    page.until("inbox.list", { tenants: "all", queue: "queue", filter: { labelId: label.id } }, ({ items }) => {
      return (
        items
          .map(({ name }) => name)
          .toSorted()
          .join() === names.join()
      );
    });
  begun("Nobody", [], []);
  await pass(500);
  await found([]);
  begun("Labelled talk", [label.id], []);
  begun("Labelled person", [], [label.id]);
  const later = begun("Later", [], []);
  await pass(500);
  await found(["Labelled person", "Labelled talk"]);
  const change = (add: string[], removed: string[]) =>
    page.do("mutate", { tenantId, name: "setContactLabels", args: { contactId: later.id, add, remove: removed } });
  await change([label.id], []);
  await found(["Labelled person", "Labelled talk", "Later"]);
  await change([], [label.id]);
  await found(["Labelled person", "Labelled talk"]);
});
