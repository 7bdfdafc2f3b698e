import { fakeId } from "./ids.ts";
import type { Conversation } from "./world.ts";

export const labels = ["Repeat buyer", "Tax invoice", "Warranty", "Wholesale"].map((name) => ({
  id: fakeId(`label ${name === "Repeat buyer" ? "repeat" : name === "Tax invoice" ? "tax" : name}`),
  name,
  colour: "teal" as const,
}));

/** What a conversation or a contact wears after a change. */
export function labelled(worn: Conversation["open"]["labels"], args: Record<string, unknown>): Conversation["open"]["labels"] {
  const [add, remove] = [args["add"] as string[], args["remove"] as string[]];
  const kept = worn.filter((label) => !add.includes(label.id) && !remove.includes(label.id));
  return [...kept, ...labels.filter((label) => add.includes(label.id))];
}
