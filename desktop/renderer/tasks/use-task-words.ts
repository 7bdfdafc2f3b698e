/** The words of a task that are typed and not yet saved, each field by itself. The core keeps them until the field is left, or what both have changed is decided. */
import type { QueryOutput } from "../../bridge/index.ts";
import { typedOver, type Fields, type Typed } from "../ui/typed-over.ts";
import { useForm } from "./use-form.ts";

type Task = NonNullable<QueryOutput<"tasks.open">>;
type Words = Pick<Task, "title" | "description">;

export type TypedText = Typed<{ readonly text: string }>;

export function useTaskWords(task: Task): (field: keyof Words) => TypedText {
  const { values, set } = useForm<Fields<Words>>({ tenantId: task.tenantId, placeId: task.id }, "taskEdit", () => undefined);
  return (field) => {
    const held = values[field];
    const fields: Fields<{ text: string }> = held === undefined ? {} : { text: held };
    return typedOver({ text: task[field] }, fields, (next) => {
      const { [field]: _, ...others } = values;
      const { text } = next(fields);
      set(text === undefined ? others : { ...others, [field]: text });
    });
  };
}
