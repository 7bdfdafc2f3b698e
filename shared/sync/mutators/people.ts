/** Contacts, and what members keep for themselves. */
import { z } from "zod";
import { contactDetails } from "../../api/contact-fields.ts";
import { id, language, newId, text } from "../../api/fields.ts";
import { limits } from "../../model/limits.ts";
import { patch, put, remove, type View } from "../view.ts";
import { mutator, type MutationContext } from "./define.ts";
import { labelChanges, labelled, labelledInSight } from "./labelled.ts";

export const updateContact = mutator({
  name: "updateContact",
  v: 1,
  args: z.strictObject({
    contactId: id("contact"),
    // Numbers as short as outboxes of released consoles may hold.
    changes: z.strictObject({ ...contactDetails, phone: text(limits.phone).nullable().optional() }),
  }),
  offline: true,
  refuse: (view, args) => (view.get("contact", args.contactId) ? null : "not_visible"),
  change: (view, args) => {
    const contact = view.get("contact", args.contactId);
    return contact ? [put("contact", patch(contact, args.changes))] : [];
  },
});

export const setContactLabels = mutator({
  name: "setContactLabels",
  v: 1,
  args: z.strictObject({ contactId: id("contact"), ...labelChanges(limits.labelsPerContact) }),
  offline: true,
  refuse: (view, args) => {
    const contact = view.get("contact", args.contactId);
    if (!contact) return "not_visible";
    return labelled(contact.labelIds ?? [], args).length > limits.labelsPerContact ? "over_limit" : null;
  },
  change: (view, args) => {
    const contact = view.get("contact", args.contactId);
    if (!contact) return [];
    const { labelIds: before = [], ...others } = contact;
    const labelIds = labelledInSight(view, before, args);
    return [put("contact", labelIds.length > 0 ? { ...others, labelIds } : others)];
  },
});

interface Named {
  id: string;
}
/** Members change only their own; somebody else's, known by accident, is as good as missing. */
const own =
  (entity: "savedFilter" | "reply") =>
  (view: View, args: Named, context: MutationContext): "forbidden" | null => {
    const row = view.get(entity, args.id);
    return row === undefined || row.memberId === context.memberId ? null : "forbidden";
  };

export const saveFilter = mutator({
  name: "saveFilter",
  v: 1,
  args: z.strictObject({
    id: newId(),
    view: z.enum(["inbox", "tasks", "followups", "contacts"]),
    name: text(limits.filterName),
    query: z.record(z.string().max(40), z.json()),
    position: z.number(),
  }),
  offline: true,
  refuse: own("savedFilter"),
  change: (_view, args, context) => [put("savedFilter", { ...args, memberId: context.memberId })],
});

export const deleteFilter = mutator({
  name: "deleteFilter",
  v: 1,
  args: z.strictObject({ id: id("filter") }),
  offline: true,
  done: (view, args) => !view.get("savedFilter", args.id),
  refuse: own("savedFilter"),
  change: (_view, args) => [remove("savedFilter", args.id)],
});

/** A canned reply of one's own; those of teams and of the tenant are settings. */
export const saveReply = mutator({
  name: "saveReply",
  v: 1,
  args: z.strictObject({
    id: newId(),
    title: text(limits.replyTitle),
    text: text(limits.replyText),
    shortcut: text(limits.replyShortcut).nullable(),
    folder: text(limits.replyFolder).nullable(),
    language: language().nullable(),
  }),
  offline: true,
  refuse: own("reply"),
  change: (_view, args, context) => [put("reply", { ...args, teamId: null, memberId: context.memberId, updatedAt: context.now })],
});

export const deleteReply = mutator({
  name: "deleteReply",
  v: 1,
  args: z.strictObject({ id: id("reply") }),
  offline: true,
  done: (view, args) => !view.get("reply", args.id),
  refuse: own("reply"),
  change: (_view, args) => [remove("reply", args.id)],
});

export const setPreference = mutator({
  name: "setPreference",
  v: 1,
  args: z.strictObject({
    key: z
      .string()
      .max(80)
      .regex(/^[a-z][\w.-]*$/iu),
    /** Null goes back to the usual. */
    value: z.json(),
  }),
  offline: true,
  refuse: () => null,
  change: (view, args, context) => {
    const { [args.key]: _before, ...others } = view.get("preference", context.memberId)?.values ?? {};
    const values = args.value === null ? others : { ...others, [args.key]: args.value };
    return [put("preference", { id: context.memberId, memberId: context.memberId, values })];
  },
});

/** What is left of a mutation that was taken back before it was sent: its number, so that the line has no gap. */
export const nothing = mutator({
  name: "nothing",
  v: 1,
  args: z.strictObject({}),
  offline: true,
  refuse: () => null,
  change: () => [],
});
