/**
 * What is typed over something that exists and was not saved. It is the core's to keep, as what is begun of something new: it is there again at the
 * next opening, over what stands then, until it is saved or thrown away.
 */
import type { DraftMode, DraftPlace } from "../inbox/use-draft.ts";
import { typedOver, type Fields, type Typed } from "../ui/typed-over.ts";
import { useForm, type Form } from "./use-form.ts";

export type Edit<T extends object> = Typed<T> & Pick<Form<Fields<T>>, "discard">;

export function useEdit<T extends object>(place: DraftPlace, mode: DraftMode, stands: T, onDiscarded: () => void): Edit<T> {
  const { values, set, discard } = useForm<Fields<T>>(place, mode, onDiscarded);
  return { ...typedOver(stands, values, (next) => set(next(values))), discard };
}
